/**
 * What no selector or pattern of a rule may be, whoever sent it. Where rules enter they are checked as well; this is the last
 * door before the page.
 */

const lengthLimit = 2_000;
/** So many `:has()` in one part between commas, and so many `~`: each multiplies what the browser has to look at. */
const hasLimit = 6;
const siblingLimit = 3;
/** `*` alone or before another part, also inside `:is()` and `:has()`: it would match everything on any page. */
const universal = /(?:^|[\s>+~,(])\*(?=$|[\s>+~,):.#[])|^(?::root|html|body)$/;

const count = (text: string, part: RegExp) => text.match(part)?.length ?? 0;

/** Why a selector is refused, in words that follow its name; null where it is not. */
export function tooMuch(selector: string): string | null {
  if (selector.length > lengthLimit) return 'is too long';
  const bare = selector.replace(/\[[^\]]*\]|"[^"]*"|'[^']*'/g, '[]');
  if (universal.test(bare)) return 'selects everything';
  const parts = bare.split(',');
  if (parts.some((part) => count(part, /:has\(/g) > hasLimit)) return 'asks for too much with :has()';
  if (parts.some((part) => count(part, /~/g) > siblingLimit)) return 'asks for too many siblings';
  return null;
}

/**
 * What makes a regular expression slow on hostile text: a repeated group that repeats inside, back references, a look ahead
 * that repeats. Simple on purpose, and stricter than it must be.
 */
const slow = /\([^()]*(?:[*+]|\{\d+,\d*\})[^()]*\)(?:[*+]|\{\d+,)|\\[1-9]|\(\?<?[=!][^)]*[*+]/;

/** Whether a pattern is no regular expression, or one that hostile text could make slow. */
export function isSlowPattern(pattern: string): boolean {
  try {
    new RegExp(pattern);
    return pattern.length > 500 || slow.test(pattern);
  } catch {
    return true;
  }
}
