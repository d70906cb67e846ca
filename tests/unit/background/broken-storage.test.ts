import 'fake-indexeddb/auto';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { guardHandlers } from '../../../entrypoints/background/handlers/guard.ts';
import type { Handlers } from '../../../utils/messaging/server.ts';
import type { CountersignDatabase } from '../../../utils/storage/database.ts';
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

describe('a database that does not open', () => {
  /** A handler of this verb that waits for the database for ever. */
  function hanging(verb: string): (body: unknown) => Promise<unknown> {
    const never = { [verb]: () => new Promise(() => {}) };
    const { page } = guardHandlers({ content: {}, editor: {}, page: never } as unknown as Handlers);
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
