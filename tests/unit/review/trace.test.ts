import { describe, expect, it } from 'vitest';
import { diffText } from '../../../utils/review/diff.ts';
import {
  type Edit,
  made,
  placeOf,
  type Replacement,
  retraced,
  roughTrace,
  standingOf,
  type Traced,
  takenBack,
  traceOf,
} from '../../../utils/review/trace.ts';

const start = (original: string): Traced => ({ original, text: original, trace: [] });

/** Somebody types: the text is another now. */
const typed = ({ original, text, trace }: Traced, next: string): Traced => ({
  original,
  text: next,
  trace: retraced(trace, text, next),
});

/** The replacement of the first `words` in the original. */
function instead(original: string, words: string, text: string): Replacement {
  const at = original.indexOf(words);
  return { span: { start: at, end: at + words.length }, text };
}

/** The text that a trace makes of the original, with what stands in the text now. */
function rebuilt({ original, text, trace }: Traced): string {
  let out = '';
  let at = 0;
  let shift = 0;
  for (const { start: from, end, length } of trace) {
    out += original.slice(at, from) + text.slice(from + shift, from + shift + length);
    at = end;
    shift += length - (end - from);
  }
  return out + original.slice(at);
}

/** A random number generator that gives the same numbers every time (mulberry32). */
function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}

const answer = 'Refunds take 14 days, and shipping is free in the EU.';

describe('replacing words of an answer', () => {
  it('given replacements in any order, each goes to its words', () => {
    const days = instead(answer, '14', 'about 30');
    const eu = instead(answer, 'the EU', 'Germany');
    const both = made(made(start(answer), eu) as Traced, days) as Traced;
    expect(both.text).toBe('Refunds take about 30 days, and shipping is free in Germany.');
    expect(standingOf(both, days).is).toBe('made');
    expect(takenBack(both, days)?.text).toBe('Refunds take 14 days, and shipping is free in Germany.');
  });

  it('given words that touch, keeps them apart', () => {
    const [one, other] = [instead(answer, 'Refunds ', 'Money '), instead(answer, 'take', 'takes')];
    const both = made(made(start(answer), one) as Traced, other) as Traced;
    expect(both.text).toMatch(/^Money takes 14/);
    expect([one, other].map((each) => standingOf(both, each).is)).toEqual(['made', 'made']);
    expect(takenBack(both, one)?.text).toMatch(/^Refunds takes 14/);
    expect(takenBack(both, other)?.text).toMatch(/^Money take 14/);
  });

  it('given that somebody wrote something else there, keeps what they wrote', () => {
    const mine = typed(start(answer), answer.replace('14 days', 'four weeks'));
    const days = instead(answer, '14', '30');
    expect(standingOf(mine, days).is).toBe('other');
    expect(made(mine, days)).toBeNull();
    const elsewhere = made(mine, instead(answer, 'the EU', 'Germany'));
    expect(elsewhere?.text).toBe('Refunds take four weeks, and shipping is free in Germany.');
  });

  it('given two that overlap, the second would go over the first and does not', () => {
    const wide = instead(answer, 'take 14 days', 'need time');
    const late = instead(answer, 'days, and', 'hours, but');
    const first = made(start(answer), wide) as Traced;
    expect(standingOf(first, late)).toEqual({ is: 'other', place: null });
    expect(made(first, late)).toBeNull();
  });

  it('given one inside another, taking the outer back brings the whole back', () => {
    const inner = instead(answer, '14', '30');
    const outer = instead(answer, 'take 14 days', 'need time');
    const first = made(start(answer), inner) as Traced;
    expect(standingOf(first, outer).is).toBe('other');
    expect(takenBack(made(start(answer), outer) as Traced, outer)?.text).toBe(answer);
  });

  it('given places where something is missing, inserts there, and takes just that back', () => {
    const at = answer.indexOf(' days');
    const first: Replacement = { span: { start: at, end: at }, text: ' working' };
    const second: Replacement = { span: { start: at, end: at }, text: ' full' };
    const one = made(start(answer), first) as Traced;
    const both = made(one, second) as Traced;
    expect(both.text).toMatch(/14 working full days/);
    expect(standingOf(both, first).is).toBe('made');
    expect(takenBack(both, first)?.text).toMatch(/14 full days/);
    expect(takenBack(one, first)?.text).toBe(answer);
  });

  it('given an empty replacement, takes the words out', () => {
    const gone = instead(answer, ', and shipping is free in the EU', '');
    const short = made(start(answer), gone) as Traced;
    expect(short.text).toBe('Refunds take 14 days.');
    expect(takenBack(short, gone)?.text).toBe(answer);
  });

  it('given the whole answer, replaces it, unless something was changed', () => {
    const all: Replacement = { span: { start: 0, end: answer.length }, text: 'No.' };
    expect(made(start(answer), all)?.text).toBe('No.');
    expect(made(typed(start(answer), `${answer} Yes.`), all)?.text).toBe('No. Yes.');
    expect(made(typed(start(answer), answer.replace('14', '30')), all)).toBeNull();
  });
});

describe('following what is typed', () => {
  it('given any changes, knows what stands where', () => {
    for (let seed = 1; seed <= 300; seed++) {
      const random = seeded(seed);
      const whole = (below: number) => Math.floor(random() * below);
      const original = Array.from({ length: 40 }, () => 'ab 😀.'[whole(7)] ?? 'c').join('');
      let state = start(original);
      for (let step = 0; step < 12; step++) {
        const from = whole(state.text.length + 1);
        const to = Math.min(state.text.length, from + (random() < 0.4 ? 0 : whole(6)));
        const words = 'xyz!'.slice(0, whole(5));
        state = typed(state, state.text.slice(0, from) + words + state.text.slice(to));
        expect(rebuilt(state)).toBe(state.text);
        let end = 0;
        for (const edit of state.trace) {
          expect(edit.start).toBeGreaterThanOrEqual(end);
          end = edit.end;
        }
        // A stretch that no change touched stands there unchanged.
        const at = whole(original.length);
        const span = { start: at, end: Math.min(original.length, at + 4) };
        const isTouched = state.trace.some((edit: Edit) => edit.start < span.end && edit.end > span.start);
        const isInserted = state.trace.some(
          (edit) => edit.start === edit.end && edit.start > span.start && edit.start < span.end,
        );
        if (isTouched || isInserted) continue;
        const place = placeOf(state.trace, span);
        expect(state.text.slice(place?.start, place?.end)).toBe(original.slice(span.start, span.end));
      }
    }
  });

  it('given typing letter by letter, keeps one edit', () => {
    let state = start(answer);
    for (const letter of [...'within '].reverse())
      state = typed(state, `${state.text.slice(0, 8)}${letter}${state.text.slice(8)}`);
    for (const length of [1, 2, 3, 4])
      state = typed(
        state,
        `${answer} now`
          .slice(0, answer.length + length)
          .padStart(1)
          .replace('Refunds ', 'Refunds within '),
      );
    expect(state.text).toBe(`${answer.replace('Refunds ', 'Refunds within ')} now`);
    expect(state.trace.length).toBeLessThanOrEqual(8);
    expect(rebuilt(state)).toBe(state.text);
  });
});

describe('a correction that was stored', () => {
  const replacements = [
    instead(answer, '14', '30'),
    instead(answer, 'days', 'weeks'),
    instead(answer, 'free', 'cheap'),
  ];

  it('given accepted replacements side by side, tells them apart again', () => {
    const text = 'Refunds take 30 weeks, and shipping is free in the EU.';
    const trace = traceOf(diffText(answer, text).runs, answer, replacements);
    const traced = { original: answer, text, trace };
    expect(replacements.map((one) => standingOf(traced, one).is)).toEqual(['made', 'made', 'open']);
    expect(takenBack(traced, replacements[0] as Replacement)?.text).toMatch(/14 weeks/);
  });

  it('given words of the reviewer’s own in between, says that something else stands there', () => {
    const text = 'Refunds take thirty or so days, and shipping is free in the EU.';
    const traced = { original: answer, text, trace: traceOf(diffText(answer, text).runs, answer, replacements) };
    expect(standingOf(traced, replacements[0] as Replacement).is).toBe('other');
    expect(rebuilt(traced)).toBe(text);
  });

  it('given the ends only, is one edit', () => {
    expect(roughTrace(answer, answer)).toEqual([]);
    expect(roughTrace('abcdef', 'abXYef')).toEqual([{ start: 2, end: 4, length: 2 }]);
  });
});
