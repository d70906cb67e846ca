import 'fake-indexeddb/auto';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { guardHandlers } from '../../../entrypoints/background/handlers/guard.ts';
import type { Handlers } from '../../../utils/messaging/server.ts';
import type { CountersignDatabase } from '../../../utils/storage/database.ts';
import { Routing } from '../../../utils/storage/memory/routing.ts';
import { type Background, refused, startBackground, value } from '../../support/background.ts';
import { aDraft, aJudgement } from '../../support/builders.ts';

afterEach(() => {
  vi.useRealTimers();
  vi.restoreAllMocks();
});

/** From now on every access to the database fails with this error. */
function breakStorage(database: CountersignDatabase, thrown: Error): void {
  const broken = () => Promise.reject(thrown);
  database.use({
    stack: 'dbcore',
    name: 'broken',
    create: (core) => ({
      ...core,
      table: (name) => ({ ...core.table(name), get: broken, getMany: broken, query: broken, mutate: broken }),
    }),
  });
  database.close({ disableAutoOpen: false });
}

async function saving(background: Background) {
  background.extension.origins = ['https://chat.example/*'];
  const tab = background.extension.openTab('https://chat.example/');
  const judgement = aJudgement({ correction: null, comment: null });
  return background.content(tab)('saveReview', aDraft({ judgement }));
}

describe('a database that fails', () => {
  it.each([
    ['QuotaExceededError', 'storage-full', 'Not saved: the disk is full.'],
    ['DatabaseClosedError', 'storage-blocked', 'Not saved: another window holds the database.'],
    ['UnknownError', 'storage-failed', 'Not saved: the database could not be written.'],
  ])('given %s, says so in words, and the background goes on', async (name, code, message) => {
    vi.spyOn(console, 'warn').mockImplementation(() => {});
    const background = await startBackground();
    value(await background.page('saveSettings', { theme: 'dark' }));
    breakStorage(background.database, Object.assign(new Error('disk'), { name }));
    const answer = await saving(background);
    expect(answer).toMatchObject(refused(code));
    expect(answer).toMatchObject({ error: { message: expect.stringContaining(message) } });
    background.database.unuse({ stack: 'dbcore', name: 'broken' });
    background.database.close({ disableAutoOpen: false });
    expect(await saving(background)).toMatchObject({ ok: true });
  });
});

describe('work on the database that does not end', () => {
  /** A handler of this verb that waits for the database for ever. */
  function hanging(verb: string): (body: unknown) => Promise<unknown> {
    const never = { [verb]: () => new Promise(() => {}) };
    const open = { isOpen: () => true, routing: new Routing({}) } as unknown as CountersignDatabase;
    const { page } = guardHandlers({ content: {}, editor: {}, page: never } as unknown as Handlers, open);
    return (page as unknown as Record<string, (body: unknown) => Promise<unknown>>)[verb] as never;
  }

  it.each([
    ['saveReview', 10_000],
    ['deleteReviews', 28_000],
  ])('given %s, is named blocked after %i ms, before the caller gives up', async (verb, ms) => {
    vi.useFakeTimers();
    const outcome = vi.fn();
    void hanging(verb)({}).catch(outcome);
    await vi.advanceTimersByTimeAsync(ms - 1);
    expect(outcome).not.toHaveBeenCalled();
    await vi.advanceTimersByTimeAsync(1);
    expect(outcome).toHaveBeenCalledWith(
      expect.objectContaining({ failure: expect.objectContaining({ code: 'storage-blocked' }) }),
    );
  });
});

describe('a database that another window holds', () => {
  it('given a save, says so within 3 seconds, also after a first try; given it is free again, the retry stores it once', async () => {
    vi.spyOn(console, 'warn').mockImplementation(() => {});
    const background = await startBackground();
    const { database } = background;
    database.close({ disableAutoOpen: false });
    // A window that hangs in an update of a later version: nobody can open the database, and nobody is told.
    const request = indexedDB.open(database.name, 1000);
    const goOn = await new Promise<() => void>((resolve) => {
      request.onupgradeneeded = () => {
        const update = request.transaction as IDBTransaction;
        let held = true;
        const hold = () => {
          if (held) update.objectStore('values').count().onsuccess = hold;
          else update.abort();
        };
        hold();
        resolve(() => {
          held = false;
        });
      };
    });
    background.extension.origins = ['https://chat.example/*'];
    const tab = background.extension.openTab('https://chat.example/');
    const draft = aDraft({ judgement: aJudgement({ correction: null, comment: null }) });
    const began = performance.now();
    const answer = await background.content(tab)('saveReview', draft);
    expect(answer).toMatchObject(refused('storage-blocked'));
    expect(answer).toMatchObject({ error: { message: expect.stringContaining('Your text is still here') } });
    const again = performance.now();
    expect(await background.content(tab)('saveReview', draft)).toMatchObject(refused('storage-blocked'));
    // Asked again, it need not wait as long again.
    expect(performance.now() - again).toBeLessThan(again - began);
    goOn();
    await new Promise((resolve) => {
      request.onerror = resolve;
    });
    expect(await background.content(tab)('saveReview', draft)).toMatchObject({ ok: true });
    expect(await background.content(tab)('saveReview', draft)).toMatchObject({ ok: true });
    expect(await database.revisions.count()).toBe(1);
  });
});
