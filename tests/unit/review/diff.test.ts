import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type DiffRun, diffSteps, diffText, type TextDiff } from '../../../utils/review/diff.ts';
import { diffInSlices } from '../../../utils/review/diff-slices.ts';

const side = (diff: TextDiff, gone: DiffRun['op']) =>
  diff.runs
    .filter((run) => run.op !== gone)
    .map((run) => run.text)
    .join('');

/** The runs as one line: `[-went-]`, `{+came+}`, the rest as it is. */
const shown = (before: string, after: string) =>
  diffText(before, after)
    .runs.map(({ op, text }) => (op === 'removed' ? `[-${text}-]` : op === 'added' ? `{+${text}+}` : text))
    .join('');

/** Pieces that prose, code and hostile pages are made of. */
const piece = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.constantFrom('the', 'refund', 'is', "don't", '3.14', '1,000', 'Straße', 'naïve', 'не', 'خطأ'),
  },
  { weight: 5, arbitrary: fc.constantFrom(' ', ' ', ' ', '  ', '\n', '\n\n', '\r\n', '\t', '\u00a0', '\u2028') },
  { weight: 3, arbitrary: fc.constantFrom('.', ',', '...', '---', '“', '”', '(', '`') },
  {
    weight: 3,
    arbitrary: fc.constantFrom(
      '👩‍👩‍👧',
      '👍🏽',
      '🇩🇪',
      '🇫',
      '1️⃣',
      'e\u0301',
      '\u0301',
      '\u200d',
      '\u200c',
      '\u200b',
      '\ufe0f',
      '한국',
      '\u1112\u1161\u11ab',
    ),
  },
  {
    weight: 2,
    arbitrary: fc.constantFrom(
      '返金は三日かかります',
      '退款需要三天',
      'การคืนเงินใช้เวลาสามวัน',
      'क्षत्रिय',
      'กำ',
      'ｶﾞ',
      '\u0600',
    ),
  },
  { weight: 1, arbitrary: fc.constantFrom('\ud800', '\udc00', '\u0000', '\u202e', '\u2066') },
  { weight: 1, arbitrary: fc.string({ unit: 'binary' }) },
);
const prose = fc.array(piece, { maxLength: 60 }).map((pieces) => pieces.join(''));
/** Two texts that share most of their pieces. */
const edited = fc
  .array(fc.tuple(piece, fc.constantFrom('keep', 'keep', 'keep', 'drop', 'add', 'replace'), piece), { maxLength: 80 })
  .map((rows) => [
    rows.map(([old, how]) => (how === 'add' ? '' : old)).join(''),
    rows.map(([old, how, fresh]) => (how === 'drop' ? '' : how === 'keep' ? old : fresh)).join(''),
  ])
  .map(([before = '', after = '']) => [before, after] as const);

describe('a word diff', () => {
  it('gives both texts back exactly, in runs that alternate and are never empty', () => {
    fc.assert(
      fc.property(fc.oneof(edited, fc.tuple(prose, prose)), ([before, after]) => {
        const diff = diffText(before, after);
        expect(side(diff, 'added')).toBe(before);
        expect(side(diff, 'removed')).toBe(after);
        diff.runs.forEach((run, i) => {
          expect(run.text).not.toBe('');
          expect(run.op).not.toBe(diff.runs[i + 1]?.op);
        });
      }),
      { numRuns: 2_000 },
    );
  });

  it('never cuts through a grapheme of either text', () => {
    const graphemes = new Intl.Segmenter(undefined, { granularity: 'grapheme' });
    const starts = (text: string) => new Set([...Array.from(graphemes.segment(text), (one) => one.index), text.length]);
    fc.assert(
      fc.property(fc.oneof(edited, fc.tuple(prose, prose)), ([before, after]) => {
        const [inBefore, inAfter] = [starts(before), starts(after)];
        let [i, j] = [0, 0];
        for (const { op, text } of diffText(before, after).runs) {
          if (op !== 'added') i += text.length;
          if (op !== 'removed') j += text.length;
          expect(inBefore).toContain(i);
          expect(inAfter).toContain(j);
        }
      }),
      { numRuns: 2_000 },
    );
  });

  it('shows whole words', () => {
    expect(shown('The refund takes three days.', 'The refund takes five days.')).toBe(
      'The refund takes [-three-]{+five+} days.',
    );
    expect(shown("We don't ship 1,000 units", "We didn't ship 1,500 units")).toBe(
      "We [-don't-]{+didn't+} ship [-1,000-]{+1,500+} units",
    );
  });

  it('takes in a new word with its blank, and nothing else', () => {
    expect(shown('Pay by card today.', 'Pay by bank card today.')).toBe('Pay by {+bank +}card today.');
    expect(shown('one two', 'one two three')).toBe('one two{+ three+}');
  });

  it('shows a rewritten phrase as one replacement, not as a row of small ones', () => {
    expect(shown('Send it to the old office, please.', 'Bring it, or mail copies there, please.')).not.toMatch(
      /-\]\{\+[^}]*\+\} \[-/,
    );
    expect(shown('red, green, blue', 'uno, dos, tres')).toBe('[-red, green, blue-]{+uno, dos, tres+}');
  });

  it('keeps lines apart when each was rewritten', () => {
    expect(shown('1. alpha\n2. beta\n', '1. gamma\n2. delta\n')).toBe('1. [-alpha-]{+gamma+}\n2. [-beta-]{+delta+}\n');
  });

  it('takes out the sentence or the line that went, not the end of one and the beginning of the next', () => {
    expect(shown('We ship. We bill. We wait.', 'We ship. We wait.')).toBe('We ship. [-We bill. -]We wait.');
    expect(shown('- one\n- two\n- three\n', '- one\n- three\n')).toBe('- one\n[-- two\n-]- three\n');
    expect(shown('- one\n- three\n', '- one\n- two\n- three\n')).toBe('- one\n{+- two\n+}- three\n');
  });

  it('sees a changed blank or line end', () => {
    expect(shown('a b\nc', 'a  b\r\nc')).toBe('a[- -]{+  +}b[-\n-]{+\r\n+}c');
  });

  it('finds words where a language puts no blanks', () => {
    expect(shown('返金には三日かかります。', '返金には五日かかります。')).toBe('返金には[-三日-]{+五日+}かかります。');
    expect(shown('การคืนเงินใช้เวลาสามวัน', 'การคืนเงินใช้เวลาห้าวัน')).toBe('การคืนเงินใช้เวลา[-สาม-]{+ห้า+}วัน');
  });

  it('replaces an emoji as a whole', () => {
    expect(shown('well done 👩‍👩‍👧!', 'well done 👩‍👩‍👦!')).toBe('well done [-👩‍👩‍👧-]{+👩‍👩‍👦+}!');
  });

  it('counts words and the share that stayed', () => {
    const { stats } = diffText('aaaa bbbb cccc dddd', 'aaaa xxxx yyyy cccc dddd');
    expect(stats).toEqual({ removed: 1, added: 2, kept: 15 / 19 });
    expect(diffText('', 'new').stats).toEqual({ removed: 0, added: 1, kept: 1 });
    expect(diffText('same text', 'same text')).toEqual({
      runs: [{ op: 'same', text: 'same text' }],
      stats: { removed: 0, added: 0, kept: 1 },
      exact: true,
    });
  });
});

/** Words of a small vocabulary in an order that only looks random. */
function words(count: number, vocabulary: number, seed: number): string[] {
  let state = seed;
  return Array.from({ length: count }, () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) | 0;
    return `w${(state >>> 12) % vocabulary}`;
  });
}

describe('a word diff of long texts', () => {
  const steps = (before: string, after: string) => {
    const work = diffSteps(before, after);
    for (let count = 1; ; count++) {
      const step = work.next();
      if (step.done) return { count, diff: step.value };
    }
  };

  it('finds scattered edits in 30,000 words, in many small steps', () => {
    const before = words(30_000, 900, 1);
    const after = before.flatMap((word, i) => (i % 50 === 7 ? [`new${i}`] : i % 50 === 30 ? [] : [word]));
    const { count, diff } = steps(before.join(' '), after.join(' '));
    expect(diff.exact).toBe(true);
    expect(diff.stats.added).toBe(600);
    expect(diff.stats.removed).toBe(1_200);
    expect(count).toBeGreaterThan(30);
  });

  it('gives up on two texts of one repeated word each that share no order, and says so', () => {
    const before = words(8_000, 2, 1).join(' ');
    const after = words(8_000, 2, 99).join(' ');
    const { diff } = steps(before, after);
    expect(diff.exact).toBe(false);
    expect(side(diff, 'added')).toBe(before);
    expect(side(diff, 'removed')).toBe(after);
  });

  it('costs next to nothing while somebody types at the end of a 200,000 character answer', () => {
    const before = `${words(40_000, 5_000, 3).join(' ')}.`;
    expect(steps(before, `${before.slice(0, -1)}, indeed.`).count).toBe(1);
  });
});

describe('a diff in slices', () => {
  const before = words(5_000, 500, 1).join(' ');
  const after = words(5_000, 500, 2).join(' ');

  it('pauses whenever its slice is used up, and arrives at the same diff', async () => {
    let pauses = 0;
    let clock = 0;
    const diff = await diffInSlices(before, after, {
      now: () => (clock += 4),
      pause: async () => {
        pauses++;
      },
    });
    expect(pauses).toBeGreaterThan(3);
    expect(diff).toEqual(diffText(before, after));
  });

  it('stops when nobody wants it any more', async () => {
    const stop = new AbortController();
    let clock = 0;
    const diff = diffInSlices(before, after, {
      signal: stop.signal,
      now: () => (clock += 4),
      pause: async () => stop.abort(),
    });
    expect(await diff).toBeNull();
  });
});
