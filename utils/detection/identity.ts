/**
 * Which response is which: `site|conversation|identity`. The identity is the site's own id of the message, else the key of
 * its virtual row, else a print of prompt and text; never a position, because lists are virtualized and turns are renumbered.
 */

const part = (text: string) => text.replace(/[%|]/g, encodeURIComponent);

/** The key of a response. A conversation that the site has not named leaves its part empty. */
export function keyOf(site: string, conversation: string | null, identity: string): string {
  return [site, part(conversation ?? ''), identity].join('|');
}

/** The identity from the site's own id. */
export const nativeIdentity = (messageId: string) => `m:${part(messageId)}`;
/** The identity from the key of a virtual row. */
export const rowIdentity = (rowKey: string) => `r:${part(rowKey)}`;
/** The identity from what was asked and answered. */
export const printIdentity = (promptHash: string | null, textHash: string) =>
  `f:${promptHash === null ? '' : promptHash.slice(0, 8)}${textHash}`;

/** A key part for a response that still grows and has no id: unique, also across page loads. */
export const provisionalIdentity = (random: () => number = Math.random) =>
  `p:${Array.from({ length: 3 }, () => Math.floor(random() * 2 ** 32).toString(36)).join('')}`;

/** Longest conversation key that is kept. */
const conversationLimit = 256;

/** The conversation that an address names: first capture group of the first pattern that fits path and query, else null. */
export function conversationOf(patterns: readonly RegExp[], path: string): string | null {
  for (const pattern of patterns) {
    const key = pattern.exec(path.slice(0, 2048))?.[1];
    if (key && key.length <= conversationLimit) return key;
  }
  return null;
}
