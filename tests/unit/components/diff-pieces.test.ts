import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type DiffPiece, piecesOf } from '../../../components/review/diff-pieces.ts';
import type { DiffRun } from '../../../utils/review/diff.ts';

const none = new Set<number>();
const long = 'some words that stayed. '.repeat(200);
const all = (runs: readonly DiffRun[], opened: ReadonlySet<number> = none) => piecesOf(runs, opened, Number.MAX_VALUE);
const shape = (pieces: readonly DiffPiece[]) =>
  pieces.map((piece) => (piece.kind === 'hidden' ? `hidden ${piece.op}` : piece.kind));

describe('the pieces of a diff', () => {
  it('keep a little of what stayed around each change, and fold the rest', () => {
    const runs: DiffRun[] = [
      { op: 'same', text: long },
      { op: 'added', text: 'new' },
      { op: 'same', text: long },
      { op: 'removed', text: 'old' },
      { op: 'same', text: long },
    ];
    const pieces = all(runs);
    expect(shape(pieces)).toEqual([
      ...['hidden same', 'same', 'added', 'same', 'hidden same', 'same', 'removed', 'same', 'hidden same'],
    ]);
    expect(pieces.reduce((sum, piece) => sum + (piece.kind === 'hidden' ? 0 : piece.text.length), 0)).toBeLessThan(900);
  });

  it('show a folded stretch whole once it is opened', () => {
    const runs: DiffRun[] = [
      { op: 'same', text: long },
      { op: 'added', text: 'new' },
    ];
    expect(all(runs, new Set([0]))).toEqual([
      { kind: 'same', run: 0, text: long },
      { kind: 'added', run: 1, text: 'new' },
    ]);
  });

  it('show short stretches whole', () => {
    const runs: DiffRun[] = [
      { op: 'same', text: 'Refunds take ' },
      { op: 'removed', text: '14' },
    ];
    expect(shape(all(runs))).toEqual(['same', 'removed']);
  });

  it('are no more than asked for', () => {
    const runs = Array.from({ length: 1_000 }, (_, i): DiffRun => ({ op: i % 2 ? 'added' : 'removed', text: 'x' }));
    expect(piecesOf(runs, none, 10)).toHaveLength(10);
  });

  it('lose no character, and never cut one in two', () => {
    const op = fc.constantFrom('same', 'removed', 'added') as fc.Arbitrary<DiffRun['op']>;
    const text = fc
      .tuple(fc.constantFrom('word ', '👍', 'ab'), fc.integer({ min: 1, max: 9_000 }))
      .map(([a, n]) => a.repeat(n));
    fc.assert(
      fc.property(fc.array(fc.record({ op, text }), { maxLength: 6 }), (runs) => {
        const lengths = runs.map(() => 0);
        for (const piece of all(runs)) {
          lengths[piece.run] =
            (lengths[piece.run] ?? 0) + (piece.kind === 'hidden' ? piece.characters : piece.text.length);
          if (piece.kind !== 'hidden') expect(piece.text.isWellFormed()).toBe(true);
        }
        expect(lengths).toEqual(runs.map((run) => run.text.length));
      }),
    );
  });
});
