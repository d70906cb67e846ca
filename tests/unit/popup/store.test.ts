import 'fake-indexeddb/auto';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createHealth } from '../../../entrypoints/popup/health.ts';
import { createStore, type PopupStore } from '../../../entrypoints/popup/store.ts';
import type { Browser } from '../../../utils/browser.ts';
import { readSettings } from '../../../utils/storage/settings.ts';
import { type AskedPermissions, withPerson } from '../../support/asked-permissions.ts';
import { type Background, startBackground } from '../../support/background.ts';
import { aDestinationRow, aSnapshot } from '../../support/builders.ts';
import type { FakeTab } from '../../support/fake-extension.ts';
import { stored } from '../../support/stored.ts';

const CHAT = 'https://chat.example';
let background: Background;
let person: AskedPermissions;
let tab: FakeTab;
let stop: AbortController;

beforeEach(async () => {
  background = await startBackground();
  stop = new AbortController();
});
afterEach(() => stop.abort());

/** Windows in which the queue was opened. */
const panels: number[] = [];

/** Opens the popup over a page, with the background running. */
async function openOn(address: string): Promise<PopupStore> {
  tab = background.extension.openTab(address);
  const asked = withPerson(background.extension);
  person = asked.person;
  const browser = asked.browser as unknown as Browser;
  const tabs = { query: async () => [{ ...tab, windowId: 7 }] } as unknown as Browser['tabs'];
  const { permissions } = browser;
  const { database } = background;
  const scripting = { executeScript: async () => [] };
  const page = { userAgent: '', clipboard: {} } as unknown as Navigator;
  const health = (signal: AbortSignal) => createHealth({ scripting, database, version: '1', page }, signal);
  const openPanel = async (windowId: number) => {
    panels.push(windowId);
    return true;
  };
  const parts = { tabs, permissions, database, call: background.page, health, openPanel };
  const store = createStore(parts, stop.signal);
  await vi.waitFor(() => expect(store.site.value.is).not.toBe('reading'));
  return store;
}

describe('the queue', () => {
  it('given the popup over a window, when the queue is asked for, then it opens beside that window, and the popup makes room', async () => {
    const store = await openOn(`${CHAT}/c/1`);
    expect(await store.openQueue()).toBe(true);
    expect(panels).toEqual([7]);
  });

  it('given answers that were set aside, when the popup opens, then it counts those that still wait', async () => {
    const answer = { site: CHAT, snapshot: aSnapshot() };
    for (const responseKey of ['one', 'two']) {
      await background.page('queue', { ...answer, responseKey, state: 'aside' });
    }
    await background.page('queue', { ...answer, responseKey: 'three', state: 'skipped', why: 'Not my topic' });
    const store = await openOn(`${CHAT}/c/1`);
    await vi.waitFor(() => expect(store.counts.value?.aside).toBe(2));
  });
});

describe('an invitation to a team', () => {
  it('is offered to look at on a page that is one, and on no other', async () => {
    const link = 'https://reviews.example/join#cst_abc';
    expect((await openOn(link)).invitation.value).toBe(link);
    expect((await openOn(`${CHAT}/c/1`)).invitation.value).toBeNull();
  });
});

describe('the switch for this site', () => {
  it('given a site that is off, when it is switched on and allowed, then the gate is there at once', async () => {
    const store = await openOn(`${CHAT}/c/1`);
    expect(store.site.value).toMatchObject({ name: 'chat.example', on: false });
    await store.toggle(true);
    expect(person.asked).toEqual([[`${CHAT}/*`]]);
    expect(store.site.value).toMatchObject({ on: true });
    await vi.waitFor(() => expect(tab.loaded.map(({ file }) => file)).toContain('gate.js'));
  });

  it('given that the browser is not allowed, then the site stays off and the popup says so', async () => {
    const store = await openOn(CHAT);
    person.answer = false;
    await store.toggle(true);
    expect(store.site.value).toMatchObject({ on: false });
    expect(store.problem.value).toContain('nothing has changed');
    expect(tab.loaded).toEqual([]);
  });

  it('given a site that is on, when it is switched off, then the overlay is told to go', async () => {
    const store = await openOn(CHAT);
    await store.toggle(true);
    tab.overlay = true;
    await store.toggle(false);
    expect(store.site.value).toMatchObject({ on: false });
    expect(store.problem.value).toBeNull();
    await vi.waitFor(() => expect(tab.pushes.map(({ push }) => push.push)).toContain('stop'));
  });

  it('given a wider permission, when the site is switched off, then it says that it is still on and what to do', async () => {
    const store = await openOn(CHAT);
    background.extension.grant('https://*/*');
    await store.toggle(true);
    await store.toggle(false);
    expect(store.site.value).toMatchObject({ on: true });
    expect(store.problem.value).toContain('wider permission');
  });

  it('given a page of the browser, then nothing is asked for', async () => {
    const store = await openOn('chrome://settings');
    await store.toggle(true);
    expect(person.asked).toEqual([]);
    expect(store.site.value.is).toBe('unavailable');
  });
});

describe('the sites that Countersign knows', () => {
  it('are offered as long as no site is on', async () => {
    const store = await openOn(CHAT);
    expect(store.offers.value.map(({ name }) => name)).toContain('ChatGPT');
    await store.toggle(true);
    expect(store.offers.value).toEqual([]);
  });

  it('given that one is taken, then exactly its hosts are asked for', async () => {
    const store = await openOn(CHAT);
    const claude = store.offers.value.find(({ name }) => name === 'Claude');
    if (!claude) throw new Error('Claude is not offered');
    await store.accept(claude);
    expect(person.asked).toEqual([['https://claude.ai/*']]);
    expect(background.extension.origins).toEqual(['https://claude.ai/*']);
  });
});

describe('what the popup counts', () => {
  it('given reviews here and elsewhere, one of them owed, counts each where it belongs, live', async () => {
    await stored(background.database, {}, { origin: CHAT });
    const store = await openOn(CHAT);
    await vi.waitFor(() => expect(store.counts.value).toMatchObject({ here: 1, all: 1, owed: 0, destinations: 0 }));
    await background.database.destinations.add(aDestinationRow({ pausedBecause: 'The token is wrong.' }));
    await stored(background.database, {}, { origin: 'https://other.example' });
    await vi.waitFor(() =>
      expect(store.counts.value).toMatchObject({ here: 1, all: 2, owed: 1, destinations: 1, stopped: 1 }),
    );
  });
});

it('given a pause, then it is stored and shown', async () => {
  const store = await openOn(CHAT);
  await store.pause(true);
  expect((await readSettings(background.database)).settings.paused).toBe(true);
  await vi.waitFor(() => expect(store.settings.value.paused).toBe(true));
});
