/** Braintrust: what is asked of it is checked by the schemas of its OpenAPI document, and so is what it answers here. */
import { describe, expect, test } from 'vitest';
import { about } from '../../../utils/connectors/braintrust/about.ts';
import { braintrust } from '../../../utils/connectors/braintrust/braintrust.ts';
import { checkDestination } from '../../../utils/connectors/check.ts';
import type { Destination, HttpReply, HttpRequest } from '../../../utils/connectors/types.ts';
import type { Judgement, Rating, Review } from '../../../utils/review/schema.ts';
import { toDeletion, toEvent, type WireEvent } from '../../../utils/review/wire.ts';
import { aJudgement } from '../../support/builders.ts';
import { aShownEvent, jsonExample } from '../../support/connector-document.ts';
import { aReply, converse } from '../../support/exchange.ts';
import { openApi } from '../../support/openapi.ts';
import { aFullDestination, aTrace, aTracedReview } from '../../support/traced.ts';

const NOW = Date.parse('2026-11-21T08:00:00Z');
const document = openApi('braintrust');
const project = '7c9e6679-7425-40de-944b-e07fc1f90ae7';
const dataset = '3f333df6-90a4-4fda-8dd3-9485d27cee36';

/** The operation of the document that a request is for. */
function operationOf({ url }: HttpRequest): string {
  return new URL(url).pathname.replace(project, '{project_id}').replace(dataset, '{dataset_id}');
}

interface Row {
  readonly id: string;
  readonly metadata?: Readonly<Record<string, unknown>>;
  readonly [name: string]: unknown;
}
const bodyOf = ({ body }: HttpRequest) => JSON.parse(body) as { feedback?: Row[]; events?: Row[] };
const rowsOf = (request: HttpRequest | undefined) => (request ? (bodyOf(request).events ?? []) : []);
const feedbackOf = (request: HttpRequest | undefined) => (request ? (bodyOf(request).feedback ?? []) : []);

/** Takes whatever the document describes, and answers as it says. */
function answered(request: HttpRequest): HttpReply {
  const operation = operationOf(request);
  const takes = document.request('post', operation);
  expect(takes(bodyOf(request)) ? null : takes.errors).toBeNull();
  const body = operation.endsWith('/feedback')
    ? { status: 'success' }
    : { row_ids: rowsOf(request).map(({ id }) => id) };
  expect(document.answer('post', operation, 200)(body)).toBe(true);
  return aReply({ body });
}

const aBraintrust = (options: Destination['options'] = {}) => {
  const { options: all, ...destination } = aFullDestination(about);
  return { ...destination, options: { ...all, ...options } };
};
const withoutDataset = () => {
  const { options, ...rest } = aBraintrust();
  return { ...rest, options: { project, scales: options.scales ?? '' } };
};
const send = (event: WireEvent, destination: Destination = aBraintrust(), how = answered) =>
  converse(braintrust.exchange([event], destination, NOW), how);
const judged = (change: Partial<Judgement>, more: Partial<Review> = {}) => {
  const traced = aTracedReview(aTrace, more);
  return toEvent({ ...traced, judgement: { ...traced.judgement, ...change } });
};
const untraced = (change: Partial<Review> = {}) => {
  const { trace: _, ...snapshot } = aTracedReview().snapshot;
  return toEvent(aTracedReview(aTrace, { snapshot, ...change }));
};
const deadReason = (outcome: unknown) =>
  [...((outcome as { items: Map<string, { reason?: string }> }).items ?? new Map()).values()][0]?.reason;

describe('given an answer whose trace is known', () => {
  test('its row gets the judgement as feedback, after the dataset got the correction', async () => {
    const event = judged({});
    const { requests, outcome } = await send(event);
    expect(requests.map(operationOf)).toEqual([
      '/v1/dataset/{dataset_id}/insert',
      '/v1/project_logs/{project_id}/feedback',
    ]);
    expect(requests.every(({ headers }) => headers.authorization === 'Bearer token-of-tests')).toBe(true);
    const { judgement } = event.data;
    expect(rowsOf(requests[0])).toMatchObject([
      {
        id: event.data.id,
        input: event.data.snapshot.context && [
          { role: 'user', content: 'I sent it back.' },
          { role: 'user', content: 'How long does a refund take?' },
        ],
        expected: judgement.correction,
        tags: ['wrong'],
        origin: { object_type: 'project_logs', object_id: project, id: aTrace.span },
      },
    ]);
    expect(feedbackOf(requests[1])).toMatchObject([
      {
        id: aTrace.span,
        scores: { verdict: 0, quality: 0.25 },
        expected: judgement.correction,
        comment: judgement.comment,
        tags: ['wrong'],
        source: 'external',
        metadata: {
          countersign_verdict: 'correct',
          countersign_ratings: judgement.ratings,
          countersign_findings: [
            { quote: { exact: '14 days' }, replacement: '30 days' },
            { quote: { exact: 'parcel' }, orphan: true },
          ],
          countersign_preference: { outcome: 'ranked', shown: [{ rank: 2 }, { rank: 1 }] },
          countersign_oversight: event.data.oversight,
        },
      },
    ]);
    expect(outcome).toEqual({ kind: 'items', items: new Map([[event.id, { outcome: 'delivered' }]]) });
  });

  test('the trace’s own row stands in where no span is known', async () => {
    const { requests } = await send(toEvent(aTracedReview({ id: 'row-7' })), withoutDataset());
    expect(feedbackOf(requests[0])).toMatchObject([{ id: 'row-7' }]);
  });
});

describe('given an answer without a trace', () => {
  test('it gets a row of its own, which a later revision replaces', async () => {
    const first = await send(untraced(), withoutDataset());
    const [row] = rowsOf(first.requests[0]);
    const { snapshot, judgement, createdAt, id } = untraced().data;
    expect(row).toMatchObject({
      id,
      created: createdAt,
      output: snapshot.text,
      expected: judgement.correction,
      scores: { verdict: 0, quality: 0.25 },
      metadata: { countersign_comment: judgement.comment },
    });
    expect(row).not.toHaveProperty('_is_merge');
    const second = await send(untraced({ revision: 2 }), withoutDataset());
    expect(rowsOf(second.requests[0])[0]?.id).toBe(id);
  });

  test('no text is sent where none may leave', async () => {
    const { snapshot, ...rest } = untraced().data;
    const bare = { ...snapshot, text: '', markdown: '', prompt: null };
    delete bare.context;
    const judgement = aJudgement({ correction: null, comment: null });
    const { requests } = await send(toEvent({ ...rest, snapshot: bare, judgement }), aBraintrust());
    expect(requests.map(operationOf)).toEqual(['/v1/project_logs/{project_id}/insert']);
    const [row] = rowsOf(requests[0]);
    for (const field of ['input', 'output', 'expected']) expect(row).not.toHaveProperty(field);
    expect(JSON.stringify(row)).not.toContain('""');
  });
});

describe('given ratings', () => {
  const scores = async (ratings: Judgement['ratings'], scales: string) => {
    const { requests } = await send(judged({ verdict: 'unsure', ratings }), aBraintrust({ scales }));
    const [item] = feedbackOf(requests.at(-1));
    return { scores: item?.scores, kept: item?.metadata?.countersign_ratings };
  };

  test.each([
    [1, '', undefined, 'a number whose scale nobody told might mean the worst or the best'],
    [0.5, '', undefined, 'so might a fraction'],
    [1, 'quality 1-5', 0, 'the lowest'],
    [5, 'quality 1-5', 1, 'the highest'],
    [2, 'tone 1-7, quality 1..5', 0.25, 'one of several scales'],
    [-2, 'quality -4-4', 0.25, 'below nothing'],
    [6, 'quality 1-5', undefined, 'what lies beyond the scale'],
    ['up', '', 1, 'a thumb'],
    ['down', 'quality 1-5', 0, 'a thumb'],
    ['terse', 'quality 1-5', undefined, 'a choice'],
    [['terse', 'rude'], '', undefined, 'choices'],
  ])('%j by “%s” is the score %s: %s', async (value: Rating['value'], scales, score, _why) => {
    const ratings = [{ dimension: 'quality', value }];
    expect(await scores(ratings, scales)).toEqual({
      scores: score === undefined ? undefined : { quality: score },
      kept: ratings,
    });
  });

  test.each([
    ['quality', '“quality” is no scale: write one as “quality 1-5”.'],
    ['quality 5-1', 'The scale of “quality” must end above where it begins.'],
    ['quality 1-5; tone 1-7', '“quality 1-5; tone 1-7” is no scale: write one as “quality 1-5”.'],
  ])('the form refuses the scales “%s”', (scales, message) => {
    expect(checkDestination(aBraintrust({ scales }), about)).toMatchObject({
      ok: false,
      error: { field: 'options.scales', message },
    });
  });
});

describe('given a change of mind', () => {
  test('a correction that is taken back leaves the dataset', async () => {
    const { requests } = await send(judged({ verdict: 'approve', correction: null }, { revision: 2 }));
    expect(rowsOf(requests[0])).toEqual([{ id: judged({}).data.id, _object_delete: true }]);
    const first = await send(judged({ verdict: 'approve', correction: null }));
    expect(first.requests.map(operationOf)).toEqual(['/v1/project_logs/{project_id}/feedback']);
  });

  test('a deletion takes its own rows, and says that scores on other rows stay', async () => {
    const review = aTracedReview();
    const { requests, outcome } = await send(toDeletion(review, NOW), aBraintrust(), (request) =>
      // Of what is deleted, nothing is known to be repeated.
      aReply({ body: { row_ids: operationOf(request).includes('dataset') ? [] : [review.id] } }),
    );
    expect(requests.map(operationOf)).toEqual([
      '/v1/dataset/{dataset_id}/insert',
      '/v1/project_logs/{project_id}/insert',
    ]);
    for (const request of requests) expect(rowsOf(request)).toEqual([{ id: review.id, _object_delete: true }]);
    expect(deadReason(outcome)).toMatch(/cannot be taken back: delete those there by hand/);
  });
});

describe('given an answer that is no success', () => {
  const endsWith = async (reply: HttpReply, at = 0) => {
    let count = 0;
    const { requests, outcome } = await send(judged({}), aBraintrust(), (request) =>
      count++ === at ? reply : answered(request),
    );
    return { asked: requests.length, outcome };
  };

  test.each([
    [0, `the dataset ${dataset}`],
    [1, `the project ${project}`],
  ])('403 at request %i pauses and names %s', async (at, target) => {
    const text = { 'content-type': 'text/plain' };
    const reply = aReply({ status: 403, headers: text, body: 'Missing permissions, or it does not exist' });
    const { asked, outcome } = await endsWith(reply, at);
    expect(asked).toBe(at + 1);
    expect(outcome).toMatchObject({ kind: 'pause', reason: expect.stringContaining('or it does not exist') });
    expect(outcome).toMatchObject({ reason: expect.stringContaining(`It was about ${target}`) });
  });

  test('a deleted dataset (404) pauses and is named', async () => {
    expect((await endsWith(aReply({ status: 404 }))).outcome).toMatchObject({
      kind: 'pause',
      reason: expect.stringContaining(`the dataset ${dataset}, which may be gone`),
    });
  });

  test('a wrong key (401) pauses and blames the key', async () => {
    const reply = aReply({ status: 401, headers: { 'content-type': 'text/plain' }, body: 'No valid API key' });
    expect((await endsWith(reply)).outcome).toMatchObject({ kind: 'pause', next: expect.stringMatching(/token/) });
  });

  test('a refused field (400) is told in Braintrust’s words', async () => {
    const reply = aReply({ status: 400, headers: { 'content-type': 'text/plain' }, body: 'unknown field "foo"' });
    expect((await endsWith(reply, 1)).outcome).toMatchObject({
      kind: 'invalid',
      reason: expect.stringContaining('unknown field "foo"'),
    });
  });

  test('a text that is too long (413) is told as such', async () => {
    expect((await endsWith(aReply({ status: 413 }), 1)).outcome).toEqual({ kind: 'too-large' });
  });

  test.each([{}, { status: 'failure' }, { row_ids: ['another'] }, { row_ids: 'all' }, [], null])(
    '200 with %j acknowledges nothing',
    async (body) => {
      for (const at of [0, 1]) expect((await endsWith(aReply({ body }), at)).outcome.kind).toBe('pause');
    },
  );

  test('a review that is sent again makes the same requests', async () => {
    const event = judged({});
    const [once, again] = [await send(event), await send(event)];
    expect(again.requests).toEqual(once.requests);
  });
});

test('given a trial, asks project and dataset with nothing to store', async () => {
  const { requests, outcome } = await converse(braintrust.probe(aBraintrust(), NOW), answered);
  expect(requests.map(({ body }) => body)).toEqual(['{"feedback":[]}', '{"events":[]}']);
  expect(outcome.kind).toBe('items');
  const refused = await converse(braintrust.probe(aBraintrust(), NOW), () => aReply({ status: 403 }));
  expect(refused.outcome).toMatchObject({ kind: 'pause', reason: expect.stringContaining(project) });
});

test('docs/connectors/braintrust.md shows feedback and a row as they arrive', async () => {
  const shown = aShownEvent(aTrace);
  const { trace: _, ...snapshot } = shown.data.snapshot;
  const feedback = await send(shown, withoutDataset());
  const row = await send(toEvent({ ...shown.data, snapshot }), withoutDataset());
  const made = { feedback: feedbackOf(feedback.requests[0])[0], row: rowsOf(row.requests[0])[0] };
  for (const [name, one] of Object.entries(made)) expect(jsonExample('braintrust', name, one)).toEqual(one);
});
