/**
 * OTLP logs against OpenTelemetry's own code: its exporter makes the same records, field by field, and the schema that it is
 * generated from decodes ours without anything left over.
 */
import { ROOT_CONTEXT, trace } from '@opentelemetry/api';
import { OTLPLogExporter } from '@opentelemetry/exporter-logs-otlp-http';
import otlpRoot from '@opentelemetry/otlp-transformer/build/src/generated/root.js';
import { resourceFromAttributes } from '@opentelemetry/resources';
import { LoggerProvider, SimpleLogRecordProcessor } from '@opentelemetry/sdk-logs';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { about } from '../../../utils/connectors/otlp/about.ts';
import { otlp } from '../../../utils/connectors/otlp/otlp.ts';
import type { LogRecord } from '../../../utils/connectors/otlp/records.ts';
import type { AnyValue, KeyValue } from '../../../utils/connectors/otlp/values.ts';
import { deliver } from '../../../utils/delivery/deliver.ts';
import { toDeletion, toEvent } from '../../../utils/review/wire.ts';
import { type Endpoint, startEndpoint } from '../../support/endpoint.ts';
import { aFullDestination, aTracedReview } from '../../support/traced.ts';

/** As much of a generated message as is used here. */
interface Message {
  fromObject(value: object): object;
  toObject(message: object, how: { readonly longs: unknown; readonly bytes?: unknown }): object;
  encode(message: object): { finish(): Uint8Array };
  decode(bytes: Uint8Array): object;
}
type Messages = Readonly<Record<'ExportLogsServiceRequest' | 'ExportLogsServiceResponse', Message>>;
interface Generated {
  readonly opentelemetry: { readonly proto: { readonly collector: { readonly logs: { readonly v1: Messages } } } };
}
const { ExportLogsServiceRequest, ExportLogsServiceResponse } = (otlpRoot as unknown as Generated).opentelemetry.proto
  .collector.logs.v1;

const NOW = Date.parse('2026-11-21T08:00:00Z');
const review = aTracedReview(undefined, {
  judgement: {
    ...aTracedReview().judgement,
    ratings: [
      { dimension: 'quality', value: 4, reason: 'Terse' },
      { dimension: 'exactness', value: 0.5 },
      { dimension: 'helpful', value: 'up' },
      { dimension: 'flaws', value: ['slow', 'rude'] },
    ],
  },
});
const event = toEvent(review);
const tombstone = toDeletion(review, NOW);

interface Sent {
  readonly resourceLogs: readonly {
    readonly resource: { readonly attributes: readonly KeyValue[] };
    readonly scopeLogs: readonly {
      readonly scope: { readonly name: string; readonly version: string };
      readonly logRecords: readonly LogRecord[];
    }[];
  }[];
}

let endpoint: Endpoint;
beforeEach(async () => {
  endpoint = await startEndpoint();
  endpoint.answer((_, response) => void response.writeHead(200, { 'content-type': 'application/json' }).end('{}'));
});
afterEach(() => endpoint.close());

const destination = () => aFullDestination(about, { url: endpoint.url });
const sendOurs = (events: Parameters<typeof otlp.exchange>[0]) =>
  deliver(otlp, destination(), events, { fetch, now: () => NOW });
const lastSent = () => JSON.parse(endpoint.requests.at(-1)?.body ?? '') as Sent;

/** A value as a program has it. */
function plain(value: AnyValue): unknown {
  if ('arrayValue' in value) return value.arrayValue.values.map(plain);
  if ('kvlistValue' in value) return fields(value.kvlistValue.values);
  if ('intValue' in value) return Number(value.intValue);
  return Object.values(value)[0];
}
const fields = (list: readonly KeyValue[]) => Object.fromEntries(list.map(({ key, value }) => [key, plain(value)]));

/** Says the same through the official exporter. */
async function sendTheirs({ resourceLogs: [of] }: Sent): Promise<void> {
  const scope = of?.scopeLogs[0];
  const processors = [new SimpleLogRecordProcessor(new OTLPLogExporter({ url: endpoint.url }))];
  const resource = resourceFromAttributes(fields(of?.resource.attributes ?? []) as Record<string, string>);
  const provider = new LoggerProvider({ resource, processors });
  const logger = provider.getLogger(scope?.scope.name ?? '', scope?.scope.version);
  for (const { timeUnixNano, traceId, spanId, eventName, severityNumber, attributes } of scope?.logRecords ?? []) {
    const time = new Date(Number(BigInt(timeUnixNano) / 1_000_000n));
    const span = { traceId: traceId ?? '', spanId: spanId ?? '', traceFlags: 0 };
    const context = traceId && spanId ? trace.setSpanContext(ROOT_CONTEXT, span) : ROOT_CONTEXT;
    const said = fields(attributes) as Record<string, string>;
    logger.emit({ eventName, timestamp: time, observedTimestamp: time, severityNumber, context, attributes: said });
  }
  await provider.forceFlush();
  await provider.shutdown();
}

/** Every record of a request with its attributes by their names, without fields that hold what their absence means. */
const recordsOf = ({ resourceLogs }: Sent) =>
  resourceLogs.flatMap(({ resource, scopeLogs }) =>
    scopeLogs.flatMap(({ scope, logRecords }) =>
      logRecords.map((record) => {
        const { body, flags, droppedAttributesCount, attributes, ...rest } = record as LogRecord &
          Record<string, unknown>;
        expect([body ?? {}, flags ?? 0, droppedAttributesCount ?? 0]).toEqual([{}, 0, 0]);
        return { service: fields(resource.attributes), scope, ...rest, attributes };
      }),
    ),
  );

/** The kind of every number in it, which is where the exporter and the convention differ. */
const withoutNumberKinds = (value: unknown): unknown =>
  JSON.parse(JSON.stringify(value).replace(/\{"(?:int|double)Value":"?([-\d.]+)"?\}/g, '{"number":$1}'));

test('given the same statements, the official exporter sends the same records, field by field', async () => {
  await sendOurs([event, tombstone]);
  const ours = lastSent();
  expect(recordsOf(ours)).toHaveLength(8);
  const before = endpoint.requests.length;
  await sendTheirs(ours);
  const theirs = endpoint.requests.slice(before).map(({ body }) => JSON.parse(body) as Sent);
  expect(withoutNumberKinds(theirs.flatMap(recordsOf))).toEqual(withoutNumberKinds(recordsOf(ours)));
  const headers = endpoint.requests.map((request) => request.headers['content-type']);
  expect(new Set(headers)).toEqual(new Set(['application/json']));
});

test('given a whole score, it is a double here, though the official exporter makes an integer of it', async () => {
  await sendOurs([event]);
  const ours = lastSent();
  await sendTheirs(ours);
  const score = (sent: Sent) =>
    recordsOf(sent)
      .flatMap(({ attributes }) => attributes)
      .filter(({ key }) => key === 'gen_ai.evaluation.score.value')
      .map(({ value }) => value);
  expect(score(ours)).toEqual([{ doubleValue: 0 }, { doubleValue: 4 }, { doubleValue: 0.5 }, { doubleValue: 1 }]);
  const quality = endpoint.requests.map(({ body }) => JSON.parse(body) as Sent).flatMap(score);
  expect(quality).toContainEqual({ intValue: 4 });
});

describe('the schema of OpenTelemetry', () => {
  /** Ids are hexadecimal in JSON and bytes in the schema. */
  const withBytes = (sent: Sent) =>
    JSON.parse(JSON.stringify(sent), (key, value) =>
      key === 'traceId' || key === 'spanId' ? Buffer.from(value, 'hex').toString('base64') : value,
    );
  /** There and back over protobuf's own encoding: what the schema does not know is gone then. */
  const overTheWire = (sent: Sent) => {
    const message = ExportLogsServiceRequest.fromObject(withBytes(sent));
    const bytes = ExportLogsServiceRequest.encode(message).finish();
    const decoded = ExportLogsServiceRequest.decode(bytes);
    return JSON.parse(JSON.stringify(ExportLogsServiceRequest.toObject(decoded, { longs: String, bytes: String })));
  };

  test('decodes what we send, and nothing of it is unknown, out of place or of another type', async () => {
    await sendOurs([event, tombstone]);
    const ours = lastSent();
    expect(overTheWire(ours)).toEqual(withBytes(ours));
  });

  test('would notice a field that it does not know, and a wrong type', async () => {
    await sendOurs([event]);
    const [first, ...rest] = lastSent().resourceLogs;
    const misspelled = { resourceLogs: [{ ...first, recource: {} }, ...rest] } as unknown as Sent;
    expect(overTheWire(misspelled)).not.toEqual(withBytes(misspelled));
    const odd = JSON.parse(JSON.stringify(lastSent()).replace('"severityNumber":9', '"severityNumber":"nine"')) as Sent;
    expect(() => expect(overTheWire(odd)).toEqual(withBytes(odd))).toThrow();
  });

  test('makes answers that are understood: all taken, and some refused', async () => {
    const answerWith = (partialSuccess: object | undefined) =>
      endpoint.answer((_, response) => {
        const message = ExportLogsServiceResponse.fromObject(partialSuccess ? { partialSuccess } : {});
        const body = JSON.stringify(ExportLogsServiceResponse.toObject(message, { longs: String }));
        response.writeHead(200, { 'content-type': 'application/json' }).end(body);
      });
    const outcomeOf = async () => {
      const { outcome } = await sendOurs([event]);
      return outcome.kind === 'items' ? outcome.items.get(event.id) : outcome;
    };
    answerWith(undefined);
    expect(await outcomeOf()).toEqual({ outcome: 'delivered' });
    answerWith({ rejectedLogRecords: 0, errorMessage: 'Please send smaller batches.' });
    expect(await outcomeOf()).toEqual({ outcome: 'delivered' });
    answerWith({ rejectedLogRecords: 2, errorMessage: 'attributes too long' });
    expect(await outcomeOf()).toMatchObject({
      outcome: 'dead',
      reason: expect.stringContaining('2 of 7 log records out: attributes too long'),
    });
  });
});
