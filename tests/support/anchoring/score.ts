/** Scores what finds spans again: right place, orphan, wrong. */
import { describe as describeSpan, type Spot } from '../../../utils/anchoring/index.ts';
import { type Answer, randomFrom, writerFrom } from './texts.ts';

export interface Place {
  readonly start: number;
  readonly end: number;
}

/**
 * A span of the answer before, and where it is in the answer now: the words of it that are left, or those with what stands
 * in the place of the others. None where less than half of its letters are left.
 */
export interface Asked {
  readonly spot: Spot;
  readonly places: readonly Place[];
}

/** Finds all spots of `before` in `now`: null for what it gives up. */
export type Finder = (before: string, spots: readonly Spot[], now: string) => readonly (Place | null)[];

export interface Score {
  /** In its place, or said to be gone where it is. */
  readonly right: number;
  /** Given up although it is there. */
  readonly orphan: number;
  /** Put somewhere else, or anywhere although it is gone. */
  readonly wrong: number;
}

/** Two places are the same where they share so much of both together. */
const LEAST_SHARED = 0.7;
/** Below this share of its letters a span is gone. */
const LEAST_LEFT = 0.5;

const shared = (a: Place, b: Place) =>
  Math.max(0, Math.min(a.end, b.end) - Math.max(a.start, b.start)) /
  (Math.max(a.end, b.end) - Math.min(a.start, b.start));

/** Where the words of a span are now. */
function placesOf(words: Answer['words'], now: Answer): readonly Place[] {
  const ids = new Set(words.map(({ id }) => id));
  const letters = words.reduce((all, { text }) => all + text.length, 0);
  const kept = now.words.filter(({ id }) => ids.has(id));
  const filled = now.words.filter(({ id, instead = -1 }) => ids.has(id) || ids.has(instead));
  const left = kept.reduce((all, { text }) => all + text.length, 0);
  if (left === 0 || left < letters * LEAST_LEFT) return [];
  return [kept, filled].map((list) => ({ start: list[0]?.start ?? 0, end: list.at(-1)?.end ?? 0 }));
}

/** Spans of one to forty words inside of paragraphs, with where they have to be. */
function askedOf(before: Answer, now: Answer, count: number, seed: number): readonly Asked[] {
  const random = randomFrom(seed);
  const byId = new Map(before.words.map((word) => [word.id, word]));
  const paragraphs = before.paragraphs.map((paragraph) =>
    paragraph.map(({ id }) => byId.get(id) as Answer['words'][number]),
  );
  return Array.from({ length: count }, (_, index) => {
    const paragraph = paragraphs[Math.floor(random() * paragraphs.length)] ?? [];
    const from = Math.floor(random() * paragraph.length);
    const length = 1 + Math.floor(random() ** 2 * 40);
    const words = paragraph.slice(from, from + length);
    const [start, end] = [words[0]?.start ?? 0, words.at(-1)?.end ?? 0];
    const spot = { id: `${index}`, ...describeSpan(before.text, start, end) };
    return { spot, places: placesOf(words, now) };
  });
}

export function scoreOf(asked: readonly Asked[], found: readonly (Place | null)[]): Score {
  const score = { right: 0, orphan: 0, wrong: 0 };
  for (const [index, { places }] of asked.entries()) {
    const given = found[index] ?? null;
    if (given === null) score[places.length === 0 ? 'right' : 'orphan']++;
    else score[places.some((place) => shared(place, given) >= LEAST_SHARED) ? 'right' : 'wrong']++;
  }
  return score;
}

export const sum = (scores: readonly Score[]): Score => ({
  right: scores.reduce((all, { right }) => all + right, 0),
  orphan: scores.reduce((all, { orphan }) => all + orphan, 0),
  wrong: scores.reduce((all, { wrong }) => all + wrong, 0),
});

export interface Case {
  readonly before: Answer;
  readonly now: Answer;
  readonly asked: readonly Asked[];
}

/** An answer of 3,000 words, this share of them changed; from 5 % on with moved, repeated and lost paragraphs. */
export function aCase(share: number, seed: number, count = 300): Case {
  const writer = writerFrom(seed);
  const before = writer.answer(3_000);
  const now = writer.edit(
    before,
    share,
    share > 0 ? { moves: 3, copies: 1, cuts: 1 } : { moves: 0, copies: 0, cuts: 0 },
  );
  return { before, now, asked: askedOf(before, now, count, seed + 1) };
}

/** Quotes of another answer, to be looked for in this one: every one that is found is a false hit. */
export function foreignCase(seed: number, count = 300): Case {
  const writer = writerFrom(seed);
  const [before, now] = [writer.answer(3_000), writer.answer(3_000)];
  return { before, now, asked: askedOf(before, now, count, seed + 1) };
}
