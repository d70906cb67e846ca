/** The sites that have a rule of their own, as the browser's permissions know them; products that any site embeds are none. */
import { wholeHost } from './host-pattern.ts';
import { siteRules } from './sites/index.ts';

export interface KnownSite {
  readonly name: string;
  /** Match patterns of whole hosts: a permission knows nothing smaller. */
  readonly patterns: readonly string[];
}

/** In the order of the registry. Products on the same hosts are one entry: their permission is one. */
export function knownSites(): KnownSite[] {
  const sites = new Map<string, KnownSite>();
  for (const { name, matches } of siteRules) {
    if (matches.length === 0) continue;
    const patterns = [...new Set(matches.map(wholeHost))];
    const key = [...patterns].sort().join(' ');
    const before = sites.get(key);
    sites.set(key, before ? { ...before, name: `${before.name}, ${name}` } : { name, patterns });
  }
  return [...sites.values()];
}
