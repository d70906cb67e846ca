/** Delivery in a page of its own: the product's store, sender and connector, with the browser's IndexedDB and `fetch`. */
import { countersign } from '../../../utils/connectors/countersign/countersign.ts';
import { gzipped } from '../../../utils/delivery/transport.ts';
import { defaultRubric } from '../../../utils/review/rubric.ts';
import { checkChains } from '../../../utils/storage/check-chains.ts';
import { counts, recount } from '../../../utils/storage/counters.ts';
import { CountersignDatabase, type OutboxRow } from '../../../utils/storage/database.ts';
import { leavingAt, redactionTerms } from '../../../utils/storage/leaving.ts';
import { deliverEarlier, listOutbox } from '../../../utils/storage/outbox.ts';
import { deleteReviews } from '../../../utils/storage/remove.ts';
import { owedTo, saveRevision } from '../../../utils/storage/save.ts';
import { createSender } from '../../../utils/sync/index.ts';
import { aDestinationRow, aDraft } from '../../support/builders.ts';
import { reviewRow } from './reviews.ts';

const SHARE = 'text';
let database: CountersignDatabase;
let owed: Omit<OutboxRow, 'entryId'>[] = [];
let bodies: Uint8Array<ArrayBuffer>[] = [];

/** Stores so many reviews, and makes what is owed of each; answers the bytes of all events as they are in JSON. */
export async function prepare(count: number, corpus: string, batch: number): Promise<number> {
  database = new CountersignDatabase('bench');
  const terms = await redactionTerms(database);
  owed = [];
  for (let start = 0; start < count; start += 1000) {
    const numbers = Array.from({ length: Math.min(1000, count - start) }, (_, index) => start + index);
    const rows = await Promise.all(numbers.map((at) => reviewRow(corpus, at, count)));
    await database.revisions.bulkAdd(rows);
    for (const { review } of rows) {
      const leaving = (await leavingAt(database, review, [SHARE], terms)).get(SHARE);
      if (leaving) owed.push(owedTo('team', review, 0, leaving));
    }
  }
  const events = owed.map(({ event }) => event);
  bodies = [];
  for (let at = 0; at < count; at += batch) bodies.push(await gzipped(JSON.stringify(events.slice(at, at + batch))));
  return events.reduce((sum, event) => sum + new TextEncoder().encode(JSON.stringify(event)).length, 0);
}

/** Owes all of it to a destination at this address that takes packed requests, as if it had just been saved. */
export async function owe(url: string): Promise<void> {
  const { outbox, ledger, destinations } = database;
  await Promise.all([outbox.clear(), ledger.clear(), destinations.clear()]);
  await destinations.put(aDestinationRow({ url, sends: SHARE, takesGzip: true }));
  await outbox.bulkAdd(owed);
  await recount(database);
}

interface Drained {
  readonly ms: number;
  /** Entries that the ledger names, and how many different ones. */
  readonly ledger: number;
  readonly keys: number;
  readonly left: number;
}

/** Sends until nothing is owed; where the sender waits after an error, the clock is put forward. `items`: the most of a batch. */
export async function drain(items = countersign.limits.items, hostGapMs = 0): Promise<Drained> {
  let skew = 0;
  const bytes = Math.max(countersign.limits.bytes, items * 8192);
  const connector = { ...countersign, limits: { items, bytes } };
  const sender = createSender({
    ...{ database, hostGapMs, now: () => Date.now() + skew },
    loadConnector: async () => connector,
  });
  const began = performance.now();
  for (;;) {
    await sender.wake('alarm');
    const next = await sender.nextWakeAt();
    if (next === null) break;
    skew += Math.max(1, next - (Date.now() + skew));
  }
  const ms = performance.now() - began;
  const rows = await database.ledger.toArray();
  const { owed: left } = await counts(database);
  return { ms, ledger: rows.length, keys: new Set(rows.map(({ key }) => key)).size, left };
}

/** The limit: the same events, packed beforehand, one request after the other. Answers ms. */
export async function post(url: string): Promise<number> {
  const headers = { 'content-type': 'application/cloudevents-batch+json', 'content-encoding': 'gzip' };
  const began = performance.now();
  for (const body of bodies) await (await fetch(url, { method: 'POST', headers, body })).json();
  return performance.now() - began;
}

/** ms by step of a backlog from before the destination was there, and the saves (ms) that somebody made meanwhile. */
export async function backlog(
  url: string,
): Promise<{ readonly took: Record<string, number>; readonly saves: number[] }> {
  const took: Record<string, number> = {};
  const step = async <T>(name: string, work: () => Promise<T>) => {
    const began = performance.now();
    await work();
    took[name] = performance.now() - began;
  };
  await owe(url);
  await database.outbox.clear();
  await recount(database);
  await step('owe what was there before', () => deliverEarlier(database, 'team', Date.now() - 60_000));
  await step('counts', () => counts(database));
  await step('50 of the queue', () => listOutbox(database, { state: 'pending', limit: 50 }));
  const saves: number[] = [];
  const context = { origin: 'https://chat.example', reviewer: { id: 'i', name: null }, rubric: defaultRubric };
  let draining = true;
  const saving = (async () => {
    while (draining) {
      const began = performance.now();
      await saveRevision(database, aDraft(), { ...context, now: Date.now() });
      saves.push(performance.now() - began);
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
  })();
  const sender = createSender({ database, hostGapMs: 0 });
  await step('prepare and deliver it, someone saving', () => sender.wake('user'));
  draining = false;
  await saving;
  await step('check all chains', () => checkChains(database));
  await step('delete all', () => deleteReviews(database, { all: true }));
  return { took, saves };
}
