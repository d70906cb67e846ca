import { describe, expect, test } from 'vitest';
import { nextRevision } from '../../../utils/review/revise.ts';
import { type ReviewDraft, reviewDraftSchema } from '../../../utils/review/schema.ts';
import { checker } from '../../../utils/review/valid.ts';
import { inPlace, toEvent, wireEventSchema } from '../../../utils/review/wire.ts';
import { aWholeDraft, wholeOversight, wholeRubric } from '../../support/whole-review.ts';

type Path = readonly (string | number)[];

async function aWholeEvent() {
  const context = { origin: 'https://chat.example', reviewer: { id: 'installation-1', name: 'A. Reviewer' } };
  const draft: ReviewDraft = aWholeDraft();
  const review = await nextRevision(draft, null, {
    ...context,
    ...{ rubric: wholeRubric, guidelines: '3', oversight: wholeOversight, now: Date.parse('2026-11-21T08:00:00Z') },
  });
  const place = { stream: '00000000-0000-4000-8000-000000000000', sequence: 7, closes: [5, 6] };
  return inPlace(toEvent(review), place);
}

/** Every place in a value, the whole first. */
function pathsIn(value: unknown, path: Path = []): Path[] {
  if (typeof value !== 'object' || value === null) return [path];
  return [path, ...Object.entries(value).flatMap(([key, inner]) => pathsIn(inner, [...path, key]))];
}

/** A copy with something else at this place. */
function changed(value: unknown, [key, ...rest]: Path, change: (old: unknown) => unknown): unknown {
  if (key === undefined) return change(value);
  if (Array.isArray(value)) return value.map((each, at) => (at === Number(key) ? changed(each, rest, change) : each));
  const record = value as Record<string, unknown>;
  return { ...record, [key]: changed(record[key], rest, change) };
}

const others: readonly unknown[] = [
  ...[null, undefined, true, false, 0, 1, -1, 1.5, 9, 2 ** 53, Number.NaN, Number.POSITIVE_INFINITY],
  ...['', 'x', 'approve', 'http://a b', 'https://a.example', 'x'.repeat(70), 'x'.repeat(3000), '2026-11-21T08:00:00Z'],
  ...['2026-13-41T08:00:00Z', '01930000-0000-7000-8000-000000000000', 'a'.repeat(64), '000000000007', '5 6', '05'],
  ...[[], [1], ['x'], Array.from({ length: 600 }, () => 'x'), {}, { x: 1 }],
];

describe('the fast look at a value', () => {
  test('given a whole event, takes it', async () => {
    expect(checker(wireEventSchema)(await aWholeEvent())).toBe(true);
  });

  test('given an event with anything else in any one place, says what the schema says', async () => {
    const event = await aWholeEvent();
    const isEvent = checker(wireEventSchema);
    let taken = 0;
    for (const path of pathsIn(event)) {
      for (const other of others) {
        const value = changed(event, path, () => other);
        const { success } = wireEventSchema.safeParse(value);
        expect(isEvent(value), `${path.join('.')} = ${JSON.stringify(other)?.slice(0, 40)}`).toBe(success);
        taken += Number(success);
      }
    }
    expect(taken).toBeGreaterThan(500);
  });

  test('given something more, or less, in any object, says what the schema says', async () => {
    const event = await aWholeEvent();
    const isEvent = checker(wireEventSchema);
    for (const path of pathsIn(event)) {
      const more = changed(event, path, (old) => (Array.isArray(old) ? [...old, {}] : { ...(old as object), more: 1 }));
      const less = changed(event, path.slice(0, -1), (old) => {
        const { [String(path.at(-1))]: _, ...rest } = old as Record<string, unknown>;
        return Array.isArray(old) ? old.slice(1) : rest;
      });
      for (const value of [more, less])
        expect(isEvent(value), path.join('.')).toBe(wireEventSchema.safeParse(value).success);
    }
  });

  test('given a draft, and one that starts after it ends, says what the schema says', () => {
    const isDraft = checker(reviewDraftSchema);
    const draft = aWholeDraft();
    expect(isDraft(draft)).toBe(true);
    const path = ['judgement', 'findings', '0', 'position', 'start'];
    expect(isDraft(changed(draft, path, () => 1000))).toBe(false);
  });

  test('given a hidden key, leaves it to the schema', async () => {
    const event = JSON.parse(JSON.stringify(await aWholeEvent()).replace('"subject"', '"__proto__":{},"subject"'));
    expect(checker(wireEventSchema)(event)).toBe(false);
  });
});
