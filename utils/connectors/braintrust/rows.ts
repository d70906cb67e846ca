/** Reviews as Braintrust's feedback, as rows of its logs and as rows of a dataset. */
import type { ReviewEvent } from '../../review/wire.ts';
import { provenance } from '../record.ts';
import { asYesOrNo, statementsOf } from '../statements.ts';
import { type Bounds, share } from './scales.ts';

type Fields = Readonly<Record<string, unknown>>;

/** An empty replacement says that the words go; other empty texts and lists say nothing. */
const isNothing = (name: string, value: unknown) =>
  value === null || (value === '' && name !== 'replacement') || (Array.isArray(value) && value.length === 0);

/** What is there to say, at every level. */
const given = (fields: Fields): Fields =>
  JSON.parse(JSON.stringify(fields, (name, value: unknown) => (isNothing(name, value) ? undefined : value)));

/** What is a number between 0 and 1: yes and no, and the ratings whose scale is known. */
function scoresOf({ data }: ReviewEvent, scales: ReadonlyMap<string, Bounds>): Readonly<Record<string, number>> | null {
  const scores = statementsOf(data).flatMap((statement): [string, number][] => {
    const { name, value } = statement;
    const scale = scales.get(name);
    const score = typeof value === 'number' ? scale && share(value, scale) : asYesOrNo(statement);
    return score === null || score === undefined ? [] : [[name, score]];
  });
  return scores.length === 0 ? null : Object.fromEntries(scores);
}

/** All that has no place of its own, and the ratings as they were given. */
function metadataOf(event: ReviewEvent): Fields {
  const { verdict, ratings, findings, preference } = event.data.judgement;
  return given({
    model: event.data.snapshot.model,
    ...provenance(event),
    countersign_verdict: verdict,
    countersign_ratings: ratings,
    countersign_findings: findings,
    countersign_preference: preference,
  });
}

const tagsOf = ({ data }: ReviewEvent) => data.judgement.labels;

/** What was asked: the prompt, or the whole conversation where it is sent. */
function inputOf({ data }: ReviewEvent): unknown {
  const { prompt, context } = data.snapshot;
  if (!context) return prompt;
  const said = context.map(({ role, text }) => ({ role, content: text }));
  return prompt ? [...said, { role: 'user', content: prompt }] : said;
}

/** The row that the answer's trace names; null where there is none. */
export const rowOf = ({ data }: ReviewEvent): string | null =>
  data.snapshot.trace?.span ?? data.snapshot.trace?.id ?? null;

/** Feedback for a row that is there. */
export function feedbackFor(row: string, event: ReviewEvent, scales: ReadonlyMap<string, Bounds>): Fields {
  const { correction, comment } = event.data.judgement;
  return {
    id: row,
    ...given({ scores: scoresOf(event, scales), expected: correction, comment, tags: tagsOf(event) }),
    metadata: metadataOf(event),
    source: 'external',
  };
}

/** A row of the logs for an answer that has none. A later revision takes its place whole. */
export function ownRow(event: ReviewEvent, scales: ReadonlyMap<string, Bounds>): Fields {
  const { correction, comment } = event.data.judgement;
  const row = { input: inputOf(event), output: event.data.snapshot.text, expected: correction };
  return {
    id: event.data.id,
    created: event.data.createdAt,
    ...given({ ...row, scores: scoresOf(event, scales), tags: tagsOf(event) }),
    metadata: { ...metadataOf(event), ...given({ countersign_comment: comment }) },
    span_attributes: { name: 'Countersign review', type: 'review' },
  };
}

/** A correction as a row of a dataset; null where there is none. */
export function datasetRow(event: ReviewEvent, project: string): Fields | null {
  const { correction } = event.data.judgement;
  if (!correction) return null;
  const row = rowOf(event);
  const origin = row && { object_type: 'project_logs', object_id: project, id: row };
  return {
    id: event.data.id,
    ...given({ input: inputOf(event), expected: correction, tags: tagsOf(event), origin }),
    metadata: metadataOf(event),
  };
}

/** A row that goes. */
export const noRow = (id: string): Fields => ({ id, _object_delete: true });
