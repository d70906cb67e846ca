/** Rules in the making: what one would find on the page, and which ones a person's pointing may mean. */
import { compileRule } from './engine/compile.ts';
import type { Session } from './engine/session.ts';
import { findMessages } from './engine/survey.ts';
import { trialOf } from './engine/trial.ts';
import { proposeRule } from './generic/index.ts';
import type { Preview, Proposal, SiteRule } from './types.ts';

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

/** Rules for what a person pointed at, none of which finds what is in `not`. */
export function propose(
  session: Session,
  page: Page,
  examples: readonly Element[],
  not: readonly Element[],
): Proposal | null {
  const { document, location } = page;
  const proposal = proposeRule(examples, { document, location, roots: session.roots(), growth: session.grown() });
  if (!proposal) return null;
  const sized = [proposal.rule, ...proposal.alternatives].flatMap((rule) => {
    const found = preview(session, page, rule).filter(({ role }) => role === 'assistant' || role === 'draft');
    const wrong = found.some(({ element }) => not.some((one) => element.contains(one) || one.contains(element)));
    return wrong ? [] : [{ rule, size: found.length }];
  });
  const [best, ...others] = sized;
  if (!best) return null;
  return { rule: best.rule, alternatives: others.sort((a, b) => a.size - b.size).map(({ rule }) => rule) };
}
