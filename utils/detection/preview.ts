/** What a rule in the making would find on the page. */
import { compileRule } from './engine/compile.ts';
import type { Session } from './engine/session.ts';
import { findMessages } from './engine/survey.ts';
import { trialOf } from './engine/trial.ts';
import type { Preview, SiteRule } from './types.ts';

type Page = Window & typeof globalThis;

/** More than anybody looks through. */
const previewLimit = 2_000;
/** The longest that a rule may take on the page, in ms. */
const budgetMs = 50;

/** What the rule would find now; nothing where it cannot be used here. */
export function preview({ force, roots }: Session, page: Page, rule: SiteRule): readonly Preview[] {
  const { document } = page;
  const compiled = compileRule(rule, document, { host: force.host() });
  if (!compiled || trialOf(compiled, document, () => performance.now()) > budgetMs) return [];
  return findMessages([compiled], roots(), (one) => force.authors(one))
    .slice(0, previewLimit)
    .map(({ element, judgement: { role, author } }) => ({ element, role, author }));
}
