/** Going back to an answer: which tab, which frame, and the words where it does not work. What the frames say is given. */
import { beforeEach, describe, expect, it } from 'vitest';
import { createMoved, type Moved } from '../../../entrypoints/background/moved.ts';
import { createReopen, type Target } from '../../../entrypoints/background/reopening.ts';
import type { Push } from '../../../utils/messaging/contract.ts';
import { aSnapshot } from '../../support/builders.ts';

const SITE = 'https://chat.example';
const PAGE = `${SITE}/c/1`;
const target: Target = { site: SITE, responseKey: 'old', snapshot: aSnapshot({ pageUrl: PAGE }) };

interface FakeTab {
  readonly id: number;
  url: string;
  active: boolean;
}
type Look = { key: string | null; found: string; twins: number; state: string };
const there: Look = { key: 'old', found: 'same', twins: 1, state: '1 1 complete' };
const nothing: Look = { key: null, found: 'moved', twins: 0, state: '3 3 complete' };

let tabs: FakeTab[];
let looks: Map<number, { frameId: number; result: Look | null }[]>;
let pushed: { tabId: number; frameId: number; push: Push }[];
let moved: Moved;
let on: boolean;
/** Where the page sends whoever comes. */
let leadsTo: string | null;
let session: Record<string, unknown>;

beforeEach(() => {
  [tabs, pushed, looks, on, leadsTo, session] = [[], [], new Map(), true, null, {}];
  moved = createMoved({
    get: async () => session,
    set: async (change: Record<string, unknown>) => void Object.assign(session, change),
  } as never);
});

const reopen = (edit = true, which: Target = target) => {
  let clock = 0;
  return createReopen({
    tabs: {
      query: async () => tabs,
      get: async (id: number) => tabs.find((tab) => tab.id === id),
      create: async ({ url }: { url: string }) => {
        tabs.push({ id: 9, url: leadsTo ?? url, active: true });
        return tabs.at(-1);
      },
      update: async (id: number) => {
        for (const tab of tabs) tab.active = tab.id === id;
        return tabs.find((tab) => tab.id === id);
      },
    } as never,
    windows: { update: async () => ({}) } as never,
    scripting: {
      executeScript: async ({ target: { tabId } }: { target: { tabId: number } }) => looks.get(tabId) ?? [],
    } as never,
    permissions: { getAll: async () => ({ origins: [`${SITE}/*`] }) } as never,
    sites: { isOn: async () => on },
    pushes: { toFrame: async (frame, push) => pushed.push({ ...frame, push }) > 0 },
    moved,
    // Each look at the clock is a second later.
    now() {
      clock += 1_000;
      return clock;
    },
    patienceMs: 20_000,
    stillMs: 3_000,
    againMs: 0,
  })(which, edit);
};
const failing = (code: string, words: RegExp) => ({ failure: { code, message: expect.stringMatching(words) } });

describe('reopening', () => {
  it('given the answer in a frame of some open tab, when it is reopened, then that tab is brought to the front and that frame is told', async () => {
    tabs = [
      { id: 1, url: PAGE, active: true },
      { id: 2, url: 'https://desk.example/', active: false },
    ];
    looks.set(1, [{ frameId: 0, result: nothing }]);
    looks.set(2, [
      { frameId: 0, result: null },
      { frameId: 4, result: there },
    ]);
    expect(await reopen()).toEqual({ tabId: 2, responseKey: 'old', found: 'same' });
    expect(tabs.map(({ active }) => active)).toEqual([false, true]);
    expect(pushed).toEqual([{ tabId: 2, frameId: 4, push: { push: 'showResponse', responseKey: 'old', edit: true } }]);
  });

  it('given no tab, when it is reopened, then its page is opened, once it is there the editor is asked for or not', async () => {
    looks.set(9, [{ frameId: 0, result: { ...there, found: 'changed' } }]);
    expect(await reopen(false)).toMatchObject({ tabId: 9, found: 'changed' });
    expect(tabs.map(({ url }) => url)).toEqual([PAGE]);
    expect(pushed[0]?.push).toMatchObject({ edit: false });
  });

  it('given the same text under another key, when the page stands still, then it is that, and the page’s marks know', async () => {
    looks.set(9, [{ frameId: 0, result: { ...nothing, key: 'new', twins: 1 } }]);
    expect(await reopen()).toEqual({ tabId: 9, responseKey: 'new', found: 'moved' });
    expect([...(await moved.of(SITE, ['new', 'other']))]).toEqual([['new', 'old']]);
    expect((await moved.of('https://other.example', ['new'])).size).toBe(0);
  });

  it.for([
    ['the text twice', { ...nothing, key: 'new', twins: 2 }, /more than once/],
    ['other answers only', nothing, /not on its page any more/],
    ['a page that is still loading', { ...nothing, state: '0 0 loading' }, /did not show its answers in time/],
  ] as const)('given %s, when it is reopened, then the words say so', async ([, result, words]) => {
    looks.set(9, [{ frameId: 0, result }]);
    await expect(reopen()).rejects.toMatchObject(failing('not-found', words));
    expect(pushed).toEqual([]);
  });

  it('given a page that leads elsewhere, when nothing answers there, then a sign-in is guessed at', async () => {
    leadsTo = 'https://login.example/';
    await expect(reopen()).rejects.toMatchObject(failing('not-found', /sign in/));
  });

  it('given a page address of another origin than the review’s, when it is reopened, then nothing is opened', async () => {
    const forged = { ...target, snapshot: aSnapshot({ pageUrl: 'https://evil.example/c/1' }) };
    await expect(reopen(true, forged)).rejects.toMatchObject({ failure: { code: 'not-found' } });
    expect(tabs).toEqual([]);
  });

  it('given a site that is off, when it is reopened, then that is said, and nothing is opened', async () => {
    on = false;
    await expect(reopen()).rejects.toMatchObject({
      failure: { code: 'off', next: expect.stringContaining('chat.example') },
    });
    expect(tabs).toEqual([]);
  });
});
