/**
 * Saving, redacting and delivering as the extension does it, bundled for a page of a real browser: its IndexedDB, its
 * fetch, its locks and its engine for expressions are the real ones; the clock is what the test says.
 */
import { compileRules } from '../../../utils/privacy/customer-rules.ts';
import { builtInDetectors } from '../../../utils/privacy/detectors/index.ts';
import { prepareForDestination } from '../../../utils/privacy/prepare.ts';
import { redactText } from '../../../utils/privacy/redact-text.ts';
import { nextRevision } from '../../../utils/review/revise.ts';
import { defaultRubric } from '../../../utils/review/rubric.ts';
import type { ReviewDraft } from '../../../utils/review/schema.ts';
import { toEvent } from '../../../utils/review/wire.ts';
import { counts, recount } from '../../../utils/storage/counters.ts';
import { CountersignDatabase, type DestinationRow } from '../../../utils/storage/database.ts';
import { type OwedChoice, saveDestination } from '../../../utils/storage/destinations.ts';
import { deliverEarlier, discard, resend } from '../../../utils/storage/outbox.ts';
import { deleteReviews } from '../../../utils/storage/remove.ts';
import { countOutdated, forgetOutdated } from '../../../utils/storage/retention.ts';
import { rowOf, saveRevision } from '../../../utils/storage/save.ts';
import { createSender, type Sender, type WakeReason } from '../../../utils/sync/index.ts';
import type { Snippet } from '../../unit/privacy/support/labelled-set.ts';
import { score, totals } from '../../unit/privacy/support/score.ts';
import { aDestinationRow, aDraft, aJudgement, aReview, aSnapshot } from '../builders.ts';

const ORIGIN = 'https://chat.example';
const reviewer = { id: 'installation-1', name: null };

let database: CountersignDatabase;
let sender: Sender;
let clock = 0;
const running = new Set<Promise<void>>();

const context = () => ({ origin: ORIGIN, reviewer, rubric: defaultRubric, now: clock });
const keyOf = ({ id, basedOn }: ReviewDraft) => `${id}:${basedOn + 1}`;

/** A failure as its code and field, so that it can cross to the test. */
async function outcomeOf<T>(work: () => Promise<T>): Promise<{ value: T } | { code: string; field: string | null }> {
  try {
    return { value: await work() };
  } catch (thrown) {
    const { failure } = thrown as { failure?: { code: string; field?: string } };
    return { code: failure?.code ?? String(thrown), field: failure?.field ?? null };
  }
}

/** What a test may ask of the page. Everything goes in and out as JSON. */
export const calls = {
  /** Opens the database `name` at a time, with a sender that uses the browser's own locks unless told otherwise. */
  async open(name: string, now: number, { timeoutMs = 20_000, withLocks = true } = {}) {
    database = new CountersignDatabase(name);
    await database.open();
    clock = now;
    sender = createSender({
      database,
      now: () => clock,
      timeoutMs,
      hostGapMs: 0,
      ...(withLocks ? {} : { locks: null }),
    });
  },
  async setClock(now: number) {
    clock = now;
  },
  async putDestination(change: Partial<DestinationRow>) {
    await database.destinations.put(aDestinationRow(change));
  },
  saveDestination: (input: Parameters<typeof saveDestination>[1], owed?: OwedChoice) =>
    outcomeOf(() => saveDestination(database, input, owed)),
  /** Saves a review by the way every review goes; answers its key, or how it failed. */
  async save(change: {
    readonly id?: string;
    readonly basedOn?: number;
    readonly text?: string;
    readonly responseKey?: string;
  }) {
    const { text, ...rest } = change;
    const draft = aDraft({ ...rest, ...(text === undefined ? {} : { snapshot: aSnapshot({ text }) }) });
    return outcomeOf(async () => {
      await saveRevision(database, draft, context());
      return { key: keyOf(draft), id: draft.id, responseKey: draft.responseKey };
    });
  },
  async saveDraft(draft: ReviewDraft) {
    await saveRevision(database, draft, context());
    return keyOf(draft);
  },
  /** Has so many reviews stored and owed to a destination, all due; answers their keys in the order of saving. */
  async owe(count: number, destinationId = 'team') {
    const rows = [];
    for (let index = 0; index < count; index += 1) {
      const draft = aDraft();
      rows.push(
        rowOf(await nextRevision(draft, null, { ...context(), now: clock - 60_000 - count + index }), draft.saveId),
      );
    }
    await database.revisions.bulkAdd(rows);
    await recount(database);
    await deliverEarlier(database, destinationId, clock - 60_000);
    return rows.map(({ key }) => key);
  },
  async remove(ids: readonly string[]) {
    return deleteReviews(database, { ids }, { now: clock });
  },
  wake: (reason: WakeReason) => sender.wake(reason),
  /** Wakes without waiting for the end, as an event does. */
  async wakeAndLeave(reason: WakeReason) {
    const run = sender.wake(reason).finally(() => running.delete(run));
    running.add(run);
  },
  /** Waits for all runs that were left. */
  async allDone() {
    while (running.size > 0) await Promise.all(running);
  },
  nextWakeAt: () => sender.nextWakeAt(),
  async look() {
    const outbox = await database.outbox.toArray();
    const { owed, delivered, dead } = await counts(database);
    return {
      outbox: outbox.map(({ event: _, ...entry }) => entry),
      ledger: await database.ledger.toArray(),
      destinations: await database.destinations.toArray(),
      revisions: (await database.revisions.toCollection().primaryKeys()) as string[],
      counts: { owed, delivered, dead },
    };
  },
  /** What lies in the outbox, read past all code of the extension. */
  async rawOutbox() {
    const opening = indexedDB.open(database.name);
    const raw = await new Promise<IDBDatabase>((resolve, reject) => {
      opening.onsuccess = () => resolve(opening.result);
      opening.onerror = () => reject(opening.error);
    });
    const asked = raw.transaction('outbox').objectStore('outbox').getAll();
    const rows = await new Promise<unknown[]>((resolve, reject) => {
      asked.onsuccess = () => resolve(asked.result);
      asked.onerror = () => reject(asked.error);
    });
    raw.close();
    return JSON.stringify(rows);
  },
  resend: (destinationId: string) => resend(database, { destinationId }, clock),
  discard: (destinationId: string) => discard(database, { destinationId }),
  countOutdated: (keepDays: number) => countOutdated(database, keepDays, clock),
  forgetOutdated: (keepDays: number) => forgetOutdated(database, { keepDays, forgetEverywhere: false }, clock),
  /** Fills what the browser allows this origin with random bytes; answers the name of the error that ends it. */
  async fillTheDisk(mostMegabytes: number) {
    const raw = await new Promise<IDBDatabase>((resolve, reject) => {
      const opening = indexedDB.open('ballast', 1);
      opening.onupgradeneeded = () => void opening.result.createObjectStore('ballast', { autoIncrement: true });
      opening.onsuccess = () => resolve(opening.result);
      opening.onerror = () => reject(opening.error);
    });
    // Ever smaller pieces, so that nothing fits any more at the end.
    let last = 'none';
    for (const size of [1_000_000, 64_000, 4_000, 200]) {
      for (let written = 0; written < mostMegabytes * 1_000_000; written += size) {
        const bytes = new Uint8Array(size);
        for (let from = 0; from < size; from += 65_536) crypto.getRandomValues(bytes.subarray(from, from + 65_536));
        const failed = await new Promise<string | null>((resolve) => {
          const transaction = raw.transaction('ballast', 'readwrite', { durability: 'strict' });
          transaction.objectStore('ballast').add(bytes);
          transaction.oncomplete = () => resolve(null);
          transaction.onabort = () => resolve(transaction.error?.name ?? 'aborted');
        });
        if (failed) {
          last = failed;
          break;
        }
      }
    }
    raw.close();
    return last;
  },
  async emptyTheDisk() {
    await new Promise((resolve) => {
      const deleting = indexedDB.deleteDatabase('ballast');
      deleting.onsuccess = resolve;
      deleting.onerror = resolve;
    });
  },
  /** How the labelled set scores in this browser. */
  async scoreRedaction(snippets: readonly Snippet[], teamRules: Parameters<typeof compileRules>[0]) {
    const compiled = compileRules(teamRules);
    const rules = compiled.ok ? compiled.value : [];
    const ours = ({ text, locale }: Snippet) =>
      redactText(text, { regions: [locale.slice(3)], rules, detectors: builtInDetectors }).text;
    const scored = await score(snippets, ours);
    return { ...totals(scored), wrong: scored.wrong, missed: scored.missed };
  },
  async redact(text: string) {
    const began = performance.now();
    const { text: redacted } = redactText(text, { regions: ['US', 'DE'], rules: [] });
    return { redacted: redacted.length > 2_000 ? '' : redacted, ms: performance.now() - began };
  },
  /** What may leave of a review with this text, checked within so many ms. */
  async prepare(text: string, budgetMs: number) {
    const review = aReview({ snapshot: aSnapshot({ text }), judgement: aJudgement({ comment: text }) });
    const made = await prepareForDestination(toEvent(review), {
      ...{ level: 'redacted', sendPrompt: true, secret: 'a'.repeat(64), regions: ['US'], budgetMs },
      ...{ customerRules: [], allow: [], accepted: [] },
    });
    return made.ok ? { left: true, reason: '' } : { left: false, reason: made.error.message };
  },
};

export type Calls = typeof calls;

Object.assign(globalThis, {
  ask: async (verb: keyof Calls, json: string) => {
    const ask = calls[verb] as (...args: unknown[]) => Promise<unknown>;
    return JSON.stringify((await ask(...(JSON.parse(json) as unknown[]))) ?? null);
  },
});
