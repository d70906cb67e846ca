/** The rules that fit what the reviewer pointed at, from narrow to wide, and what each of them finds on this page. */
import type { Detector, Preview, SiteRule } from '../../utils/detection/types.ts';
import { holds } from '../../utils/page/surroundings.ts';

/** A rule with what it finds. */
export interface Rung {
  readonly rule: SiteRule;
  readonly all: readonly Preview[];
  /** Those that would be answers at once, without an author being named. */
  readonly answers: readonly Preview[];
}

export interface Ladder {
  /** From narrow to wide. */
  readonly rungs: readonly Rung[];
  /** The one that is proposed. */
  readonly start: number;
}

const touches = (a: Element, b: Element) => a === b || holds(a, b) || holds(b, a);
export const at = (found: readonly Preview[], element: Element) =>
  found.find((each) => touches(each.element, element)) ?? null;

/** Null where no rule can be made that matches all `examples` and nothing of `not`. */
export function ladderFor(
  detector: Pick<Detector, 'propose' | 'preview'>,
  examples: readonly Element[],
  not: readonly Element[],
): Ladder | null {
  const proposal = detector.propose(examples, not);
  if (!proposal) return null;
  const rungOf = (rule: SiteRule): Rung => {
    const all = detector.preview(rule);
    return { rule, all, answers: all.filter(({ role }) => role === 'assistant' || role === 'draft') };
  };
  const fits = ({ all, answers }: Rung) =>
    examples.every((element) => at(all, element)) && !not.some((element) => at(answers, element));
  const seen = new Set<string>();
  const places = new Map<Element, number>();
  const isNew = ({ all, answers }: Rung) => {
    const place = (element: Element) => {
      if (!places.has(element)) places.set(element, places.size);
      return places.get(element);
    };
    const found = [all, answers].map((list) => list.map(({ element }) => place(element)).join()).join('|');
    return !seen.has(found) && seen.add(found);
  };
  // The proposed one first, so that of two that find the same it is the one that stays.
  const rungs = [proposal.rule, ...proposal.alternatives].map(rungOf).filter((rung) => fits(rung) && isNew(rung));
  if (rungs.length === 0) return null;
  const first = rungs[0] as Rung;
  rungs.sort((a, b) => a.answers.length - b.answers.length || a.all.length - b.all.length);
  return { rungs, start: rungs.indexOf(first) };
}

/** The same rule for messages of whatever author, so that only those of a named one are answers; null where it reads no author. */
export function byAuthor(rule: SiteRule): SiteRule | null {
  const variants = rule.variants
    .filter(({ author }) => author)
    .map(({ assistant, row, badge: _, ...rest }) => {
      const selector = row ?? assistant;
      return selector === undefined ? rest : { ...rest, row: selector };
    });
  return variants.length > 0 ? { ...rule, variants } : null;
}
