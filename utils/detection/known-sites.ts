/** The sites that have a rule of their own, as the browser's permissions know them; products that any site embeds are none. */
import { wholeHost } from './host-pattern.ts';
import { siteRules } from './sites/index.ts';

export interface KnownSite {
  readonly name: string;
  /** Match patterns of whole hosts: a permission knows nothing smaller. */
  readonly patterns: readonly string[];
}

/** In the order of the registry. */
export function knownSites(): KnownSite[] {
  return siteRules
    .filter(({ matches }) => matches.length > 0)
    .map(({ name, matches }) => ({ name, patterns: [...new Set(matches.map(wholeHost))] }));
}
