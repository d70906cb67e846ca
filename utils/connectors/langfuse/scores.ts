/** A review as Langfuse's scores, checked beforehand: what its worker finds wrong it drops without a word. */
import * as z from 'zod/mini';
import type { ReviewEvent } from '../../review/wire.ts';
import { provenance } from '../record.ts';
import { asYesOrNo, CORRECTION_KEY, cut, isChoice, type Statement, statementsOf } from '../statements.ts';

/** The most of a TEXT score, in UTF-16 code units. */
const TEXT_LIMIT = 500;

/** The body of `POST /api/public/scores`. */
export interface Score {
  readonly id: string;
  readonly name: string;
  /** A number for NUMERIC and BOOLEAN (0 or 1), a string for all others. */
  readonly value: number | string;
  readonly dataType: 'NUMERIC' | 'BOOLEAN' | 'CATEGORICAL' | 'TEXT' | 'CORRECTION';
  readonly traceId: string;
  readonly observationId?: string;
  readonly configId?: string;
  readonly comment?: string;
  readonly environment?: string;
  readonly metadata: Readonly<Record<string, unknown>>;
}

const nullish = <T extends z.ZodMiniType>(type: T) => z.optional(z.nullable(type));
export const configSchema = z.object({
  id: z.string(),
  name: z.string(),
  dataType: z.enum(['NUMERIC', 'BOOLEAN', 'CATEGORICAL', 'TEXT']),
  isArchived: nullish(z.boolean()),
  minValue: nullish(z.number()),
  maxValue: nullish(z.number()),
  categories: nullish(z.array(z.object({ label: z.string() }))),
});
export type ScoreConfig = z.infer<typeof configSchema>;

type Typed = Pick<Score, 'value' | 'dataType'>;

/** The type of a value that no config tells. */
function typed({ value }: Statement): Typed {
  if (typeof value === 'number') return { value, dataType: 'NUMERIC' };
  return isChoice(value) ? { value, dataType: 'CATEGORICAL' } : { value: cut(value, TEXT_LIMIT), dataType: 'TEXT' };
}

/** The value as a config wants it; what it wants instead, in words, where it cannot be so. */
function fitted(statement: Statement, config: ScoreConfig): Typed | string {
  const { value } = statement;
  const { dataType, minValue, maxValue, categories } = config;
  const number = typeof value === 'number' ? value : asYesOrNo(statement);
  switch (dataType) {
    case 'NUMERIC': {
      const [least, most] = [minValue ?? Number.NEGATIVE_INFINITY, maxValue ?? Number.POSITIVE_INFINITY];
      if (number !== null && number >= least && number <= most) return { value: number, dataType };
      return `a number from ${minValue ?? 'any'} to ${maxValue ?? 'any'}`;
    }
    case 'BOOLEAN':
      return number === 0 || number === 1 ? { value: number, dataType } : 'yes or no';
    case 'CATEGORICAL': {
      const labels = (categories ?? []).map(({ label }) => label);
      if (labels.includes(String(value))) return { value: String(value), dataType };
      return `one of ${labels.slice(0, 20).join(', ')}`;
    }
    case 'TEXT':
      return value === '' ? 'a text' : { value: cut(String(value), TEXT_LIMIT), dataType };
  }
}

/** The id of a score: stable through revisions, so that a later one takes the place of an earlier. */
export const scoreId = (reviewId: string, key: string) => `${reviewId}:${key}`;

/** The scores of a review; why there are none, where a value does not fit the project's config of that name. */
export function scoresOf(
  event: ReviewEvent,
  configs: readonly ScoreConfig[],
  environment: string | undefined,
): readonly Score[] | string {
  const { id, snapshot, judgement } = event.data;
  const trace = snapshot.trace;
  if (!trace) return [];
  const { countersign_review, countersign_revision, countersign_reviewer, ...rest } = provenance(event);
  const which = { countersign_review, countersign_revision, countersign_reviewer };
  const on = {
    traceId: trace.id,
    ...(trace.span ? { observationId: trace.span } : {}),
    ...(environment ? { environment } : {}),
  };
  const scores: Score[] = [];
  for (const statement of statementsOf(event.data)) {
    const { key, name, value, reason } = statement;
    if (value === '') continue;
    const config = configs.find((each) => each.name === name && !each.isArchived);
    const fit = config ? fitted(statement, config) : typed(statement);
    if (typeof fit === 'string') {
      return `Langfuse’s score config “${name}” takes ${fit}, and this review says “${cut(String(value), 80)}”.`;
    }
    const { findings, preference } = judgement;
    const metadata = {
      ...which,
      ...(key === 'verdict' ? rest : {}),
      ...(key === 'verdict' && findings ? { countersign_findings: findings } : {}),
      ...(key === 'verdict' && preference ? { countersign_preference: preference } : {}),
      ...(fit.dataType === 'TEXT' && fit.value !== value ? { countersign_text: value } : {}),
    };
    const more = { ...(config ? { configId: config.id } : {}), ...(reason ? { comment: reason } : {}) };
    scores.push({ id: scoreId(id, key), name, ...fit, ...on, ...more, metadata });
  }
  if (!judgement.correction) return scores;
  // Langfuse names every correction `output`, and takes none with a config.
  const correction = { name: 'output', value: judgement.correction, dataType: 'CORRECTION' } as const;
  return [...scores, { id: scoreId(id, CORRECTION_KEY), ...correction, ...on, metadata: which }];
}
