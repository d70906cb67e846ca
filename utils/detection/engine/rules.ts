/** Which rules may apply at an address. */
import { matchesPattern } from '../match-pattern.ts';
import type { SiteRule } from '../types.ts';

/** The rules that name the address; where none does, those of products that any site may embed. */
export function candidateRules(rules: readonly SiteRule[], address: string): readonly SiteRule[] {
  const named = rules.filter(({ matches }) => matches.some((pattern) => matchesPattern(pattern, address)));
  if (named.length > 0) return named;
  // Without an address a rule must be recognizable, else it would apply everywhere.
  return rules.filter(({ matches, signature }) => matches.length === 0 && signature !== undefined);
}
