/** Which rules are in force, and which of them at one address. */
import { coversHost, wholeHost } from './host-pattern.ts';
import { matchesPattern } from './match-pattern.ts';
import type { PageRules, RuleOrigin, SiteRule } from './types.ts';

/** A rule together with whoever made it. */
export type OwnedRule = PageRules['rules'][number];

/** The origins from the weakest to the strongest. */
const origins: readonly RuleOrigin[] = ['bundled', 'team', 'user'];

/**
 * Every id once, in the place where it first came: the user's rule stands for the team's of that id, the team's for the
 * bundled one. What is switched off is out, whoever made it.
 */
export function mergeRules(
  sources: Readonly<Record<RuleOrigin, readonly SiteRule[]>>,
  off: readonly string[] = [],
): readonly OwnedRule[] {
  const byId = new Map<string, OwnedRule>();
  for (const origin of origins) for (const rule of sources[origin]) byId.set(rule.id, { ...rule, origin });
  for (const id of off) byId.delete(id);
  return [...byId.values()];
}

/** The rules that name the address, of the strongest origin that has any; where none does, those of products that any site may embed. */
export function rulesAt<Rule extends SiteRule & { readonly origin?: RuleOrigin }>(
  rules: readonly Rule[],
  address: string,
): readonly Rule[] {
  const rank = ({ origin }: Rule) => origins.indexOf(origin ?? 'bundled');
  const named = rules.filter(({ matches }) => matches.some((pattern) => matchesPattern(pattern, address)));
  const strongest = Math.max(...named.map(rank));
  if (named.length > 0) return named.filter((rule) => rank(rule) === strongest);
  // Without an address a rule must be recognizable, else it would apply everywhere.
  return rules.filter(({ matches, signature, frame }) => matches.length === 0 && (signature ?? frame) !== undefined);
}

/** All rules that some address of this host may need: see `PageRules`. */
export function rulesForHost(rules: readonly OwnedRule[], address: string): readonly OwnedRule[] {
  const { protocol, hostname } = new URL(address);
  const host = `${protocol}//${hostname}/*`;
  const names = (pattern: string) => coversHost(wholeHost(pattern), host);
  return rules.filter(({ matches }) => matches.length === 0 || matches.some(names));
}
