/** A review with everything that one can have, and a way to see that nothing was forgotten. */
import type * as z from 'zod/mini';
import { uuidv7 } from '../../utils/review/ids.ts';
import { defaultRubric, type Rubric } from '../../utils/review/rubric.ts';
import type { Oversight, ReviewDraft } from '../../utils/review/schema.ts';
import { aDraft, aFinding, aJudgement, aSnapshot } from './builders.ts';

/** What only the background knows, with what a surface may claim. */
export const wholeOversight: Oversight = {
  gate: { outcome: 'overridden', reason: 'The customer is waiting' },
  delta: { kept: 0.75, edits: ['fact', 'tone'] },
  assistance: [{ kind: 'correction', model: 'helper-1', shown: 'after-verdict', outcome: 'edited' }],
  recurrence: { reviewId: '01930000-0000-7000-8000-000000000000', similarity: 0.9, state: 'regressed' },
  approver: 'B. Lead',
  asked: { priority: 0.8, reasons: ['It names a price'], audit: true },
  policies: [{ id: 'no-promises', demand: 'reason', severity: 'major' }],
};

/** One that asks why: a reason that nobody asked for is not kept. */
export const wholeRubric: Rubric = {
  ...defaultRubric,
  dimensions: defaultRubric.dimensions.map((each) => (each.id === 'quality' ? { ...each, reasonFor: [2, 3] } : each)),
};

/** The draft of such a review. */
export function aWholeDraft(): ReviewDraft {
  const snapshot = aSnapshot({
    context: [{ role: 'user', text: 'I sent it back.' }],
    author: 'Harbor Bot',
  });
  const { text } = snapshot;
  const responseKey = `chat.example/${uuidv7()}`;
  const about = { origin: 'https://chat.example', model: null };
  const rating = { dimension: 'quality', value: 3, reason: 'Terse' };
  const shown = [
    { ...about, responseKey, text, rank: 2, ratings: [] },
    { ...about, responseKey: 'another', text: 'It takes 30 days.', rank: 1, ratings: [rating] },
  ];
  return aDraft({
    // As the reviewer says it: the revision then has that mark too.
    trace: { id: '5b8efff798038103d269b633813fc60c', span: 'eee19b7ec3c1b174' },
    responseKey,
    snapshot,
    judgement: aJudgement({
      ratings: [{ dimension: 'quality', value: 2, reason: 'The number is wrong' }],
      findings: [
        aFinding(text, '14 days', { note: 'It is 30', replacement: '30 days', source: 'https://shop.example/terms' }),
        aFinding(text, 'parcel', { orphan: true }),
      ],
      preference: { shown, outcome: 'ranked', strength: 'clear' },
    }),
  });
}

/** As much of a schema as is looked at here. */
interface Definition {
  readonly type: string;
  readonly shape?: Readonly<Record<string, z.ZodMiniType>>;
  readonly innerType?: z.ZodMiniType;
  readonly element?: z.ZodMiniType;
}

/** The paths of fields that the schema knows and none of these values has; of a list one that has it is enough. */
export function absentFields(schema: z.ZodMiniType, values: readonly unknown[], path = ''): string[] {
  const { type, shape, innerType, element } = schema._zod.def as unknown as Definition;
  const there = values.filter((value) => value !== undefined && value !== null);
  if (innerType) return absentFields(innerType, there, path);
  if (type === 'array' && element) return absentFields(element, there.flat(), `${path}[]`);
  if (type !== 'object' || !shape) return [];
  return Object.entries(shape).flatMap(([name, field]) => {
    const inside = there
      .map((value) => (value as Record<string, unknown>)[name])
      .filter((value) => value !== undefined);
    return inside.length === 0 ? [`${path}.${name}`] : absentFields(field, inside, `${path}.${name}`);
  });
}
