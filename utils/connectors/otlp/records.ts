/**
 * Log records of reviews: one `gen_ai.evaluation.result` for each statement, as the semantic conventions for generative AI
 * name it (docs/gen-ai/gen-ai-events.md, in development). What they have no name for is under `countersign.`.
 */
import { isDeletion, type ReviewEvent, type WireEvent } from '../../review/wire.ts';
import { type Assessment, assessmentsOf, thumbScore, verdictScore } from '../assessments.ts';
import { provenance } from '../record.ts';
import { attributes, type KeyValue } from './values.ts';

/** A LogRecord (logs.proto) as far as it is filled in. */
export interface LogRecord {
  readonly timeUnixNano: string;
  readonly observedTimeUnixNano: string;
  readonly severityNumber: number;
  readonly eventName: string;
  readonly attributes: readonly KeyValue[];
  readonly traceId?: string;
  readonly spanId?: string;
}

const INFO = 9;

/** Ids of choices; another string is text, which a label of few values must not be. */
const ID = /^[a-z0-9][a-z0-9-]{0,63}$/;

/** The trace where its ids are those of OpenTelemetry: hexadecimal and not all zeros. */
function linkOf({ data }: ReviewEvent): Pick<LogRecord, 'traceId' | 'spanId'> {
  const { id = '', span = '' } = data.snapshot.trace ?? {};
  if (!/^(?!0+$)[0-9a-f]{32}$/i.test(id)) return {};
  const traceId = id.toLowerCase();
  return /^(?!0+$)[0-9a-f]{16}$/i.test(span) ? { traceId, spanId: span.toLowerCase() } : { traceId };
}

/** The statement in the conventions' words. */
function said(name: string, value: number | string, score: number | null, reason: string | null) {
  const text = typeof value === 'string' && !ID.test(value);
  return {
    'gen_ai.evaluation.name': name,
    'gen_ai.evaluation.score.value': score,
    'gen_ai.evaluation.score.label': typeof value === 'string' && !text ? value : null,
    'gen_ai.evaluation.explanation': reason,
    'countersign.text': text ? value : null,
  };
}

/** One for each label or choice: a label that is a list would be a label of many values. */
function saidOf({ name, value, reason }: Assessment, event: ReviewEvent): readonly object[] {
  const values = typeof value === 'object' ? value : [value];
  return values.map((each) => {
    if (name === 'verdict') return said(name, each, verdictScore(event.data), reason);
    return said(name, each, typeof each === 'number' ? each : thumbScore(each), reason);
  });
}

/** Who judged what, on every record: each is read by itself. */
function about(event: ReviewEvent, linked: boolean): object {
  const { messageId, conversationKey, model, trace } = event.data.snapshot;
  const own = Object.entries(provenance(event)).filter(
    ([name]) => !/^countersign_(?:model|trace|oversight)$/.test(name),
  );
  return {
    'gen_ai.response.id': messageId,
    'gen_ai.conversation.id': conversationKey,
    'gen_ai.response.model': model,
    'countersign.event.id': event.id,
    'countersign.annotator.kind': 'human',
    ...Object.fromEntries(own.map(([name, value]) => [name.replace('_', '.'), value])),
    ...(linked ? {} : { 'countersign.trace.id': trace?.id }),
    ...(linked && trace?.span ? {} : { 'countersign.trace.span': trace?.span }),
  };
}

/** What only the record of the verdict tells. */
function whole({ data }: ReviewEvent): object {
  const { trace: _, ...snapshot } = data.snapshot;
  const { findings, preference, correction } = data.judgement;
  return {
    'countersign.correction': correction,
    'countersign.findings': findings,
    'countersign.preference': preference,
    'countersign.oversight': data.oversight,
    'countersign.snapshot': snapshot,
  };
}

/** The records of one event, the verdict's first. A tombstone is one that says so. */
export function recordsOf(event: WireEvent): readonly LogRecord[] {
  const nanos = `${Date.parse(event.time)}000000`;
  const shared = { timeUnixNano: nanos, observedTimeUnixNano: nanos, severityNumber: INFO };
  if (isDeletion(event)) {
    const named = { 'countersign.event.id': event.id, 'countersign.review': event.data.id };
    return [{ ...shared, eventName: 'countersign.review.deleted', attributes: attributes(named) }];
  }
  const link = linkOf(event);
  const provided = about(event, link.traceId !== undefined);
  return assessmentsOf(event.data)
    .flatMap((each) => saidOf(each, event))
    .map((statement, index) => ({
      ...shared,
      eventName: 'gen_ai.evaluation.result',
      attributes: attributes({ ...statement, ...provided, ...(index === 0 ? whole(event) : {}) }),
      ...link,
    }));
}
