/** Whether the model says by now what it was corrected to. */
import type { Recurrence } from '../review/schema.ts';
import { wordsOf } from './words.ts';

/** How a new answer stands to one that was corrected. */
export type Standing = Recurrence['state'];

/** What was wrong, and what should have stood there. */
export interface Correction {
  readonly rejected: string;
  readonly correction: string;
}

/** One side must be ahead of the other by so much, as shares of what only it says: else nobody can tell. */
const AHEAD = 0.2;
/** Below so many words and rows of words of its own, a side says nothing that could be looked for. */
const FEWEST = 1;

/** Words, and rows of two and three of them: a changed word is told apart from the same word elsewhere by its neighbors. */
function rowsOf(text: string): ReadonlySet<string> {
  // The numbers count here: they are what is corrected most often.
  const words = wordsOf(text, { numbers: true });
  const rows = new Set<string>(words);
  for (let at = 1; at < words.length; at += 1) {
    rows.add(`${words[at - 1]} ${words[at]}`);
    if (at > 1) rows.add(`${words[at - 2]} ${words[at - 1]} ${words[at]}`);
  }
  return rows;
}

const isWord = (row: string) => !row.includes(' ');

/** Share of what only `own` says that stands in `text`; null where it says nothing of its own but where other words begin. */
function shareOf(own: ReadonlySet<string>, other: ReadonlySet<string>, text: ReadonlySet<string>): number | null {
  const only = [...own].filter((row) => !other.has(row));
  if (only.filter(isWord).length < FEWEST) return null;
  return only.filter((row) => text.has(row)).length / only.length;
}

/**
 * Which of both a new answer says at the corrected places: `right`, `wrong`, or null where it says neither. Looked at is what
 * only the rejected text says and what only the correction says, which is what the correction changed.
 */
export function saysWhich(answer: string, { rejected, correction }: Correction): 'right' | 'wrong' | null {
  const [before, after, now] = [rowsOf(rejected), rowsOf(correction), rowsOf(answer)];
  const wrong = shareOf(before, after, now);
  const right = shareOf(after, before, now);
  // What was only left out, or only put in, is told by the one side that has words for it.
  const lead = (right ?? 1 - (wrong ?? 0.5)) - (wrong ?? 1 - (right ?? 0.5));
  if (Math.abs(lead) < AHEAD) return null;
  return lead > 0 ? 'right' : 'wrong';
}

/**
 * How the model stands: by what the answer says, and where that does not tell, by whether the reviewer approved it. Wrong again after it
 * was right is `regressed`. Null where nobody can tell.
 */
export function standingOf(
  says: ReturnType<typeof saysWhich>,
  verdict: 'approve' | 'correct' | 'reject' | 'unsure' | null,
  wasFixed: boolean,
): Standing | null {
  const right =
    says === null ? (verdict === 'approve' ? true : verdict === 'unsure' || !verdict ? null : false) : says === 'right';
  if (right === null) return null;
  if (right) return 'fixed';
  return wasFixed ? 'regressed' : 'same';
}
