/** The pace, as stories of reviewers: who is told that they are hasty or tired, with which numbers, and who is not. */
import { describe, expect, it } from 'vitest';
import { durationWords, type Judged, medianOf, paceOf } from '../../../utils/review/pace.ts';
import { readingMs } from '../../../utils/review/reading.ts';

const S = 1_000;
const MIN = 60 * S;
const NOON = Date.parse('2026-11-21T12:00:00.000Z');
/** An answer of so many characters takes about this long to read. */
const reads = (length: number) => readingMs('x'.repeat(length));

interface Told {
  readonly n: number;
  /** Time looked at each, in s, a little more and less in turn. */
  readonly spent: number;
  readonly length: number;
  readonly verdict?: Judged['verdict'];
  /** Time between two judgements, in s; as long as was looked at the answer, and a second, where it is not told. */
  readonly every?: number;
}

/** Judgements one after the other, the last of them at `end`. */
function judged({ n, spent, length, verdict = 'approve', every = spent + 1 }: Told, end: number): Judged[] {
  return Array.from({ length: n }, (_, index) => ({
    at: end - (n - 1 - index) * every * S,
    spentMs: (spent + (index % 3) * 0.1 * spent) * S,
    length,
    readingMs: reads(length),
    verdict,
  }));
}
const yesterday = NOON - 24 * 60 * MIN;

describe('the pace of a session', () => {
  it('given judgements of yesterday and of this morning, when asked now, then this session is told from the usual', () => {
    const past = judged({ n: 40, spent: 20, length: 800 }, yesterday);
    const now = judged({ n: 5, spent: 10, length: 800 }, NOON - MIN);
    const pace = paceOf([...past, ...now], NOON);
    expect(pace.session).toHaveLength(5);
    expect(pace.here).toEqual({ ms: 11 * S, n: 5 });
    expect(pace.usual?.n).toBe(40);
    expect(pace.since).toBe((now[0]?.at ?? 0) - (now[0]?.spentMs ?? 0));
  });

  it('given half an hour without a judgement, when asked, then no session is under way', () => {
    const pace = paceOf(judged({ n: 5, spent: 10, length: 800 }, NOON - 31 * MIN), NOON);
    expect(pace).toMatchObject({ session: [], since: null, here: null, nudge: null, usual: { n: 5 } });
  });

  it('given nothing, when asked, then there is nothing to say', () => {
    expect(paceOf([], NOON)).toEqual({ session: [], since: null, here: null, usual: null, nudge: null });
  });
});

describe('a hasty reviewer', () => {
  const careful = judged({ n: 60, spent: 21, length: 900, verdict: 'reject' }, yesterday);

  it('given a usual of 21 s, when eight in a row take 4 s each, then both numbers are said', () => {
    const hasty = judged({ n: 12, spent: 4, length: 1_000, verdict: 'reject' }, NOON);
    const { nudge } = paceOf([...careful, ...hasty], NOON);
    expect(nudge?.kind).toBe('hasty');
    expect(nudge?.evidence).toBe(
      'The last 8 took 4 s each; your usual is 23 s for answers this long (from 60 or more).',
    );
  });

  it('given the same haste, when it was dismissed, then it is not said again', () => {
    const hasty = judged({ n: 12, spent: 4, length: 1_000, verdict: 'reject' }, NOON);
    expect(paceOf([...careful, ...hasty], NOON, ['hasty']).nudge).toBeNull();
  });

  it('given seven quick ones only, when asked, then it is too early to say', () => {
    const few = judged({ n: 8, spent: 4, length: 1_000, verdict: 'reject' }, NOON);
    expect(paceOf([...careful, ...few], NOON).nudge).toBeNull();
  });

  it('given much shorter answers than ever before, when they take 4 s each, then nothing is compared that is not alike', () => {
    const short = judged({ n: 20, spent: 4, length: 60, verdict: 'reject' }, NOON);
    expect(paceOf([...careful, ...short], NOON).nudge).toBeNull();
  });

  it('given a whole thread that was read first, when it is judged in one go, then the time in between counts', () => {
    const first = judged({ n: 4, spent: 20, length: 900, verdict: 'reject' }, NOON - 10 * MIN);
    const inOneGo = judged({ n: 8, spent: 2, length: 900, verdict: 'reject', every: 3 }, NOON);
    expect(paceOf([...careful, ...first, ...inOneGo], NOON).nudge).toBeNull();
  });

  it('given long answers, when most are approved in a tenth of the time that reading takes, then reading is said', () => {
    const { nudge } = paceOf(judged({ n: 9, spent: 3, length: 1_500 }, NOON), NOON);
    expect(nudge?.kind).toBe('unread');
    expect(nudge?.evidence).toBe(
      '8 of the last 8 are approvals of long answers made in 3 s each; reading one takes about 1 min 3 s.',
    );
  });

  it('given long answers, when they are rejected as fast, then nothing is said: a wrong answer can show by its first line', () => {
    expect(paceOf(judged({ n: 20, spent: 3, length: 1_500, verdict: 'reject' }, NOON), NOON).nudge).toBeNull();
  });
});

describe('a steady fast reviewer', () => {
  it('given a usual of 3 s, when today is as fast, then nothing is said, however many there are', () => {
    const past = judged({ n: 200, spent: 3, length: 300 }, yesterday);
    for (let n = 1; n <= 60; n += 1) {
      const today = judged({ n, spent: 3, length: 300 }, NOON);
      expect(paceOf([...past, ...today], NOON).nudge).toBeNull();
    }
  });

  it('given times that vary as people do, when a hundred and fifty sessions are judged, then hardly any is called hasty', () => {
    let seed = 7;
    const random = () => {
      seed = (seed * 1_103_515_245 + 12_345) % 2_147_483_648;
      return seed / 2_147_483_648;
    };
    // Times of people are skewed: log-normal with a spread of 0.6 (Box-Muller).
    const time = () =>
      12 * Math.exp(0.6 * Math.sqrt(-2 * Math.log(random() + 1e-9)) * Math.cos(2 * Math.PI * random()));
    const some = (n: number, end: number) => {
      let at = end;
      return Array.from({ length: n }, () => {
        const spentMs = time() * S;
        at -= spentMs + S;
        const length = 200 + Math.floor(random() * 600);
        return { at, spentMs, length, readingMs: reads(length), verdict: 'reject' as const };
      }).reverse();
    };
    const past = some(120, yesterday);
    let nudged = 0;
    for (let session = 0; session < 150; session += 1) {
      if (paceOf([...past, ...some(20, NOON)], NOON).nudge?.kind === 'hasty') nudged += 1;
    }
    expect(nudged).toBeLessThanOrEqual(1);
  });
});

describe('a long session', () => {
  it('given 55 minutes without a pause, when asked, then minutes and answers are said', () => {
    const { nudge } = paceOf(judged({ n: 56, spent: 50, length: 300, every: 60 }, NOON), NOON);
    expect(nudge?.kind).toBe('long');
    expect(nudge?.evidence).toBe('You have judged for 55 minutes without a pause of 5, 56 answers.');
  });

  it('given a pause of six minutes in between, when asked, then the clock began anew', () => {
    const before = judged({ n: 30, spent: 50, length: 300, every: 60 }, NOON - 36 * MIN);
    const after = judged({ n: 30, spent: 50, length: 300, every: 60 }, NOON);
    expect(paceOf([...before, ...after], NOON).nudge).toBeNull();
  });

  it('given a reviewer who went away, when asked later, then nobody is told to rest', () => {
    const long = judged({ n: 56, spent: 50, length: 300, every: 60 }, NOON - 6 * MIN);
    expect(paceOf(long, NOON).nudge).toBeNull();
  });
});

describe('the measures', () => {
  it('reads 238 English words a minute, and Chinese by the character', () => {
    const words = 'words '.repeat(238);
    expect(readingMs(words)).toBeCloseTo(MIN, -2);
    expect(readingMs('字'.repeat(258))).toBeCloseTo(MIN, -2);
    expect(readingMs('')).toBe(0);
    // Of a text of 200,000 characters only the beginning is looked at.
    expect(readingMs(words.repeat(100))).toBeCloseTo(100 * MIN, -4);
  });

  it('takes the middle, and says times as people do', () => {
    expect([medianOf([]), medianOf([3]), medianOf([1, 9, 2]), medianOf([1, 2, 3, 10])]).toEqual([null, 3, 2, 2.5]);
    expect([400, 4_400, 60_000, 63_000].map(durationWords)).toEqual(['0.4 s', '4 s', '1 min', '1 min 3 s']);
  });
});
