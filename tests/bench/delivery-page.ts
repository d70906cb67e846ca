/** The part of `delivery.ts` that runs in a page: a large backlog in a real IndexedDB, and how the page fares meanwhile. */

import { nextRevision } from '../../utils/review/revise.ts';
import { defaultRubric } from '../../utils/review/rubric.ts';
import { checkChains } from '../../utils/storage/check-chains.ts';
import { counts, recount } from '../../utils/storage/counters.ts';
import { CountersignDatabase, type DestinationRow } from '../../utils/storage/database.ts';
import { deliverEarlier, listOutbox } from '../../utils/storage/outbox.ts';
import { deleteReviews } from '../../utils/storage/remove.ts';
import { rowOf, saveRevision } from '../../utils/storage/save.ts';
import { createSender } from '../../utils/sync/index.ts';
import { aDestinationRow, aDraft } from '../support/builders.ts';

export interface Figures {
  readonly reviews: number;
  /** How many of them were delivered before the rest was left. */
  readonly drained: number;
  /** ms by step. */
  readonly took: Readonly<Record<string, number>>;
  /** ms: the longest that the page could not do anything else, by step. */
  readonly stuck: Readonly<Record<string, number>>;
  /** Saves during the drain: ms each. */
  readonly saves: readonly number[];
  /** MB of JavaScript heap, the most that was seen. */
  readonly heap: number;
  readonly requests: number;
}

const heapNow = () => ((performance as { memory?: { usedJSHeapSize: number } }).memory?.usedJSHeapSize ?? 0) / 1e6;

async function run(reviews: number, sends: NonNullable<DestinationRow['sends']>, drained: number): Promise<Figures> {
  const took: Record<string, number> = {};
  const stuck: Record<string, number> = {};
  let [longest, heap, last] = [0, 0, performance.now()];
  setInterval(() => {
    longest = Math.max(longest, performance.now() - last - 5);
    last = performance.now();
    heap = Math.max(heap, heapNow());
  }, 5);
  async function step<T>(name: string, work: () => Promise<T>): Promise<T> {
    [longest, last] = [0, performance.now()];
    const began = performance.now();
    const result = await work();
    took[name] = performance.now() - began;
    stuck[name] = longest;
    console.log(name);
    return result;
  }

  await indexedDB.deleteDatabase('bench');
  const database = new CountersignDatabase('bench');
  const context = { origin: 'https://chat.example', reviewer: { id: 'i', name: null }, rubric: defaultRubric };
  const now = Date.now();
  await step('make', async () => {
    for (let start = 0; start < reviews; start += 1000) {
      const rows = [];
      for (let index = start; index < Math.min(reviews, start + 1000); index += 1) {
        const draft = aDraft();
        rows.push(
          rowOf(await nextRevision(draft, null, { ...context, now: now - 600_000 - reviews + index }), draft.saveId),
        );
      }
      await database.revisions.bulkAdd(rows);
    }
    await recount(database);
  });
  await database.destinations.put(aDestinationRow({ sends, url: `${location.origin}/v1/events` }));
  await step('owe all', () => deliverEarlier(database, 'team', now - 60_000));
  await step('counts', () => counts(database));
  await step('list the queue', () => listOutbox(database, { state: 'pending', limit: 50 }));

  let [requests, sent] = [0, 0];
  const acknowledge = async (_url: unknown, init?: { body?: unknown }) => {
    requests += 1;
    const events = JSON.parse(String(init?.body)) as { id: string }[];
    sent += events.length;
    // Enough: a refused token pauses the destination, and the rest stays owed.
    if (sent > drained) return new Response('{}', { status: 401 });
    return Response.json({ results: events.map(({ id }) => ({ id, status: 'stored' })) });
  };
  const sender = createSender({ database, fetch: acknowledge as typeof fetch, hostGapMs: 0 });
  const saves: number[] = [];
  let draining = true;
  const saving = (async () => {
    while (draining) {
      const began = performance.now();
      await saveRevision(database, aDraft(), { ...context, now: Date.now() });
      saves.push(performance.now() - began);
      await new Promise((resolve) => setTimeout(resolve, 250));
    }
  })();
  await step('drain', () => sender.wake('user'));
  draining = false;
  await saving;
  await step('counts amid it', () => counts(database));
  if (drained >= reviews) await step('check the chain', () => checkChains(database));
  await step('delete all', () => deleteReviews(database, { all: true }));
  return { reviews, drained: Math.min(drained, reviews), took, stuck, saves, heap, requests };
}

Object.assign(globalThis, { run });
