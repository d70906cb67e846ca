import 'fake-indexeddb/auto';
import { describe, expect, it } from 'vitest';
import type { CountersignDatabase } from '../../../utils/storage/database.ts';
import {
  claimEditor,
  closeAllEditors,
  closeEditor,
  type Frame,
  openEditor,
  sessionOf,
} from '../../../utils/storage/editors.ts';
import { aSnapshot } from '../../support/builders.ts';
import { failing, NOON, openDatabase, SITE } from '../../support/stored.ts';

const page: Frame = { tabId: 7, frameId: 0, documentId: 'page' };
const editor: Frame = { tabId: 7, frameId: 12, documentId: 'editor' };

const open = (database: CountersignDatabase, parent = page, now = NOON, responseKey = 'response-1') =>
  openEditor(
    database,
    parent,
    { origin: SITE, responseKey, snapshot: aSnapshot(), startWith: 'correction', visibility: 'verified' },
    now,
  );

describe('an editor token', () => {
  it('given its own tab, opens what the content script asked for, of the origin that the browser vouched for', async () => {
    const database = await openDatabase();
    const token = await open(database);
    expect(token).toMatch(/^[0-9a-f]{64}$/);
    const session = await claimEditor(database, token, editor, NOON + 14_000);
    expect(session).toMatchObject({
      origin: SITE,
      responseKey: 'response-1',
      parentFrameId: 0,
      startWith: 'correction',
    });
    expect(await sessionOf(database, editor)).toEqual(session);
  });

  it('is stored nowhere, only its hash', async () => {
    const database = await openDatabase();
    const token = await open(database);
    expect(JSON.stringify(await database.editors.toArray())).not.toContain(token);
  });

  it('given a second use, is refused, and the first session goes on', async () => {
    const database = await openDatabase();
    const token = await open(database);
    await claimEditor(database, token, editor, NOON);
    await expect(claimEditor(database, token, editor, NOON)).rejects.toMatchObject(failing('forbidden'));
    await expect(claimEditor(database, token, { ...editor, frameId: 13 }, NOON)).rejects.toThrow();
    expect(await sessionOf(database, editor)).toMatchObject({ responseKey: 'response-1' });
  });

  it('given two frames at once, opens for one', async () => {
    const database = await openDatabase();
    const token = await open(database);
    const claims = [12, 13].map((frameId) => claimEditor(database, token, { ...editor, frameId }, NOON));
    const states = (await Promise.allSettled(claims)).map(({ status }) => status);
    expect(states.sort()).toEqual(['fulfilled', 'rejected']);
  });

  it.each<[string, Frame, number]>([
    ['another tab', { ...editor, tabId: 8 }, NOON],
    ['the frame of the content script itself', { ...editor, frameId: 0 }, NOON],
    ['16 s later', editor, NOON + 16_000],
  ])('given %s, is refused and void', async (_, frame, now) => {
    const database = await openDatabase();
    const token = await open(database);
    await expect(claimEditor(database, token, frame, now)).rejects.toMatchObject(failing('forbidden'));
    await expect(claimEditor(database, token, editor, NOON)).rejects.toMatchObject(failing('forbidden'));
  });

  it('given a guess, is refused', async () => {
    const database = await openDatabase();
    await open(database);
    await expect(claimEditor(database, '0'.repeat(64), editor, NOON)).rejects.toMatchObject(failing('forbidden'));
  });
});

describe('an editor session', () => {
  it('given another frame, or a new document in the same frame, is not theirs', async () => {
    const database = await openDatabase();
    await claimEditor(database, await open(database), editor, NOON);
    for (const change of [{ tabId: 8 }, { frameId: 13 }, { documentId: 'navigated' }]) {
      await expect(sessionOf(database, { ...editor, ...change })).rejects.toMatchObject(failing('forbidden'));
    }
  });

  it('given two in one frame, is the newer', async () => {
    const database = await openDatabase();
    await claimEditor(database, await open(database), editor, NOON);
    await claimEditor(database, await open(database, page, NOON + 1_000, 'response-2'), editor, NOON + 1_000);
    expect(await sessionOf(database, editor)).toMatchObject({ responseKey: 'response-2' });
  });

  it('given that it is closed, or that the browser starts anew, is over', async () => {
    const database = await openDatabase();
    const session = await claimEditor(database, await open(database), editor, NOON);
    await closeEditor(database, session);
    await expect(sessionOf(database, editor)).rejects.toThrow();
    await claimEditor(database, await open(database), editor, NOON);
    await closeAllEditors(database);
    await expect(sessionOf(database, editor)).rejects.toThrow();
  });

  it('given a page that opens editor after editor, keeps 32 of its tab and all of others', async () => {
    const database = await openDatabase();
    await claimEditor(database, await open(database, { ...page, tabId: 9 }), { ...editor, tabId: 9 }, NOON);
    for (let index = 0; index < 40; index += 1) await open(database, page, NOON + index);
    expect(await database.editors.where('tabId').equals(7).count()).toBe(32);
    expect(await sessionOf(database, { ...editor, tabId: 9 })).toBeDefined();
  });

  it('given tokens that nobody claimed, forgets them', async () => {
    const database = await openDatabase();
    await open(database);
    await open(database, { ...page, tabId: 9 }, NOON + 60_000);
    expect(await database.editors.toArray()).toMatchObject([{ tabId: 9 }]);
  });
});
