import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Database } from '../../collector/store/database.ts';
import { inPlace, toDeletion, type WireEvent } from '../../utils/review/wire.ts';
import { anEvent, aReview } from '../support/builders.ts';
import { aClient, type Client, temporaryDatabase } from '../support/collector.ts';

let database: Database;
beforeAll(async () => {
  database = await temporaryDatabase();
});
afterAll(() => database.close());

const NOW = Date.parse('2026-11-21T12:00:00Z');
const STREAM = '5f0c1f7e-4a53-4c0a-9a3b-1a2b3c4d5e6f';
const WORDS = 'Refunds take 14 days';

/** Everything that the database holds of a project, as text. */
async function heldText({ project }: Client): Promise<string> {
  return JSON.stringify(await database.query('select * from countersign.events where project = $1', [project]));
}

describe('a tombstone', () => {
  test('makes all revisions lose what they say; their keys and their places in the export stay', async () => {
    const client = await aClient(database);
    const [first, other] = [anEvent(), anEvent()];
    const second = anEvent({ id: first.data.id, revision: 2 });
    await client.deliver([first, second, other]);
    const tombstone = toDeletion(first.data, NOW);
    expect(await client.deliver([tombstone])).toEqual([{ id: tombstone.id, status: 'stored' }]);
    expect(await client.deliver([tombstone])).toEqual([{ id: tombstone.id, status: 'duplicate' }]);
    const lines = await client.export();
    expect(lines.map(({ event, deleted }) => event?.id ?? `no more: ${deleted}`)).toEqual([
      `no more: ${first.id}`,
      `no more: ${second.id}`,
      other.id,
      tombstone.id,
    ]);
    expect(await heldText(client)).not.toContain(first.data.responseKey);
    expect(await client.deliver([second])).toEqual([{ id: second.id, status: 'duplicate' }]);
    expect(await client.export()).toEqual(lines);
  });

  test('of another project changes nothing', async () => {
    const [ours, theirs] = [await aClient(database), await aClient(database)];
    const event = anEvent();
    await ours.deliver([event]);
    await theirs.deliver([toDeletion(event.data, NOW)]);
    expect((await ours.export()).map((line) => line.event)).toEqual([event]);
  });

  test.each([
    ['no review', { data: { id: 'none', deletedAt: '2026-11-21T12:00:00.000Z' } }, /^data\.id/],
    ['more than it may', { data: { ...toDeletion(aReview(), NOW).data, text: 'x' } }, /^data\.text/],
    ['another id than its review’s', { id: 'somebody:deleted' }, /^id/],
  ])('that names %s is refused by itself', async (_what, change, reason) => {
    const client = await aClient(database);
    const [result] = await client.deliver([{ ...toDeletion(aReview(), NOW), ...change }]);
    expect(result).toMatchObject({ status: 'invalid', reason: expect.stringMatching(reason) });
  });

  test('holds before, with and after its revisions, in any order, split and at the same time', async () => {
    const reviews = Array.from({ length: 3 }, () => aReview({ snapshot: { ...aReview().snapshot, prompt: WORDS } }));
    const revisions = reviews.flatMap((review) => [1, 2].map((revision) => anEvent({ ...review, revision })));
    const gone = new Set(reviews.slice(0, 2).map(({ id }) => id));
    const all: WireEvent[] = [...revisions, ...reviews.slice(0, 2).map((review) => toDeletion(review, NOW))];
    const order = fc.shuffledSubarray(all, { minLength: all.length });
    await fc.assert(
      fc.asyncProperty(order, fc.array(fc.integer({ min: 1, max: 4 })), fc.boolean(), async (events, sizes, atOnce) => {
        const client = await aClient(database);
        const batches: WireEvent[][] = [];
        for (let at = 0, turn = 0; at < events.length; turn += 1) {
          const size = sizes[turn] ?? 3;
          batches.push(events.slice(at, at + size));
          at += size;
        }
        if (atOnce) await Promise.all(batches.map((batch) => client.deliver(batch)));
        else for (const batch of batches) await client.deliver(batch);
        const lines = await client.export();
        const said = (id: string) => lines.filter(({ event }) => event?.data.id === id).map(({ event }) => event.id);
        for (const { id } of reviews) {
          expect(said(id).sort()).toEqual(gone.has(id) ? [`${id}:deleted`] : [`${id}:1`, `${id}:2`]);
        }
        expect(lines).toHaveLength(all.length);
      }),
      { numRuns: 30 },
    );
  });
});

describe('the numbers of a stream', () => {
  const numbered = (sequence: number, closes: readonly number[] = [], stream = STREAM) =>
    inPlace(anEvent(), { stream, sequence, closes });
  const gaps = async (client: Client) => {
    const response = await client.app.request('http://localhost/v1/gaps', {
      headers: { authorization: `Bearer ${client.token}` },
    });
    return (await response.json()) as {
      complete: boolean;
      streams: { missing: [number, number][]; highest: number }[];
    };
  };

  test('show what is missing, and that nothing is', async () => {
    const client = await aClient(database);
    expect(await gaps(client)).toEqual({ complete: true, streams: [] });
    await client.deliver([numbered(2), numbered(3), numbered(7)]);
    const source = 'urn:countersign:installation-1';
    const missing = [
      [1, 1],
      [4, 6],
    ];
    expect(await gaps(client)).toEqual({ complete: false, streams: [{ stream: STREAM, source, highest: 7, missing }] });
    await client.deliver([numbered(8, [4, 6]), numbered(1)]);
    expect((await gaps(client)).streams).toMatchObject([{ highest: 8, missing: [[5, 5]] }]);
    // What is refused has arrived: nobody need wait for it.
    const refused = { ...numbered(5), time: 'yesterday' };
    expect(await client.deliver([refused])).toMatchObject([{ status: 'invalid' }]);
    expect(await gaps(client)).toMatchObject({ complete: true });
  });

  test('are counted by stream and by project', async () => {
    const [client, stranger] = [await aClient(database), await aClient(database)];
    await client.deliver([numbered(1), numbered(2, [], '00000000-0000-4000-8000-00000000000a')]);
    expect((await gaps(client)).streams.map(({ missing }) => missing)).toEqual([[[1, 1]], []]);
    expect(await gaps(stranger)).toEqual({ complete: true, streams: [] });
  });

  test('are not told to a token that may only deliver', async () => {
    const client = await aClient(database, { role: 'write' });
    const response = await client.app.request('http://localhost/v1/gaps', {
      headers: { authorization: `Bearer ${client.token}` },
    });
    expect(response.status).toBe(403);
  });
});

test('an acknowledgement says that bodies may be packed, and a packed one is taken', async () => {
  const client = await aClient(database);
  const event = anEvent();
  const response = await client.post(gzipSync(JSON.stringify([event])), { 'content-encoding': 'gzip' });
  expect(response.headers.get('accept-encoding')).toBe('gzip');
  expect(await response.json()).toEqual({ results: [{ id: event.id, status: 'stored' }] });
});
