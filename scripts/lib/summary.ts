/** What the end of a run says: briefly, because much of a long output is cut off before anybody reads it. */

interface Said {
  readonly name: string;
  readonly reason: string;
}

/** What a stage of a run came to. */
export interface Outcome {
  readonly passed: number;
  readonly failed: number;
  readonly skipped: readonly Said[];
  readonly failures?: readonly Said[] | undefined;
  /** Passed, but only at the second try. */
  readonly unsteady?: readonly Said[];
}

/** Characters. A reason is cut here, and earlier where there are many: all their names must still be there to read. */
const MOST_OF_REASON = 200;
const LEAST_OF_REASON = 40;
const MOST_OF_ALL = 2_000;

/** Leaves out the middle: what was wanted stands at the beginning, what there was and where at the end. */
function cut(text: string, length: number): string {
  const half = Math.floor((length - 1) / 2);
  return text.length > length ? `${text.slice(0, half)}…${text.slice(-half)}` : text;
}

function named(what: string, list: readonly Said[]): string[] {
  const length = Math.max(LEAST_OF_REASON, Math.min(MOST_OF_REASON, Math.floor(MOST_OF_ALL / list.length)));
  return list.map(({ name, reason }) => `${what} ${name}: ${cut(reason, length)}`);
}

function skips(list: readonly Said[]): string[] {
  const byReason = new Map<string, number>();
  for (const { reason } of list) byReason.set(reason, (byReason.get(reason) ?? 0) + 1);
  const reasons = [...byReason].map(([reason, times]) => `  ${reason}${times > 1 ? ` ×${times}` : ''}`);
  return list.length > 0 ? [`${list.length} skipped:`, ...reasons] : [];
}

/** What failed, what needed a second try, what was skipped and why, and the totals of a run, in lines. */
export function summaryOf(outcomes: readonly Outcome[]): string[] {
  const total = (of: (outcome: Outcome) => number) => outcomes.reduce((sum, outcome) => sum + of(outcome), 0);
  const all = (of: (outcome: Outcome) => readonly Said[] | undefined) => outcomes.flatMap((each) => of(each) ?? []);
  const skipped = all((outcome) => outcome.skipped);
  const counts = `${total((outcome) => outcome.passed)} passed, ${total((outcome) => outcome.failed)} failed`;
  return [
    ...named(
      'FAILED',
      all((outcome) => outcome.failures),
    ),
    ...named(
      'UNSTEADY, passed at the second try:',
      all((outcome) => outcome.unsteady),
    ),
    ...skips(skipped),
    'Each check that is not made of tests counts as one.',
    `${counts}${skipped.length > 0 ? `, ${skipped.length} skipped` : ''}`,
  ];
}
