/** Memory-only mode: nothing on disk, nothing lost while the browser runs, and the reviewer's choice at either end. */
import 'fake-indexeddb/auto';
import { describe, expect, it, vi } from 'vitest';
import { counts, recount } from '../../../../utils/storage/counters.ts';
import { CountersignDatabase } from '../../../../utils/storage/database.ts';
import { putDraft } from '../../../../utils/storage/drafts.ts';
import { leaseBatch } from '../../../../utils/storage/leases.ts';
import { isMemoryOnly, reviewedTables } from '../../../../utils/storage/memory/reviewed.ts';
import { turnMemoryOnly } from '../../../../utils/storage/memory/switch.ts';
import { watch } from '../../../../utils/storage/watch.ts';
import { aDestinationRow, aJudgement, aSnapshot } from '../../../support/builders.ts';
import { FakeSessionArea } from '../../../support/session-area.ts';
import { NOON, SITE, stored } from '../../../support/stored.ts';

let browsers = 0;
/** A browser that runs: its disk, and what it keeps in memory; a background is started as often as one likes. */
function aBrowser() {
  const name = `browser-${++browsers}`;
  const session = new FakeSessionArea();
  return {
    session,
    background: () => new CountersignDatabase(name, { session, owns: true }),
    page: () => new CountersignDatabase(name, { session }),
    /** Closed and started again: the disk stays, the session does not. */
    afterRestart: () => new CountersignDatabase(name, { session: new FakeSessionArea(), owns: true }),
    /** Every row of the reviewed tables that IndexedDB itself holds. */
    async onDisk(): Promise<unknown[]> {
      const raw = await new Promise<IDBDatabase>((resolve, reject) => {
        const request = indexedDB.open(name);
        request.onsuccess = () => resolve(request.result);
        request.onerror = () => reject(request.error);
      });
      const all = reviewedTables.map(
        (table) =>
          new Promise<unknown[]>((resolve) => {
            const request = raw.transaction(table).objectStore(table).getAll();
            request.onsuccess = () => resolve(request.result);
          }),
      );
      const rows = (await Promise.all(all)).flat();
      raw.close();
      return rows;
    },
  };
}

/** Saved as the background's guard does: told only once it is kept. */
async function save(database: CountersignDatabase, text: string) {
  return database.routing.keeping(() => stored(database, { snapshot: aSnapshot({ text }) }));
}

describe('while the mode is on', () => {
  it('given a save, then the disk has none of it, the next background has all of it, and owes it', async () => {
    const browser = aBrowser();
    const first = browser.background();
    await first.destinations.add(aDestinationRow());
    await turnMemoryOnly(first, { on: true, stored: 'keep' });
    const { draft } = await save(first, 'Planted words');
    await first.routing.keeping(() =>
      putDraft(first, {
        origin: SITE,
        responseKey: 'other',
        judgement: aJudgement(),
        snapshot: aSnapshot(),
        updatedAt: '2026-11-21T12:00:00.000Z',
      }),
    );
    expect(await browser.onDisk()).toEqual([]);
    first.close();

    const second = browser.background();
    expect((await second.revisions.toArray()).map(({ review }) => review.snapshot.text)).toEqual(['Planted words']);
    expect(await second.drafts.count()).toBe(1);
    expect(await counts(second)).toMatchObject({ reviews: 1, owed: 1 });
    const batch = await leaseBatch(second, 'team', { items: 10, bytes: 1_000_000 }, NOON + 60_000);
    expect(JSON.stringify(batch)).toContain(draft.id);
    expect(await browser.onDisk()).toEqual([]);
  });

  it('given the browser was closed, then nothing of it is there, and the mode still is', async () => {
    const browser = aBrowser();
    const before = browser.background();
    await turnMemoryOnly(before, { on: true, stored: 'keep' });
    await save(before, 'Planted words');
    before.close();
    const after = browser.afterRestart();
    expect(await isMemoryOnly(after)).toBe(true);
    expect(after.routing.isOn).toBe(true);
    expect(await after.revisions.count()).toBe(0);
    expect(await counts(after)).toMatchObject({ reviews: 0, revisions: 0 });
  });

  it('given a page that looks on, then it follows into the mode, through each save, and out again', async () => {
    const browser = aBrowser();
    const [background, page] = [browser.background(), browser.page()];
    await background.open();
    let shown: readonly string[] | null = null;
    const stop = new AbortController();
    watch(async () => (await page.revisions.toArray()).map(({ review }) => review.snapshot.text), stop.signal, {
      onValue: (texts) => {
        shown = texts;
      },
      onFailure: () => {},
    });
    await vi.waitFor(() => expect(shown).toEqual([]));
    await turnMemoryOnly(background, { on: true, stored: 'keep' });
    const { draft } = await save(background, 'One');
    await vi.waitFor(() => expect(shown).toEqual(['One']));
    await background.transaction('rw', background.revisions, () => background.revisions.delete(`${draft.id}:1`));
    await vi.waitFor(() => expect(shown).toEqual([]));
    await save(background, 'Two');
    await turnMemoryOnly(background, { on: false, held: 'write' });
    await vi.waitFor(() => expect(shown).toEqual(['Two']));
    expect(page.routing.isOn).toBe(false);
    stop.abort();
  });

  it('given no room is left, then the save is refused as a whole, and what was there stays', async () => {
    const browser = aBrowser();
    const database = browser.background();
    await turnMemoryOnly(database, { on: true, stored: 'keep' });
    await save(database, 'Fits');
    browser.session.room = 20_000;
    await expect(save(database, 'x'.repeat(30_000))).rejects.toMatchObject({ name: 'QuotaExceededError' });
    expect((await database.revisions.toArray()).map(({ review }) => review.snapshot.text)).toEqual(['Fits']);
    expect(await counts(database)).toMatchObject({ reviews: 1 });
    browser.session.room = 10_485_760;
    await save(database, 'Fits again');
    expect(await counts(database)).toMatchObject({ reviews: 2 });
  });

  it('given an open transaction, then nobody else sees what it has not committed', async () => {
    const database = aBrowser().background();
    await turnMemoryOnly(database, { on: true, stored: 'keep' });
    const { counters, values } = database;
    let seen: unknown;
    const writing = database
      .transaction('rw', [counters, values], async () => {
        await counters.put({ name: 'reviews', value: 1 });
        seen = counters.db.table('counters');
        await values.put({ name: 'anything', value: 1 });
        await counters.put({ name: 'reviews', value: 2 });
        throw new Error('Not after all');
      })
      .catch(() => {});
    const reading = Promise.all([1, 2, 3].map(() => new CountersignDatabase('x') && counters.toArray()));
    await writing;
    expect(seen).toBeDefined();
    expect((await reading).flat()).toEqual([]);
  });
});

describe('turning it', () => {
  it('given stored reviews that are kept, then they are out of sight until it is off again', async () => {
    const browser = aBrowser();
    const database = browser.background();
    await save(database, 'Before');
    await turnMemoryOnly(database, { on: true, stored: 'keep' });
    await recount(database);
    expect(await database.revisions.count()).toBe(0);
    await save(database, 'During');
    await turnMemoryOnly(database, { on: false, held: 'discard' });
    await recount(database);
    expect((await database.revisions.toArray()).map(({ review }) => review.snapshot.text)).toEqual(['Before']);
    expect(await counts(database)).toMatchObject({ reviews: 1 });
    expect([...browser.session.items.keys()].filter((name) => name.startsWith('row '))).toEqual([]);
  });

  it('given stored reviews that are deleted, then the disk has none', async () => {
    const browser = aBrowser();
    const database = browser.background();
    await database.destinations.add(aDestinationRow());
    await save(database, 'Before');
    await turnMemoryOnly(database, { on: true, stored: 'delete' });
    expect(await browser.onDisk()).toEqual([]);
    expect(await database.destinations.count()).toBe(1);
  });

  it('given reviews in memory that are written, then the disk has them, and what is owed keeps its number', async () => {
    const browser = aBrowser();
    const database = browser.background();
    await database.destinations.add(aDestinationRow());
    await save(database, 'Before');
    await turnMemoryOnly(database, { on: true, stored: 'keep' });
    await save(database, 'During');
    const [owed] = await database.outbox.toArray();
    await turnMemoryOnly(database, { on: false, held: 'write' });
    await recount(database);
    expect((await database.revisions.toArray()).map(({ review }) => review.snapshot.text).sort()).toEqual([
      'Before',
      'During',
    ]);
    expect(await database.outbox.get(owed?.entryId ?? 0)).toEqual(owed);
    expect(await counts(database)).toMatchObject({ reviews: 2, owed: 2 });
    database.close();
    expect(await browser.afterRestart().revisions.count()).toBe(2);
  });

  it('given a review that cannot be written beside one on disk, then it says so and stays on', async () => {
    const browser = aBrowser();
    const database = browser.background();
    const { draft } = await save(database, 'Before');
    await turnMemoryOnly(database, { on: true, stored: 'keep' });
    await save(database, 'During');
    const [row] = await database.revisions.toArray();
    await database.revisions.put({ ...(row as never as object), saveId: draft.saveId } as never);
    await expect(turnMemoryOnly(database, { on: false, held: 'write' })).rejects.toMatchObject({
      failure: { code: 'conflict' },
    });
    expect(database.routing.isOn).toBe(true);
    expect(await isMemoryOnly(database)).toBe(true);
    expect(await database.revisions.count()).toBe(1);
  });
});
