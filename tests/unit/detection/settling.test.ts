import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { busyWedge, type Signals, streamingWedge, vote } from '../../../utils/detection/settling.ts';

const signals = (change: Partial<Signals> = {}): Signals => ({
  streaming: false,
  streamed: false,
  busy: false,
  done: false,
  flagged: true,
  stillMs: 0,
  quietMs: 1000,
  ...change,
});

describe('the vote on whether a response has settled', () => {
  it('waits for the quiet window where nothing else speaks', () => {
    expect(vote(signals({ stillMs: 400 }))).toEqual({ settled: false, again: 600 });
    expect(vote(signals({ stillMs: 1000 }))).toEqual({ settled: true });
  });

  it('ends at once when the mark of the message itself has gone', () => {
    expect(vote(signals({ streamed: true }))).toEqual({ settled: true });
  });

  it('believes the action row only of a site that can say that it is busy, and is not', () => {
    expect(vote(signals({ done: true }))).toEqual({ settled: true });
    expect(vote(signals({ done: true, flagged: false }))).toEqual({ settled: false, again: 1000 });
    expect(vote(signals({ done: true, busy: true }))).toEqual({ settled: false, again: busyWedge });
  });

  it('stops believing a stop button, and later a mark, without growth', () => {
    expect(vote(signals({ busy: true, stillMs: 9_000 }))).toEqual({ settled: false, again: 1_000 });
    expect(vote(signals({ busy: true, stillMs: busyWedge }))).toEqual({ settled: true });
    expect(vote(signals({ streaming: true, busy: true, stillMs: busyWedge }))).toEqual({
      settled: false,
      again: 20_000,
    });
    expect(vote(signals({ streaming: true, stillMs: streamingWedge }))).toEqual({ settled: true });
  });

  it('never waits for ever, and is settled when it is asked again at the time that it named', () => {
    fc.assert(
      fc.property(
        fc.record({
          streaming: fc.boolean(),
          streamed: fc.boolean(),
          busy: fc.boolean(),
          done: fc.boolean(),
          flagged: fc.boolean(),
          stillMs: fc.nat(60_000),
          quietMs: fc.integer({ min: 1, max: 60_000 }),
        }),
        (given) => {
          const verdict = vote(given);
          if (verdict.settled) return;
          expect(verdict.again).toBeGreaterThan(0);
          expect(vote({ ...given, stillMs: given.stillMs + verdict.again })).toEqual({ settled: true });
        },
      ),
    );
  });
});
