/** Connectors against servers that are made of the vendors' OpenAPI documents, and of nothing that we believe of them. */
import { describe, expect, test } from 'vitest';
import { abouts } from '../../../utils/connectors/abouts.ts';
import { loadConnector } from '../../../utils/connectors/index.ts';
import type { HttpRequest } from '../../../utils/connectors/types.ts';
import { toEvent } from '../../../utils/review/wire.ts';
import { documentedServer } from '../../support/documented-server.ts';
import { converse } from '../../support/exchange.ts';
import { aFullDestination, aTracedReview, traceFor } from '../../support/traced.ts';

const NOW = Date.parse('2026-11-21T08:00:00Z');

describe.each([
  [
    'langfuse',
    'pk-lf-1:sk-lf-2',
    ['get /api/public/v3/scores', 'post /api/public/scores', 'post /api/public/dataset-items'],
  ],
  ['braintrust', 'sk-1', ['post /v1/project_logs/{project_id}/feedback', 'post /v1/dataset/{dataset_id}/insert']],
] as const)('%s', (id, token, operations) => {
  test('given a review with everything, asks for nothing but what the document describes, in its words', async () => {
    const destination = aFullDestination(abouts[id], { token });
    const server = documentedServer(id, destination.url);
    const connector = await loadConnector(id);
    const event = toEvent(aTracedReview(traceFor(id)));
    const { outcome } = await converse(connector.exchange([event], destination, NOW), server.answer);
    // A server without a memory has nothing to read back; nothing else may be wrong.
    expect(outcome).toMatchObject({ kind: 'items' });
    expect(outcome.kind === 'items' && outcome.items.get(event.id)?.outcome).toMatch(/^(?:delivered|later)$/);
    for (const operation of operations) expect([...server.asked]).toContain(operation);
  });
});

describe('such a server', () => {
  const base = 'https://api.braintrust.dev';
  const feedback = 'v1/project_logs/p1/feedback';
  const ask = (method: 'GET' | 'POST', path: string, body: unknown = null) =>
    documentedServer('braintrust', base).answer({
      ...{ method, url: `${base}/${path}`, headers: {} },
      ...(body === null ? {} : { body: JSON.stringify(body) }),
    } as HttpRequest);

  test('takes what its document describes, and says what it says', () => {
    expect(ask('POST', feedback, { feedback: [{ id: 'row-1' }] }).body).toBe('{"status":"success"}');
  });

  test.each([
    ['a place that it does not name', 'POST', 'v1/project_logs/p1/reviews', { feedback: [] }, /has no post/],
    ['another method', 'GET', feedback, null, /has no get/],
    ['a field that it does not know', 'POST', feedback, { feedback: [{ id: 'row-1', mood: 'good' }] }, /additional/],
    ['a value of another kind', 'POST', feedback, { feedback: [{ id: 7 }] }, /must be string/],
    ['a parameter that it does not know', 'POST', `${feedback}?dry=1`, { feedback: [] }, /knows no dry/],
  ] as const)('given %s, refuses it', (_, method, path, body, words) => {
    expect(() => ask(method, path, body)).toThrow(words);
  });
});
