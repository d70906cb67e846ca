/** The guidelines as the reviewer looks things up in them: what each question and label means, and the clauses about it. */
import type { Clause, Guidelines } from '../../utils/review/project.ts';
import type { Meaning, Rubric } from '../../utils/review/rubric.ts';

/** A question, a label or, where `about` is null, a clause about judging as a whole. */
export interface Entry extends Meaning {
  /** `dimension:id`, `label:id`, or null. */
  readonly about: string | null;
  readonly kind: 'Question' | 'Label' | 'Guideline';
  readonly name: string;
  readonly clauses: readonly Clause[];
}

/** Everything that there is to look up, in the order of the form; what nobody has said anything about is left out. */
export function entriesOf(rubric: Rubric, guidelines: Guidelines | null): readonly Entry[] {
  const clauses = guidelines?.clauses ?? [];
  const items = [
    ...rubric.dimensions.map((one) => ({ one, kind: 'Question' as const, about: `dimension:${one.id}` })),
    ...rubric.labels.map((one) => ({ one, kind: 'Label' as const, about: `label:${one.id}` })),
  ];
  const found = items.map(({ one, kind, about }): Entry => {
    const { id, name, help, good, bad } = one;
    const own = clauses.filter(({ dimensions, labels }) => (kind === 'Label' ? labels : dimensions)?.includes(id));
    return { about, kind, name, help, good, bad, clauses: own };
  });
  const shown = new Set(found.flatMap((entry) => entry.clauses));
  const others = clauses
    // Clauses of labels and questions that do not apply to this answer are not asked for here.
    .filter((clause) => !shown.has(clause) && !clause.labels?.length && !clause.dimensions?.length)
    .map((clause): Entry => ({ about: null, kind: 'Guideline', name: clause.title, clauses: [clause] }));
  const says = ({ help, good, bad, clauses: own }: Entry) => Boolean(help || good || bad || own.length > 0);
  return [...found.filter(says), ...others];
}

const fold = (text: string) => text.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase();

/** Those that have all words of the search, anywhere. */
export function searched(entries: readonly Entry[], search: string): readonly Entry[] {
  const words = fold(search).split(/\s+/).filter(Boolean);
  if (words.length === 0) return entries;
  return entries.filter(({ name, help, good, bad, clauses }) => {
    const parts = clauses.flatMap((clause) => [clause.title, clause.text, clause.help, clause.good, clause.bad]);
    const all = fold([name, help, good, bad, ...parts].filter(Boolean).join('\n'));
    return words.every((word) => all.includes(word));
  });
}
