/** The webhook's formats; its batch of CloudEvents is in http.test.ts. */
import '../../support/outbox.ts';
import fc from 'fast-check';
import { Webhook } from 'standardwebhooks';
import { describe, expect, test } from 'vitest';
import { checkDestination } from '../../../utils/connectors/check.ts';
import type { Destination } from '../../../utils/connectors/types.ts';
import { about } from '../../../utils/connectors/webhook/about.ts';
import { fillTemplate, previewTemplate, templateFlaw } from '../../../utils/connectors/webhook/template.ts';
import { webhook } from '../../../utils/connectors/webhook/webhook.ts';
import { toDeletion, toEvent } from '../../../utils/review/wire.ts';
import { createSender } from '../../../utils/sync/index.ts';
import { aDestination, aDestinationRow, aJudgement, anEvent } from '../../support/builders.ts';
import { aShownEvent, jsonExample } from '../../support/connector-document.ts';
import { startEndpoint } from '../../support/endpoint.ts';
import { aReply, converse, firstRequest } from '../../support/exchange.ts';
import { openDatabase, owe, tally } from '../../support/outbox.ts';
import { aTrace, aTracedReview } from '../../support/traced.ts';

const NOW = Date.parse('2026-11-21T08:00:00Z');
const review = aTracedReview();
const event = toEvent(review);
const tombstone = toDeletion(review, NOW);
const secret = `whsec_${btoa('0123456789abcdef0123456789abcdef')}`;

const aWebhook = (options: Destination['options'] = {}, change: Partial<Destination> = {}) =>
  aDestination({ connector: 'webhook', options, ...change });
const templated = (template: unknown, more: Destination['options'] = {}) =>
  aWebhook({ format: 'template', template: JSON.stringify(template), ...more });
const filled = (template: unknown, what = event) => {
  const result = fillTemplate(JSON.stringify(template), what);
  if (!result.ok) throw new Error(result.error);
  return result.value;
};

describe('given a format', () => {
  const events = [anEvent(), anEvent(), tombstone];

  test('JSON, the body is an array of the events', async () => {
    const { headers, body } = await firstRequest(webhook, events, aWebhook({ format: 'json' }), NOW);
    expect(headers['content-type']).toBe('application/json');
    expect(JSON.parse(body)).toEqual(events);
  });

  test('JSON lines, each event is a line that ends', async () => {
    const { headers, body } = await firstRequest(webhook, events, aWebhook({ format: 'ndjson' }), NOW);
    expect(headers['content-type']).toBe('application/x-ndjson');
    expect(body.endsWith('}\n')).toBe(true);
    expect(
      body
        .trim()
        .split('\n')
        .map((line) => JSON.parse(line)),
    ).toEqual(events);
  });

  test.each(['json', 'ndjson', 'template'])('%s, the request is signed over what is sent', async (format) => {
    const destination = aWebhook({ format, template: '{"verdict":"{{review.judgement.verdict}}"}' }, { secret });
    const { headers, body } = await firstRequest(webhook, [event], destination, Date.now());
    const signed = new Webhook(secret);
    if (format === 'ndjson') expect(() => signed.verify(body, { ...headers })).not.toThrow();
    else expect(signed.verify(body, { ...headers })).toEqual(JSON.parse(body));
    expect(() => signed.verify(`${body} `, { ...headers })).toThrow();
  });

  test.each([
    ['json', '[]'],
    ['ndjson', ''],
    ['template', '[]'],
  ])('%s, a trial sends nothing that could be stored', async (format, body) => {
    const probed = await webhook.probe(aWebhook({ format, template: '{}' }), NOW).next();
    expect(probed.value).toMatchObject({ method: 'POST', body });
  });
});

describe('given a template', () => {
  test('a place alone keeps its type, one among words becomes text, one that leads nowhere is null or nothing', () => {
    const template = {
      verdict: '{{review.judgement.verdict}}',
      stars: '{{ ratings.quality }}',
      labels: '{{review.judgement.labels}}',
      first: '{{review.judgement.findings.0.position.start}}',
      words: '{{review.judgement.verdict}} by {{review.reviewer.id}}: {{ratings.quality}} {{review.nothing}}.',
      nowhere: '{{ratings.tone}}',
      fixed: ['as it is', 1, true, null, { '{{review.id}}': 'a name is no place' }],
    };
    expect(filled(template)).toEqual({
      verdict: 'correct',
      stars: 2,
      labels: ['wrong'],
      first: 13,
      words: 'correct by installation-1: 2 .',
      nowhere: null,
      fixed: ['as it is', 1, true, null, { '{{review.id}}': 'a name is no place' }],
    });
    expect(filled('{{event}}')).toEqual(event);
  });

  test('what a reviewer or a page wrote is never read as a template, nor what is inherited as a field', () => {
    const comment = '{{review.reviewer.id}} $& {{event}}';
    const hostile = toEvent(aTracedReview(undefined, { judgement: aJudgement({ comment }) }));
    const template = { alone: '{{review.judgement.comment}}', among: '> {{review.judgement.comment}}' };
    expect(filled(template, hostile)).toEqual({ alone: comment, among: `> ${comment}` });
    for (const path of ['review.constructor', 'review.__proto__.toString', 'ratings.hasOwnProperty']) {
      expect(filled(`{{${path}}}`)).toBeNull();
    }
  });

  test.each([
    ['{"a":', /^The template is not JSON/],
    ['{"a":"{{review.id"}', /“{{review.id” has {{ without a path and }}/],
    ['{"a":"{{review.id + 1}}"}', /without a path/],
    ['{"a":"{{process.env}}"}', /{{process.env}} is no path/],
    ['{"a":"{{review..id}}"}', /is no path/],
    [`${'['.repeat(40)}1${']'.repeat(40)}`, /more than 32 levels/],
    [`${'['.repeat(8000)}${']'.repeat(8000)}`, /more than 32 levels/],
    [JSON.stringify(Array(257).fill('{{review.id}}')), /more than 256 placeholders/],
  ])('%.40s: says what is wrong, in the form and before anything is sent', async (template, words) => {
    expect(templateFlaw(template)).toMatch(words);
    const options = { format: 'template', template };
    expect(checkDestination(aWebhook(options), about)).toMatchObject({
      ok: false,
      error: { field: 'options.template', message: expect.stringMatching(words) },
    });
    for (const exchange of [webhook.exchange([event], aWebhook(options), NOW), webhook.probe(aWebhook(options), NOW)]) {
      const { requests, outcome } = await converse(exchange, () => aReply());
      expect(requests).toEqual([]);
      expect(outcome).toMatchObject({ kind: 'pause', reason: expect.stringMatching(words) });
    }
  });

  test('one that multiplies a review beyond measure makes it undeliverable, and stops no other', async () => {
    const text = 'x'.repeat(90_000);
    const huge = toEvent(aTracedReview(undefined, { judgement: aJudgement({ comment: text }) }));
    const destination = templated(Array(200).fill('{{review.judgement.comment}}'));
    const { requests, outcome } = await converse(webhook.exchange([huge, event], destination, NOW), () => aReply());
    expect(requests).toHaveLength(1);
    expect(outcome).toMatchObject({
      items: new Map([
        [huge.id, { outcome: 'dead', reason: 'The template makes more than 1 MB of this review.' }],
        [event.id, { outcome: 'delivered' }],
      ]),
    });
  });

  test('each review has a request and a key of its own, and one that is refused comes first the next time', async () => {
    const events = [anEvent(), anEvent(), anEvent()];
    const destination = templated({ id: '{{event.id}}' });
    expect(webhook.limitsFor?.(destination).items).toBe(1);
    expect(webhook.limitsFor?.(aWebhook())).toEqual(webhook.limits);
    const answers = [200, 503, 200].map((status) => aReply({ status }));
    const { requests, outcome } = await converse(
      webhook.exchange(events, destination, NOW),
      (_, index) => answers[index] ?? aReply(),
    );
    expect(requests.map(({ body }) => JSON.parse(body))).toEqual(events.slice(0, 2).map(({ id }) => ({ id })));
    expect(new Set(requests.map(({ headers }) => headers['idempotency-key'])).size).toBe(2);
    expect(outcome).toEqual({ kind: 'items', items: new Map([[events[0]?.id, { outcome: 'delivered' }]]) });
  });

  test('what was taken before the connection broke is not sent again', async () => {
    const endpoint = await startEndpoint();
    try {
      endpoint.answer((_, response) => {
        if (endpoint.requests.length === 2) response.destroy();
        else response.writeHead(200).end();
      });
      const options = { format: 'template', template: '{"id":"{{event.id}}"}' };
      const database = await openDatabase(aDestinationRow({ connector: 'webhook', url: endpoint.url, options }));
      const events = [anEvent(), anEvent(), anEvent()];
      await owe(database, events, 0);
      let now = NOW;
      const sender = createSender({ database, locks: null, now: () => now, hostGapMs: 0 });
      await sender.wake('saved');
      now += 3_600_000;
      await sender.wake('saved');
      expect(await tally(database)).toEqual({ owed: 0, delivered: 3, dead: 0 });
      const [first, second, third] = events.map(({ id }) => ({ id }));
      expect(endpoint.requests.map(({ body }) => JSON.parse(body))).toEqual([first, second, second, third]);
    } finally {
      await endpoint.close();
    }
  });

  test('a deletion is told by a template of its own, and left to the user without one', async () => {
    const without = await converse(webhook.exchange([tombstone], templated({}), NOW), () => aReply());
    expect(without.requests).toEqual([]);
    expect(without.outcome).toMatchObject({
      items: new Map([[tombstone.id, { outcome: 'dead', reason: expect.stringMatching(/none for deletions/) }]]),
    });
    const destination = templated({}, { deletion: '{"gone":"{{review.id}}","at":"{{review.deletedAt}}"}' });
    const told = await converse(webhook.exchange([tombstone], destination, NOW), () => aReply());
    expect(told.requests.map(({ body }) => JSON.parse(body))).toEqual([
      { gone: review.id, at: '2026-11-21T08:00:00.000Z' },
    ]);
    expect(told.outcome).toEqual({ kind: 'items', items: new Map([[tombstone.id, { outcome: 'delivered' }]]) });
  });

  test('there is none where the format wants one: pauses and says so', async () => {
    const { outcome } = await converse(webhook.exchange([event], aWebhook({ format: 'template' }), NOW), () =>
      aReply(),
    );
    expect(outcome).toMatchObject({ kind: 'pause', reason: 'This webhook is set to a template, and has none.' });
  });

  test('the preview is what is sent, or what is wrong', async () => {
    const template = JSON.stringify({ verdict: '{{review.judgement.verdict}}' });
    const preview = previewTemplate(template, event);
    const { body } = await firstRequest(webhook, [event], aWebhook({ format: 'template', template }), NOW);
    expect(preview.ok && JSON.parse(preview.value)).toEqual(JSON.parse(body));
    expect(previewTemplate('{', event)).toMatchObject({ ok: false, error: expect.stringMatching(/not JSON/) });
  });

  test('whatever it is, filling it ends, and throws nothing', () => {
    const piece = fc.oneof(fc.string(), fc.constantFrom('{{review.id}}', '{{', '}}', '{{event}} x', '{{ratings.a.b}}'));
    fc.assert(
      fc.property(fc.jsonValue({ maxDepth: 6 }), fc.array(piece), (value, pieces) => {
        for (const template of [JSON.stringify([value, ...pieces]), pieces.join('')]) {
          expect(fillTemplate(template, event).ok).toBe(templateFlaw(template) === null);
        }
      }),
    );
  });
});

test('docs/connectors/webhook.md shows what its template makes of a review', () => {
  const template = jsonExample('webhook', 'template', {
    id: '{{event.id}}',
    text: '{{review.judgement.verdict}}: {{review.judgement.comment}}',
    stars: '{{ratings.quality}}',
    tone: '{{ratings.tone}}',
    labels: '{{review.judgement.labels}}',
    page: '{{review.snapshot.pageUrl}}',
    source: 'countersign',
  });
  const made = filled(template, aShownEvent(aTrace));
  expect(jsonExample('webhook', 'filled', made)).toEqual(made);
});
