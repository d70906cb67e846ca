import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { anchor, anchorInSlices, describe as describeSpan, type Spot } from '../../../utils/anchoring/index.ts';
import { randomFrom } from '../../support/anchoring/texts.ts';

/** The spot of `words` in `text`, or of what lies between two marks of it. */
function spotOn(text: string, words: string, id = 'a'): Spot {
  const start = text.indexOf(words);
  return { id, ...describeSpan(text, start, start + words.length) };
}
const found = (before: string, words: string, now: string) => {
  const { placed, orphans } = anchor(before, [spotOn(before, words)], now);
  return placed[0] ? now.slice(placed[0].start, placed[0].end) : orphans[0]?.why;
};

const first =
  'Your parcel left the warehouse in Graz on Tuesday and should reach you by Thursday, says the carrier 🚚.';
const second = 'If it does not, write to us again 👩‍👩‍👧 and we will send another one at once, free of charge.';
const third = 'Refunds take five working days, counted from the day on which the parcel came back to us.';
const text = [first, second, third].join('\n\n');

describe('a finding on a text that changed', () => {
  it('given the same text, then it is where it was', () => {
    expect(found(text, 'by Thursday', text)).toBe('by Thursday');
  });

  it('given words before it changed, also characters outside of the basic plane, then it moves along', () => {
    const now = text.replace('Graz', 'the beautiful city of Linz 🇦🇹').replace('🚚', '🚚🚚');
    expect(found(text, 'free of charge', now)).toBe('free of charge');
    expect(found(text, 'again 👩‍👩‍👧 and', now)).toBe('again 👩‍👩‍👧 and');
  });

  it('given its paragraph was moved, then it is found there', () => {
    const now = [third, first, second].join('\n\n');
    for (const words of ['five working days', 'by Thursday', 'free of charge'])
      expect(found(text, words, now)).toBe(words);
  });

  it('given a word of it was replaced, then what stands in its place belongs to it', () => {
    expect(found(text, 'should reach you by Thursday', text.replace('Thursday', 'Friday'))).toBe(
      'should reach you by Friday',
    );
  });

  it('given most of it is gone, then it is an orphan', () => {
    expect(found(text, 'by Thursday', text.replace('by Thursday', 'tomorrow'))).toBe('gone');
    expect(found(text, second, [first, third].join('\n\n'))).toBe('gone');
  });

  it('given a paragraph that stands there twice, and one of the two was moved away, then nobody can say which', () => {
    const before = [first, second, second, third].join('\n\n');
    const now = [first, second, third, second].join('\n\n');
    const start = before.lastIndexOf('free of charge');
    const spots = [spotOn(before, 'free of charge', 'one'), { id: 'two', ...describeSpan(before, start, start + 14) }];
    expect(anchor(before, spots, now)).toEqual({
      placed: [],
      orphans: [
        { id: 'one', why: 'ambiguous' },
        { id: 'two', why: 'ambiguous' },
      ],
    });
  });

  it('given a paragraph that stands there twice with different neighbors, then each keeps its own', () => {
    const before = [second, first, second, third].join('\n\n');
    const now = `Hello!\n\n${before}`;
    const start = before.lastIndexOf('free of charge');
    const spots = [spotOn(before, 'free of charge', 'one'), { id: 'two', ...describeSpan(before, start, start + 14) }];
    expect(anchor(before, spots, now).placed.map((place) => place.start)).toEqual(
      spots.map(({ utf16 }) => utf16.start + 'Hello!\n\n'.length),
    );
  });

  it('given another text, then all are orphans, however alike their words', () => {
    const other =
      'The carrier says that a warehouse in Graz will be free on Tuesday. Write to it by Thursday, at once.';
    expect(found(text, 'by Thursday', other)).toBe('unrelated');
  });

  it('given a spot that does not fit its own text, then it is not put anywhere by its place', () => {
    const spot = { ...spotOn(text, 'by Thursday'), quote: { exact: 'by Monday', prefix: 'x', suffix: 'y' } };
    expect(anchor(text, [spot], text.replace('Graz', 'Linz')).orphans).toEqual([{ id: 'a', why: 'gone' }]);
  });
});

describe('spans of all shapes', () => {
  it('given findings that overlap and lie in each other, then each is placed for itself', () => {
    const now = text.replace('Tuesday', 'Monday');
    for (const words of ['left the warehouse', 'the warehouse in Graz', 'warehouse'])
      expect(found(text, words, now)).toBe(words);
  });

  it('given a finding on the whole message, then it stays on the whole message', () => {
    const now = `${text.replace('Graz', 'Linz')}\n\nAnything else?`;
    const { placed } = anchor(text, [spotOn(text, text)], now);
    expect(placed).toEqual([{ id: 'a', start: 0, end: now.length }]);
  });

  it('given a place where something is missing, then it stays between its neighbors, and is gone with them', () => {
    const at = text.indexOf('by Thursday');
    const spot = { id: 'a', ...describeSpan(text, at, at) };
    const now = text.replace('Graz', 'Linz or Wels');
    expect(anchor(text, [spot], now).placed).toEqual([
      { id: 'a', start: now.indexOf('by Thursday'), end: now.indexOf('by Thursday') },
    ]);
    expect(anchor(text, [spot], text.replace('should reach you by Thursday', 'is lost')).orphans).toEqual([
      { id: 'a', why: 'gone' },
    ]);
  });

  it('given any text and any span, when the text is the same, then it is where it was; when all is new, nowhere', () => {
    void fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 80 }), fc.nat(80), fc.nat(80), (any, x, y) => {
        const spot = { id: 'a', ...describeSpan(any, Math.min(x, y), Math.max(x, y)) };
        const { start, end } = spot.utf16;
        expect(anchor(any, [spot], any).placed).toEqual([{ id: 'a', start, end }]);
      }),
    );
  });

  it('given any two texts, then nothing is placed outside of the new one or inside of a pair of surrogates', () => {
    const anyText = fc.array(fc.constantFrom('a', 'bc', ' ', '\n', '🙂', '👩‍👩‍👧', 'é', '.', 'word', '語'), {
      maxLength: 60,
    });
    void fc.assert(
      fc.property(anyText, anyText, fc.nat(100), fc.nat(100), (b, n, x, y) => {
        const [before, now] = [b.join(''), n.join('')];
        const spot = { id: 'a', ...describeSpan(before, Math.min(x, y), Math.max(x, y)) };
        for (const { start, end } of anchor(before, [spot], now).placed) {
          expect(start).toBeLessThanOrEqual(end);
          expect(end).toBeLessThanOrEqual(now.length);
          expect(now.slice(start, end).isWellFormed()).toBe(true);
        }
      }),
      { numRuns: 500 },
    );
  });
});

describe('long texts', () => {
  it('given 100,000 characters of which a fifth changed, when it is done in slices, then it comes to the same', async () => {
    const random = randomFrom(1);
    const words = Array.from({ length: 16_000 }, () => `w${Math.floor(random() * 1_000)}x`);
    const before = words.join(' ');
    const now = words.map((word, at) => (at % 5 === 0 ? `new${at}` : word)).join(' ');
    const spots = Array.from({ length: 50 }, (_, at) => {
      const start = before.indexOf(' ', at * 1_500) + 1;
      return { id: `${at}`, ...describeSpan(before, start, before.indexOf(' ', start + 40)) };
    });
    const sliced = await anchorInSlices(before, spots, now);
    expect(sliced).toEqual(anchor(before, spots, now));
    expect(sliced?.placed.length).toBeGreaterThan(45);
  }, 30_000);

  it('given nobody waits any more, then it is not done', async () => {
    expect(await anchorInSlices(text, [spotOn(text, 'Graz')], text, AbortSignal.abort())).toBeNull();
  });
});
