/** How a receiver of telemetry wants its token: vendors have headers of their own. */

/** Headers that a browser sets itself or that say what the body is. */
const taken =
  /^(?:accept.*|access-control-.*|connection|content-.*|cookie2?|date|dnt|expect|host|keep-alive|origin|proxy-.*|referer|sec-.*|set-cookie|te|trailer|transfer-encoding|upgrade|user-agent|via)$/;

/** A header and what stands before the token in it. */
interface HeaderWay {
  readonly name: string;
  readonly prefix: string;
}

/** Reads `name` or `name: Scheme`; empty is `authorization: Bearer`. null for a header that cannot be set. */
export function headerWay(typed: string): HeaderWay | null {
  const [name = '', scheme] = (typed || 'authorization: Bearer').split(/: ?/);
  const lower = name.toLowerCase();
  return taken.test(lower) ? null : { name: lower, prefix: scheme ? `${scheme} ` : '' };
}
