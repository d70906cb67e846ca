/**
 * The endpoint that answers for each event: the collector of this project, and whatever follows docs/wire-format.md.
 * Only a well-formed JSON acknowledgement that names an event makes it delivered; a login page with 200 does not.
 */
import { batchReplySchema, type ItemResult, type WireEvent } from '../../review/wire.ts';
import { single } from '../exchange.ts';
import { batchRequest, isHtml, isJson, misconfigured, readRefusal } from '../http.ts';
import type { BatchOutcome, Connector, HttpReply, ItemOutcome } from '../types.ts';

/** 204 and 206 are no acknowledgement: they name nothing. */
const acknowledging = new Set([200, 201, 202, 207]);

const readItem = (result: ItemResult): ItemOutcome =>
  result.status === 'invalid'
    ? { outcome: 'dead', reason: `The endpoint refused this review: ${result.reason ?? 'it did not say why.'}` }
    : { outcome: 'delivered' };

/** The results of the events that were sent; an event with contradicting results counts as not named. */
function readItems(results: readonly ItemResult[], sent: ReadonlySet<string>): Map<string, ItemOutcome> {
  const items = new Map<string, ItemOutcome>();
  const contradicted = new Set<string>();
  for (const result of results) {
    if (!sent.has(result.id)) continue;
    const item = readItem(result);
    const before = items.get(result.id);
    if (before && before.outcome !== item.outcome) contradicted.add(result.id);
    items.set(result.id, item);
  }
  for (const id of contradicted) items.delete(id);
  return items;
}

function readAcknowledgement(reply: HttpReply, sent: ReadonlySet<string>): BatchOutcome {
  if (isHtml(reply))
    return misconfigured('answers with a web page, perhaps a login page, instead of an acknowledgement.');
  if (!acknowledging.has(reply.status)) return misconfigured(`answered ${reply.status}, which acknowledges nothing.`);
  if (!isJson(reply)) return misconfigured('does not answer in JSON.');
  if (reply.end === 'broken') {
    return { kind: 'later', retryAfterMs: null, reason: 'The connection broke while the endpoint answered.' };
  }
  if (reply.end === 'too-long') return misconfigured('answers with more than 64 KB.');
  let value: unknown;
  try {
    value = JSON.parse(reply.body);
  } catch {
    return misconfigured('answers with broken JSON.');
  }
  const parsed = batchReplySchema.safeParse(value);
  if (!parsed.success) return misconfigured('does not acknowledge reviews as docs/wire-format.md says.');
  const { results } = parsed.data;
  const items = readItems(results, sent);
  if (results.length > 0 && sent.size > 0 && !results.some(({ id }) => sent.has(id))) {
    return misconfigured('acknowledges other reviews than those it was sent.');
  }
  return { kind: 'items', items };
}

function decode(reply: HttpReply, events: readonly WireEvent[], now: number): BatchOutcome {
  const refusal = readRefusal(reply, now);
  // A refusal of the content comes from the endpoint itself, which speaks JSON; a page comes from something before it.
  if (refusal?.kind === 'invalid' && isHtml(reply)) {
    return misconfigured(`answered ${reply.status} with a web page instead of JSON.`);
  }
  return refusal ?? readAcknowledgement(reply, new Set(events.map((event) => event.id)));
}

export const countersign: Connector = {
  id: 'countersign',
  learnsGzip: true,
  limits: { items: 50, bytes: 256 * 1024 },
  ...single(batchRequest, decode),
};
