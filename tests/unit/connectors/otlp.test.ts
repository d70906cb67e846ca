/** OTLP logs: what a record says, and what a receiver's answers mean. OpenTelemetry's own code is in tests/contract. */
import { describe, expect, test } from 'vitest';
import { checkDestination } from '../../../utils/connectors/check.ts';
import { about } from '../../../utils/connectors/otlp/about.ts';
import { otlp } from '../../../utils/connectors/otlp/otlp.ts';
import type { LogRecord } from '../../../utils/connectors/otlp/records.ts';
import type { AnyValue } from '../../../utils/connectors/otlp/values.ts';
import type { Destination, HttpReply } from '../../../utils/connectors/types.ts';
import type { Review, Trace } from '../../../utils/review/schema.ts';
import { toDeletion, toEvent, type WireEvent } from '../../../utils/review/wire.ts';
import { aJudgement, aSnapshot } from '../../support/builders.ts';
import { aShownEvent, jsonExample } from '../../support/connector-document.ts';
import { aReply, converse, firstRequest } from '../../support/exchange.ts';
import { aFullDestination, anUuidTrace, aTrace, aTracedReview } from '../../support/traced.ts';

const NOW = Date.parse('2026-11-21T08:00:00Z');
const review = aTracedReview();
const event = toEvent(review);
const tombstone = toDeletion(review, NOW);

const anOtlp = (change: Partial<Destination> = {}) => aFullDestination(about, change);

async function recordsOf(events: readonly WireEvent[]): Promise<readonly LogRecord[]> {
  const { body } = await firstRequest(otlp, events, anOtlp(), NOW);
  return JSON.parse(body).resourceLogs[0].scopeLogs[0].logRecords;
}
const aboutReview = (change: Partial<Review>, trace: Trace = aTrace) =>
  recordsOf([toEvent(aTracedReview(trace, change))]);

/** An attribute, with its type; undefined where there is none. */
const attribute = (record: LogRecord | undefined, key: string): AnyValue | undefined =>
  record?.attributes.find((each) => each.key === key)?.value;

/** What each record says, in the words of the conventions. */
const statements = (records: readonly LogRecord[]) =>
  records.map((record) => ({
    name: attribute(record, 'gen_ai.evaluation.name'),
    score: attribute(record, 'gen_ai.evaluation.score.value'),
    label: attribute(record, 'gen_ai.evaluation.score.label'),
    why: attribute(record, 'gen_ai.evaluation.explanation'),
  }));
const text = (value: string) => ({ stringValue: value });

describe('given a review', () => {
  test('each statement is a record of its own: verdict, labels, ratings, each choice', async () => {
    const ratings = [
      { dimension: 'quality', value: 2, reason: 'The number is wrong' },
      { dimension: 'helpful', value: 'down' },
      { dimension: 'flaws', value: ['slow', 'rude'] },
      { dimension: 'summary', value: 'It says 14 where it should say 30.' },
    ];
    const records = await aboutReview({ judgement: aJudgement({ ratings, labels: ['wrong'], comment: 'It is 30.' }) });
    expect(records.every(({ eventName }) => eventName === 'gen_ai.evaluation.result')).toBe(true);
    expect(statements(records)).toEqual([
      { name: text('verdict'), score: { doubleValue: 0 }, label: text('correct'), why: text('It is 30.') },
      { name: text('labels'), label: text('wrong') },
      { name: text('quality'), score: { doubleValue: 2 }, why: text('The number is wrong') },
      { name: text('helpful'), score: { doubleValue: 0 }, label: text('down') },
      { name: text('flaws'), label: text('slow') },
      { name: text('flaws'), label: text('rude') },
      // A label is one of few: a text is none.
      { name: text('summary') },
    ]);
    expect(attribute(records.at(-1), 'countersign.text')).toEqual(text('It says 14 where it should say 30.'));
  });

  test.each([
    ['approve', { doubleValue: 1 }],
    ['reject', { doubleValue: 0 }],
    ['unsure', undefined],
  ] as const)('the verdict “%s” has the score %j', async (verdict, score) => {
    const [record] = await aboutReview({ judgement: aJudgement({ verdict }) });
    expect(attribute(record, 'gen_ai.evaluation.score.value')).toEqual(score);
    expect(attribute(record, 'gen_ai.evaluation.score.label')).toEqual(text(verdict));
  });

  test('every record says which event it is of, who judged, and about what', async () => {
    for (const record of await recordsOf([event])) {
      const at = (key: string) => attribute(record, key);
      expect(at('countersign.event.id')).toEqual(text(event.id));
      expect(at('countersign.review')).toEqual(text(review.id));
      expect(at('countersign.revision')).toEqual({ intValue: '1' });
      expect(at('countersign.annotator.kind')).toEqual(text('human'));
      expect(at('countersign.reviewer')).toEqual(text('installation-1'));
      expect(at('gen_ai.response.id')).toEqual(text('message-1'));
      expect(at('gen_ai.conversation.id')).toEqual(text('conversation-1'));
      expect(record).toMatchObject({
        timeUnixNano: '1795248005000000000',
        observedTimeUnixNano: '1795248005000000000',
        severityNumber: 9,
      });
    }
  });

  test('what has no name in the conventions is on the verdict’s record, once', async () => {
    const records = await recordsOf([event]);
    const [verdict, ...others] = records;
    expect(attribute(verdict, 'countersign.correction')).toEqual(text(review.judgement.correction ?? ''));
    expect(attribute(verdict, 'countersign.findings')).toMatchObject({
      arrayValue: {
        values: [
          {
            kvlistValue: {
              values: expect.arrayContaining([
                { key: 'replacement', value: text('30 days') },
                {
                  key: 'position',
                  value: {
                    kvlistValue: {
                      values: [
                        { key: 'start', value: { intValue: '13' } },
                        { key: 'end', value: { intValue: '20' } },
                      ],
                    },
                  },
                },
              ]),
            },
          },
          expect.anything(),
        ],
      },
    });
    for (const name of ['preference', 'oversight', 'snapshot', 'findings', 'correction']) {
      expect(attribute(verdict, `countersign.${name}`), name).toBeDefined();
      for (const other of others) expect(attribute(other, `countersign.${name}`)).toBeUndefined();
    }
  });

  test('a name has one type on all records: whole numbers that measure something are doubles', async () => {
    const records = [
      ...(await aboutReview({ judgement: aJudgement({ ratings: [{ dimension: 'quality', value: 4 }] }) })),
      ...(await aboutReview({ judgement: aJudgement({ ratings: [{ dimension: 'quality', value: 4.5 }] }) })),
      ...(await aboutReview({ oversight: { delta: { kept: 1, edits: [] }, asked: { priority: 0, reasons: ['x'] } } })),
    ];
    const numbers = JSON.stringify(records).matchAll(/"key":"([\w.]+)","value":\{"(intValue|doubleValue)"/g);
    const types = new Map<string, Set<string>>();
    for (const [, key = '', type = ''] of numbers) types.set(key, (types.get(key) ?? new Set()).add(type));
    expect([...types].filter(([, kinds]) => kinds.size > 1)).toEqual([]);
    expect(types.get('gen_ai.evaluation.score.value')).toEqual(new Set(['doubleValue']));
    expect(types.get('kept')).toEqual(new Set(['doubleValue']));
  });

  test('where no text may leave, none is sent, not even an empty one', async () => {
    const snapshot = { ...aSnapshot({ text: '', prompt: null, pageTitle: '' }), markdown: '' };
    const findings = review.judgement.findings?.map((finding) => ({
      ...finding,
      quote: { exact: '', prefix: '', suffix: '' },
      ...{ note: null, replacement: null, source: null },
    }));
    const records = await aboutReview({
      snapshot,
      judgement: aJudgement({ correction: null, findings: findings ?? [] }),
    });
    expect(JSON.stringify(records)).not.toContain('"stringValue":""');
    expect(attribute(records[0], 'countersign.correction')).toBeUndefined();
  });

  test('a finding that takes words out still says so', async () => {
    const [first] = review.judgement.findings ?? [];
    if (!first) throw new Error('no finding');
    const records = await aboutReview({ judgement: aJudgement({ findings: [{ ...first, replacement: '' }] }) });
    expect(JSON.stringify(records[0])).toContain('{"key":"replacement","value":{"stringValue":""}}');
  });
});

describe('given a trace', () => {
  test('of OpenTelemetry, the record hangs on it', async () => {
    for (const record of await recordsOf([event])) {
      expect(record).toMatchObject({ traceId: aTrace.id, spanId: aTrace.span });
      expect(attribute(record, 'countersign.trace.id')).toBeUndefined();
    }
  });

  test.each([
    [{ id: '5B8EFFF798038103D269B633813FC60C' }, { traceId: '5b8efff798038103d269b633813fc60c' }, undefined],
    [{ id: aTrace.id, span: 'run-7' }, { traceId: aTrace.id }, 'run-7'],
    [anUuidTrace, {}, undefined],
    [{ id: '0'.repeat(32), span: aTrace.span ?? '' }, {}, aTrace.span],
    [{ id: 'run-7' }, {}, undefined],
  ])('%j, what is no id of OpenTelemetry is an attribute', async (trace, link, span) => {
    const [record] = await aboutReview({}, trace);
    const { traceId, spanId } = record ?? {};
    expect(JSON.parse(JSON.stringify({ traceId, spanId }))).toEqual(link);
    const expected = 'traceId' in link ? undefined : text(trace.id);
    expect(attribute(record, 'countersign.trace.id')).toEqual(expected);
    expect(attribute(record, 'countersign.trace.span')).toEqual(span === undefined ? undefined : text(span));
  });
});

describe('given a destination', () => {
  const headersOf = async (options: Record<string, string>, token: string | null = 'key-1') =>
    (await firstRequest(otlp, [event], anOtlp({ options, token }), NOW)).headers;

  test('the token goes where the receiver wants it', async () => {
    expect(await headersOf({})).toMatchObject({ authorization: 'Bearer key-1' });
    expect(await headersOf({ header: 'X-Team-Key' })).toMatchObject({ 'x-team-key': 'key-1' });
    expect(await headersOf({ header: 'Authorization: Basic' })).toMatchObject({ authorization: 'Basic key-1' });
    expect(Object.keys(await headersOf({}, null))).toEqual(['content-type', 'accept']);
  });

  test.each(['Host', 'cookie', 'Content-Type', 'sec-fetch-mode', 'two words', 'a: b c'])(
    'the form refuses the header “%s”',
    (header) => {
      expect(checkDestination(anOtlp({ options: { header } }), about)).toMatchObject({
        ok: false,
        error: { field: 'options.header' },
      });
    },
  );

  test('a trial has no record in it', async () => {
    const probed = await otlp.probe(anOtlp(), NOW).next();
    expect(probed.value).toMatchObject({ method: 'POST', body: '{"resourceLogs":[]}' });
  });
});

describe('given an answer', () => {
  const outcomeOf = async (reply: HttpReply, events: readonly WireEvent[] = [event]) =>
    (await converse(otlp.exchange(events, anOtlp(), NOW), () => reply)).outcome;
  const delivered = { kind: 'items', items: new Map([[event.id, { outcome: 'delivered' }]]) };

  test.each([{}, { partialSuccess: {} }, { partialSuccess: null }, { partialSuccess: { rejectedLogRecords: '0' } }])(
    '%j, all is delivered',
    async (body) => expect(await outcomeOf(aReply({ body }))).toEqual(delivered),
  );

  test('204 without a word, all is delivered', async () => {
    expect(await outcomeOf(aReply({ status: 204, headers: { 'content-type': '' }, body: '' }))).toEqual(delivered);
  });

  test.each([[], null, 'ok', 0, true])('%j, nothing is', async (body) => {
    expect(await outcomeOf(aReply({ body: JSON.stringify(body) }))).toMatchObject({ kind: 'pause' });
  });

  test.each(['3', 3])(
    'that refuses some records (%j), all reviews of the batch are kept and none is sent again',
    async (rejectedLogRecords) => {
      const other = toEvent(aTracedReview(aTrace, { id: '0190a1b2-0000-7000-8000-0000000000bb' }));
      const body = { partialSuccess: { rejectedLogRecords, errorMessage: 'too\nlong\u0000' } };
      const outcome = await outcomeOf(aReply({ body }), [event, other]);
      expect(outcome).toMatchObject({ kind: 'items' });
      const items = outcome.kind === 'items' ? [...outcome.items] : [];
      expect(items.map(([id]) => id)).toEqual([event.id, other.id]);
      for (const [, item] of items) {
        expect(item).toMatchObject({
          outcome: 'dead',
          reason: expect.stringContaining('kept 3 of 6 log records out: too long. It does not say which'),
        });
      }
    },
  );

  test.each([404, 405, 415])('%i, pauses and says where logs are taken', async (status) => {
    expect(await outcomeOf(aReply({ status }))).toMatchObject({
      kind: 'pause',
      reason: expect.stringMatching(status === 415 ? /OTLP in JSON/ : /\/v1\/logs/),
    });
  });

  test('400, says what the receiver says', async () => {
    // Errors of OTLP are a Status: code and message.
    const body = { code: 3, message: 'unknown field "eventName"' };
    expect(await outcomeOf(aReply({ status: 400, body }))).toEqual({
      kind: 'invalid',
      reason: 'The endpoint answered 400: unknown field "eventName"',
    });
  });

  test('a deletion is told, and left to the user, whatever else is in the batch', async () => {
    const records = await recordsOf([tombstone]);
    expect(records).toMatchObject([{ eventName: 'countersign.review.deleted' }]);
    expect(attribute(records[0], 'countersign.review')).toEqual(text(review.id));
    expect(await outcomeOf(aReply(), [event, tombstone])).toMatchObject({
      items: new Map([
        [event.id, { outcome: 'delivered' }],
        [tombstone.id, { outcome: 'dead', reason: expect.stringMatching(/Delete it there by hand/) }],
      ]),
    });
  });
});

test('docs/connectors/otlp.md shows the record of a rating as it arrives', async () => {
  const made = (await recordsOf([aShownEvent(aTrace)])).at(-1);
  expect(jsonExample('otlp', 'rating', made)).toEqual(made);
});
