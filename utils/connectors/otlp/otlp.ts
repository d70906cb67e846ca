/**
 * OTLP/HTTP logs in JSON (opentelemetry-proto, docs/specification.md, "OTLP/HTTP"). One deviation from it: what it would not
 * have tried again, 500 for one, is, because a judgement that is kept twice can be told by its id and one that is dropped is lost.
 */
import { isDeletion, type WireEvent } from '../../review/wire.ts';
import { readJson } from '../api.ts';
import { single } from '../exchange.ts';
import { after, misconfigured } from '../http.ts';
import { cannotForget, dead, delivered } from '../outcomes.ts';
import type { BatchOutcome, Connector, Destination, HttpReply, HttpRequest } from '../types.ts';
import { about } from './about.ts';
import { recordsOf } from './records.ts';
import { headerWay } from './token.ts';
import { attributes } from './values.ts';

/** Version of how reviews are written as records: the scope's. */
const MAPPING_VERSION = '1';

async function encode(events: readonly WireEvent[], destination: Destination): Promise<HttpRequest> {
  const { url, token, options = {} } = destination;
  const way = token === null ? null : headerWay(options.header ?? '');
  const resource = { attributes: attributes({ 'service.name': options.service ?? 'countersign' }) };
  const scope = { name: 'countersign', version: MAPPING_VERSION };
  const scopeLogs = [{ scope, logRecords: events.flatMap(recordsOf) }];
  return {
    method: 'POST',
    url,
    headers: {
      'content-type': 'application/json',
      accept: 'application/json',
      ...(way && { [way.name]: `${way.prefix}${token}` }),
    },
    body: JSON.stringify({ resourceLogs: events.length === 0 ? [] : [{ resource, scopeLogs }] }),
  };
}

/** How many records were refused; 0 where all were taken. A 64-bit integer: a string, or a number. */
function refused(partial: unknown): { readonly count: number; readonly words: string } {
  if (typeof partial !== 'object' || partial === null) return { count: 0, words: '' };
  const { rejectedLogRecords = 0, errorMessage = '' } = partial as Record<string, unknown>;
  const count = typeof rejectedLogRecords === 'object' ? Number.NaN : Number(rejectedLogRecords);
  return { count: Number.isFinite(count) ? count : 0, words: typeof errorMessage === 'string' ? errorMessage : '' };
}

/** What the receiver took, with what it cannot do: a deletion is told, and has to be made by hand. */
function taken(events: readonly WireEvent[], partial: unknown): BatchOutcome {
  const { count, words } = refused(partial);
  const records = events.flatMap(recordsOf).length;
  const loss = dead(
    `The receiver kept ${count} of ${records} log records out${after(words)}. It does not say which, and sending them again would double the others.`,
  );
  const outcomeOf = (event: WireEvent) =>
    count > 0 ? loss : isDeletion(event) ? cannotForget('OpenTelemetry') : delivered;
  return { kind: 'items', items: new Map(events.map((event) => [event.id, outcomeOf(event)])) };
}

const wrongPlace: Readonly<Record<number, string>> = {
  404: 'has nothing at this address (it answered 404). Addresses for logs mostly end in /v1/logs.',
  405: 'takes no logs at this address (it answered 405). Addresses for logs mostly end in /v1/logs.',
  415: 'does not take OTLP in JSON (it answered 415).',
};

function decode(reply: HttpReply, events: readonly WireEvent[], now: number): BatchOutcome {
  const wrong = wrongPlace[reply.status];
  if (wrong !== undefined) return misconfigured(wrong);
  // The specification wants a body; some that store logs answer without one.
  if (reply.status === 204) return taken(events, null);
  const said = readJson(reply, now);
  if (said.outcome) return said.outcome;
  const { value } = said;
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    return misconfigured('does not answer as OTLP says.');
  }
  return taken(events, Reflect.get(value, 'partialSuccess'));
}

export const otlp: Connector = {
  id: about.id,
  learnsGzip: false,
  // Few, since a receiver that refuses one record does not say whose it is: all reviews of the batch are kept here then.
  limits: { items: 10, bytes: 256 * 1024 },
  ...single(encode, decode),
};
