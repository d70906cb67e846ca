/**
 * Log records of reviews: one `gen_ai.evaluation.result` for each statement, as the semantic conventions for generative AI
 * name it (docs/gen-ai/gen-ai-events.md, in development). What they have no name for is under `countersign.`.
 */
import { isDeletion, type ReviewEvent, type WireEvent } from '../../review/wire.ts';
import { provenance } from '../record.ts';
import { asYesOrNo, isChoice, type Statement, statementsOf } from '../statements.ts';
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

/** The trace where its ids are those of OpenTelemetry: hexadecimal and not all zeros. */
function linkOf({ data }: ReviewEvent): Pick<LogRecord, 'traceId' | 'spanId'> {
  const { id = '', span = '' } = data.snapshot.trace ?? {};
  if (!/^(?!0+$)[0-9a-f]{32}$/i.test(id)) return {};
  const traceId = id.toLowerCase();
  return /^(?!0+$)[0-9a-f]{16}$/i.test(span) ? { traceId, spanId: span.toLowerCase() } : { traceId };
}

/** The statement in the conventions' words; a text is no label, of which there should be few. */
function said(statement: Statement) {
  const { name, value, reason } = statement;
  const isText = typeof value === 'string' && !isChoice(value);
  return {
    'gen_ai.evaluation.name': name,
    'gen_ai.evaluation.score.value': typeof value === 'number' ? value : asYesOrNo(statement),
    'gen_ai.evaluation.score.label': typeof value === 'number' || isText ? null : value,
    'gen_ai.evaluation.explanation': reason,
    'countersign.text': isText ? value : null,
  };
}

/** Who judged what, on every record: each is read by itself. */
function about(event: ReviewEvent, { traceId, spanId }: Pick<LogRecord, 'traceId' | 'spanId'>): object {
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
    'countersign.trace.id': traceId ? null : trace?.id,
    'countersign.trace.span': spanId ? null : trace?.span,
  };
}

/** What only the record of the verdict tells. */
function whole({ data }: ReviewEvent): object {
  const { trace: _, ...snapshot } = data.snapshot;
  const { findings, preference, correction } = data.judgement;
  return {
    'countersign.hash': data.hash,
    'countersign.previous_hash': data.previousHash,
    'countersign.surface': data.surface,
    'countersign.visibility': data.visibility,
    'countersign.origin': data.origin,
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
  const provided = about(event, link);
  return statementsOf(event.data).map((statement, index) => ({
    ...shared,
    eventName: 'gen_ai.evaluation.result',
    attributes: attributes({ ...said(statement), ...provided, ...(index === 0 ? whole(event) : {}) }),
    ...link,
  }));
}
