/**
 * Which response is which: `site|conversation|identity`. The identity is the site's own id of the message, else the key of
 * its virtual row, else a print of prompt and text; never a position, because lists are virtualized and turns are renumbered.
 */

const part = (text: string) => (/[%|]/.test(text) ? text.replace(/[%|]/g, encodeURIComponent) : text);

/** The key of a response. A conversation that the site has not named leaves its part empty. */
export const keyOf = (site: string, conversation: string | null, identity: string) =>
  `${site}|${part(conversation ?? '')}|${identity}`;

/** The identity from the site's own id. */
export const nativeIdentity = (messageId: string) => `m:${part(messageId)}`;
/** The identity from the key of a virtual row. */
export const rowIdentity = (rowKey: string) => `r:${part(rowKey)}`;
/** The identity from the prints of what was asked and answered. */
export const printIdentity = (promptHash: number | null, textHash: number) =>
  `f:${promptHash?.toString(36) ?? ''}.${textHash.toString(36)}`;

/** The identity of a response that still grows and has no id: unique, also across page loads. */
export const provisionalIdentity = (random: () => number = Math.random) =>
  `p:${[random(), random()].map((number) => number.toString(36).slice(2)).join('')}`;

/** Longest conversation key that is kept. */
const conversationLimit = 256;

/** The conversation that an address names: first capture group of the first pattern that fits path, query and fragment, else null. */
export function conversationOf(patterns: readonly RegExp[], path: string): string | null {
  for (const pattern of patterns) {
    const key = pattern.exec(path.slice(0, 2048))?.[1];
    if (key && key.length <= conversationLimit) return key;
  }
  return null;
}
