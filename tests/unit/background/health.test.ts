import 'fake-indexeddb/auto';
import { beforeEach, describe, expect, it } from 'vitest';
import type { Health } from '../../../utils/detection/types.ts';
import { type Background, refused, startBackground, value } from '../../support/background.ts';
import type { FakeTab } from '../../support/fake-extension.ts';

let background: Background;
let tab: FakeTab;
let other: FakeTab;

beforeEach(async () => {
  background = await startBackground();
  tab = background.extension.openTab('https://chat.example/c/1');
  other = background.extension.openTab('https://chat.example/c/2');
  background.extension.grant('https://chat.example/*');
  tab.overlay = true;
});

const report = async (state: Health['state'], frameId = 0) =>
  value(await background.content(tab, frameId)('reportHealth', { state, site: 'example' }));
const badgeOf = (which: FakeTab) => background.extension.tabBadges.get(which.id);

describe('the health of detection on the toolbar button', () => {
  it.each<[Health['state'], string]>([
    ['changed', 'Countersign: this site changed, and the rule for it finds no answers any more'],
    ['slow', 'Countersign: a rule was too slow for this page and is off here'],
    ['broken', 'Countersign: the rule for this site cannot be used'],
  ])('given a page that reports %s, says so in its tab and in no other', async (state, title) => {
    await report(state);
    expect(badgeOf(tab)).toEqual({ text: '!', title });
    expect(badgeOf(other)).toBeUndefined();
  });

  it.each<Health['state']>(['idle', 'working', 'fallback'])('given a page that reports %s, is quiet', async (state) => {
    await report(state);
    expect(badgeOf(tab)).toBeUndefined();
  });

  it('given several frames, shows the worst of them until all are well', async () => {
    await report('working');
    await report('slow', 4);
    await report('broken', 7);
    expect(badgeOf(tab)?.title).toMatch(/cannot be used/);
    await report('working', 7);
    expect(badgeOf(tab)?.title).toMatch(/too slow/);
    await report('working', 4);
    expect(badgeOf(tab)).toBeUndefined();
  });

  it('given a new page in the tab, forgets the one before; given a new frame, that frame only', async () => {
    await report('changed');
    await report('slow', 4);
    value(await background.content(tab, 4)('arrive', {}));
    expect(badgeOf(tab)?.title).toMatch(/changed/);
    await report('slow', 4);
    value(await background.content(tab, 0)('arrive', {}));
    expect(badgeOf(tab)).toBeUndefined();
    expect(background.extension.session.size).toBe(0);
  });

  it('given a background that died in between, still knows', async () => {
    await report('changed');
    background.restart();
    await report('working', 4);
    expect(badgeOf(tab)?.text).toBe('!');
  });

  it('given a pause, shows the pause; given its end and a page that is gone, nothing', async () => {
    await report('changed');
    value(await background.page('saveSettings', { paused: true }));
    expect(badgeOf(tab)).toBeUndefined();
    expect(background.extension.badge.text).toBe('II');
    tab.overlay = false;
    value(await background.page('saveSettings', { paused: false }));
    expect(badgeOf(tab)).toBeUndefined();
    expect(background.extension.session.size).toBe(0);
  });

  it('given reviews that could not be delivered as well, says both', async () => {
    const { database } = background;
    await database.counters.put({ name: 'outbox dead x', value: 2 });
    await report('changed');
    expect(badgeOf(tab)).toEqual({
      text: '!',
      title:
        'Countersign: 2 reviews could not be delivered, this site changed, and the rule for it finds no answers any more',
    });
  });

  it('given a page with frames without end, remembers twenty', async () => {
    for (let frameId = 1; frameId <= 60; frameId += 1) {
      background.now += 1_000;
      await report('slow', frameId);
    }
    expect(Object.keys(background.extension.session.get(`health ${tab.id}`) as object)).toHaveLength(20);
  });

  it('given a site that is off, takes no report', async () => {
    background.extension.revoke('https://chat.example/*');
    const answer = await background.content(tab)('reportHealth', { state: 'changed', site: null });
    expect(answer).toMatchObject(refused('off'));
    expect(badgeOf(tab)).toBeUndefined();
  });
});
