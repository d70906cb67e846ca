/** What the ids of traces look like, and how a person gives one: by itself, in a header, or in the link of a vendor's page. Pure. */
import type { Snapshot, Trace } from './schema.ts';

/** No dots alone: they would be ways up in the addresses that connectors make of it. */
export const TRACE_ID = /^(?!\.+$)[\w.:-]{1,128}$/;

/** W3C Trace Context, 3.2: version, trace, span, flags. */
const TRACEPARENT = /^[0-9a-f]{2}-([0-9a-f]{32})-([0-9a-f]{16})-[0-9a-f]{2}$/;

/** Of a trace; in their order, because a link may have several. Langfuse, LangSmith, Opik, MLflow. */
const TRACE_NAMES = ['trace_id', 'traceId', 'trace', 'peeked_trace', 'selectedTraceId', 'selectedEvaluationId'];
/** Of what stands alone, or as a step within a trace: LangSmith's run, Langfuse's trace in a table, Braintrust's row. */
const RUN_NAMES = ['run_id', 'peek', 'r'];
const SPAN_NAMES = ['observation', 'span_id', 'spanId', 'span', 's'];
/** An id in a path is told from the name of a page by its length and its digit. */
const PATH_ID = /^(?=.*\d)[\w.:-]{8,128}$/;

function named(values: URLSearchParams, names: readonly string[]): string | undefined {
  return names.map((name) => values.get(name)).find((value) => value !== null && TRACE_ID.test(value)) ?? undefined;
}

function afterIn(path: string, names: RegExp): string | undefined {
  const parts = path.split('/');
  return parts.find((part, at) => names.test(parts[at - 1] ?? '') && PATH_ID.test(part));
}

/** The trace that a link to it names; null where it names none. */
function linked(address: URL): Trace | null {
  // Pages that are drawn by a script keep a path of their own behind the #.
  const [hashPath = '', hashQuery = ''] = address.hash.slice(1).split('?', 2);
  const values = new URLSearchParams([...address.searchParams, ...new URLSearchParams(hashQuery)]);
  const path = `${address.pathname}/${hashPath}`;
  const run = named(values, RUN_NAMES) ?? afterIn(path, /^r$/);
  const id = named(values, TRACE_NAMES) ?? afterIn(path, /^(?:traces?|spans)$/) ?? run;
  if (id === undefined) return null;
  const span = named(values, SPAN_NAMES) ?? run;
  return { id, ...(span !== undefined && span !== id && { span }) };
}

/** As a field shows it, and as `traceIn` reads it: the id, and after a blank that of the span. */
export const traceWords = (trace: Trace | null | undefined): string =>
  trace ? [trace.id, trace.span].filter(Boolean).join(' ') : '';

/** The trace in what a person typed or pasted: null for none, undefined where that is no trace. */
export function traceIn(typed: string): Trace | null | undefined {
  const text = typed.trim();
  if (text === '') return null;
  if (/^https?:\/\//i.test(text)) return URL.canParse(text) ? (linked(new URL(text)) ?? undefined) : undefined;
  const [, header, parent] = TRACEPARENT.exec(text) ?? [];
  const [id = '', span, ...more] = header === undefined ? text.split(/\s+/) : [header, parent];
  if (more.length > 0 || !TRACE_ID.test(id) || (span !== undefined && !TRACE_ID.test(span))) return undefined;
  return { id, ...(span !== undefined && { span }) };
}

/**
 * The trace of an answer that is judged again: what a person said of this very text stays, else what the page says now, else
 * what was known of it before. Another text is another run's.
 */
export function traceAgain(
  now: Pick<Snapshot, 'text' | 'trace'>,
  before: Pick<Snapshot, 'text' | 'trace'> | undefined,
): Trace | undefined {
  const known = before?.text === now.text ? before.trace : undefined;
  if (known?.byHand || !now.trace) return known;
  // That a person said so, no page can say.
  const { byHand: _, ...read } = now.trace;
  return read;
}
