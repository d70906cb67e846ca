/** The first check of a foreign value, before any schema: plain data, of bounded depth and size, with harmless names. */

/** Own keys that could reach a prototype in some later merge. `__proto__` does arrive through messages in both browsers. */
const DANGEROUS = new Set(['__proto__', 'constructor', 'prototype']);
const DEPTH_LIMIT = 10;
const NODE_LIMIT = 20_000;

/** Whether the value is an object as JSON knows them; a Map or Date, which Firefox lets through, is not. */
function isRecord(value: object): value is Record<string, unknown> {
  return Object.prototype.toString.call(value) === '[object Object]';
}

/**
 * The path of the first part that is not acceptable ('' for the value itself), or null where all of it is.
 * `chars` bounds all strings and names together, in UTF-16 code units.
 */
export function findUnplain(value: unknown, chars: number): string | null {
  let [charsLeft, nodesLeft] = [chars, NODE_LIMIT];

  function visit(inner: unknown, path: string, depth: number): string | null {
    nodesLeft -= 1;
    if (nodesLeft < 0 || depth > DEPTH_LIMIT) return path;
    if (typeof inner === 'string') {
      charsLeft -= inner.length;
      return charsLeft < 0 ? path : null;
    }
    if (typeof inner === 'number') return Number.isFinite(inner) ? null : path;
    if (inner === null || inner === undefined || typeof inner === 'boolean') return null;
    if (typeof inner !== 'object') return path;
    if (!Array.isArray(inner) && !isRecord(inner)) return path;
    for (const key of Object.keys(inner)) {
      // A name may be as hostile as a text: it is cut before it is repeated in an answer.
      const child = `${path}${path === '' ? '' : '.'}${key.slice(0, 64)}`;
      if (!Array.isArray(inner)) charsLeft -= key.length;
      if (charsLeft < 0 || DANGEROUS.has(key)) return child;
      const found = visit((inner as Record<string, unknown>)[key], child, depth + 1);
      if (found !== null) return found;
    }
    return null;
  }
  return visit(value, '', 0);
}
