/** The connector that docs/connectors.md builds is one: its code runs, against an endpoint that is a function. */
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, expect, it } from 'vitest';
import { checkDestination } from '../../../utils/connectors/check.ts';
import type { Connector, ConnectorAbout } from '../../../utils/connectors/types.ts';
import { reviewParts } from '../../../utils/connectors/types.ts';
import { toDeletion, toEvent } from '../../../utils/review/wire.ts';
import { aDestination } from '../../support/builders.ts';
import { aReply, converse } from '../../support/exchange.ts';
import { aTracedReview } from '../../support/traced.ts';

mkdirSync(resolve('node_modules/.cache'), { recursive: true });
const folder = mkdtempSync(resolve('node_modules/.cache/guide-'));
afterAll(() => rmSync(folder, { recursive: true }));

const blocks = [...readFileSync('docs/connectors.md', 'utf8').matchAll(/```ts\n([\s\S]*?)```/g)].map(
  ([, code = '']) => code,
);
const place = pathToFileURL(resolve('utils/connectors/acme/acme.ts'));

/** The block, as if it were in utils/connectors/acme. */
async function load(code: string, file: string): Promise<Record<string, unknown>> {
  const path = join(folder, file);
  writeFileSync(
    path,
    code.replace(/from '(\.[^']+)'/g, (_, from: string) => `from '${new URL(from, place).pathname}'`),
  );
  return import(/* @vite-ignore */ path);
}

it('describes itself, and speaks to its endpoint as the contract wants', async () => {
  const [first = '', second = ''] = blocks;
  const about = (await load(first, 'about.ts')).about as ConnectorAbout;
  const acme = (await load(second, 'acme.ts')).acme as Connector;
  const destination = aDestination({ url: about.example, token: 'key', options: { workspace: 'w-17' } });
  for (const part of reviewParts) expect(about.carries[part].as).not.toBe('');
  expect(checkDestination(destination, about)).toMatchObject({ ok: true });
  expect(checkDestination({ ...destination, options: {} }, about)).toMatchObject({ ok: false });

  const event = toEvent(aTracedReview());
  const talk = (events: Parameters<Connector['exchange']>[0], status = 200) =>
    converse(acme.exchange(events, destination, 0), () => aReply({ status }));
  const { requests, outcome } = await talk([event]);
  expect(requests).toMatchObject([
    { method: 'PUT', url: expect.stringContaining(`${about.example}/traces/`), headers: { 'x-api-key': 'key' } },
  ]);
  expect(JSON.parse(requests[0]?.body ?? '').scores[0]).toMatchObject({ name: 'verdict', value: 'correct' });
  expect(outcome).toMatchObject({ kind: 'items', items: new Map([[event.id, { outcome: 'delivered' }]]) });
  expect((await talk([event], 401)).outcome).toMatchObject({ kind: 'pause' });
  expect((await talk([event], 503)).outcome).toMatchObject({ kind: 'later' });

  const tombstone = toDeletion(event.data, 0);
  expect((await talk([tombstone], 404)).outcome).toMatchObject({
    items: new Map([[tombstone.id, { outcome: 'delivered' }]]),
  });
  const { trace: _, ...snapshot } = event.data.snapshot;
  const untraced = await talk([{ ...event, data: { ...event.data, snapshot } }]);
  expect(untraced.requests).toEqual([]);
  expect(untraced.outcome).toMatchObject({ kind: 'items', items: new Map([[event.id, { outcome: 'dead' }]]) });
});
