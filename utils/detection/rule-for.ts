/** Which rule applies to a document, for whoever wants to know without watching it. */
import { compileRule } from './engine/compile.ts';
import { presentRules } from './engine/presence.ts';
import { eachRoot, type Root } from './engine/roots.ts';
import { candidateRules } from './engine/rules.ts';
import { siteRules } from './sites/index.ts';
import type { SiteRule } from './types.ts';

/** The first rule that applies at this address to this document as it stands, open shadow roots included; null where none does. */
export function ruleFor(
  location: Pick<Location, 'href' | 'host'>,
  document: Document,
  rules: readonly SiteRule[] = siteRules,
): SiteRule | null {
  const roots: Root[] = [document];
  eachRoot(document, (root) => void roots.push(root));
  const compiled = candidateRules(rules, location.href)
    .map((rule) => compileRule(rule, document, location.host))
    .filter((rule) => rule !== null);
  return compiled.find((rule) => roots.some((root) => presentRules([rule], root).length > 0))?.rule ?? null;
}
