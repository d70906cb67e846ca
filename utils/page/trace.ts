/**
 * Where a page says to which trace an answer belongs, so that a judgement can hang on it: pages of others carry no trace id
 * in a known place, so a person or a team says once per site where theirs is.
 */
import type { Trace } from '../review/schema.ts';
import { TRACE_ID } from '../review/trace-id.ts';

/** Where to read. `answer`: on the answer's element, inside it or around it. `address`: of the page, with its query. */
export interface TraceSource {
  readonly from: 'answer' | 'page' | 'address' | 'message-id';
  /** Of the element that has it; null for the answer's own. */
  readonly selector: string | null;
  /** Its attribute; null for its text. */
  readonly attribute: string | null;
  /** A regular expression whose first group is the trace and whose second, if any, the span; null for all of it. */
  readonly pattern: string | null;
}

/** As much of a response as is looked at. */
interface Answer {
  readonly element: Element;
  readonly messageId: string | null;
}

/** Nothing longer is searched for an id, in UTF-16 code units. */
const MOST = 2048;

function elementOf({ from, selector }: TraceSource, { element }: Answer): Element | null {
  if (from === 'page') return selector === null ? null : element.ownerDocument.querySelector(selector);
  if (selector === null || element.matches(selector)) return element;
  return element.querySelector(selector) ?? element.closest(selector);
}

function rawOf(source: TraceSource, answer: Answer, address: string): string | null {
  if (source.from === 'address') return address;
  if (source.from === 'message-id') return answer.messageId;
  const element = elementOf(source, answer);
  return (source.attribute === null ? element?.textContent : element?.getAttribute(source.attribute)) ?? null;
}

/** The trace of an answer; null where there is none, or what is there is no id. Never throws: a source is typed by people. */
export function readTrace(source: TraceSource | null | undefined, answer: Answer, address: string): Trace | null {
  if (!source) return null;
  try {
    const raw = rawOf(source, answer, address);
    if (raw === null || raw.length > MOST) return null;
    const [, id, span] = source.pattern === null ? [raw, raw] : (new RegExp(source.pattern).exec(raw) ?? []);
    if (!id || !TRACE_ID.test(id.trim())) return null;
    return { id: id.trim(), ...(span && TRACE_ID.test(span.trim()) && { span: span.trim() }) };
  } catch {
    return null;
  }
}
