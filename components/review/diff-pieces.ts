/** Which parts of a diff are shown at first: the changes with a little around them. Keeps a long diff readable, and small in the DOM. */
import type { DiffRun } from '../../utils/review/diff.ts';

/** Text to show, or the place of text that is left out until it is asked for. `run` is the index of its run. */
export type DiffPiece =
  | { readonly kind: DiffRun['op']; readonly run: number; readonly text: string }
  | { readonly kind: 'hidden'; readonly run: number; readonly op: DiffRun['op']; readonly characters: number };

/** Characters of unchanged text kept beside a change. */
const CONTEXT = 160;
/** Less than this is not worth hiding. */
const WORTH_HIDING = 240;
/** Longer changes show their beginning and end. */
const LONG_CHANGE = 6_000;

/** An index near `at`, at most `reach` before it, where a word begins; never inside a surrogate pair. */
function softCut(text: string, at: number, reach = 40): number {
  for (let i = at; i > at - reach; i--) if (/\s/.test(text[i - 1] ?? '')) return i;
  return /[\udc00-\udfff]/.test(text[at] ?? '') ? at - 1 : at;
}

function* partly(run: DiffRun, index: number, before: number, after: number): Generator<DiffPiece> {
  const { op, text } = run;
  if (text.length < before + after + WORTH_HIDING) {
    yield { kind: op, run: index, text };
    return;
  }
  const head = before === 0 ? 0 : softCut(text, before);
  const tail = after === 0 ? text.length : softCut(text, text.length - after);
  if (head > 0) yield { kind: op, run: index, text: text.slice(0, head) };
  yield { kind: 'hidden', run: index, op, characters: tail - head };
  if (tail < text.length) yield { kind: op, run: index, text: text.slice(tail) };
}

function* allPieces(runs: readonly DiffRun[], opened: ReadonlySet<number>): Generator<DiffPiece> {
  for (const [index, run] of runs.entries()) {
    if (opened.has(index)) yield { kind: run.op, run: index, text: run.text };
    else if (run.op !== 'same') {
      if (run.text.length > LONG_CHANGE) yield* partly(run, index, LONG_CHANGE / 2, LONG_CHANGE / 4);
      else yield { kind: run.op, run: index, text: run.text };
    } else {
      const before = index === 0 ? 0 : CONTEXT;
      const after = index === runs.length - 1 ? 0 : CONTEXT;
      // Unchanged as a whole: the beginning says enough.
      yield* partly(run, index, runs.length === 1 ? LONG_CHANGE / 2 : before, after);
    }
  }
}

/** The first `count` pieces of a diff: of a long one only these are drawn. Runs whose index is in `opened` are shown whole. */
export function piecesOf(runs: readonly DiffRun[], opened: ReadonlySet<number>, count: number): DiffPiece[] {
  const pieces: DiffPiece[] = [];
  for (const piece of allPieces(runs, opened)) {
    if (pieces.length === count) break;
    pieces.push(piece);
  }
  return pieces;
}
