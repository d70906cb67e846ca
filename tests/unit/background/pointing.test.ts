/** Selected text and pointing, from the context menu and by key: on sites that are on, and on one document of those that are off. */
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { type Background, refused, startBackground, value } from '../../support/background.ts';
import { aDraft, aJudgement } from '../../support/builders.ts';
import type { FakeTab } from '../../support/fake-extension.ts';

let background: Background;
let tab: FakeTab;
beforeEach(async () => {
  background = await startBackground();
  tab = background.extension.openTab('https://desk.example/tickets/1');
});

const sees = (change: object = {}) => {
  background.extension.seen = { origin: 'https://desk.example', selected: true, focused: true, ...change };
};
const choose = (menuItemId: string) =>
  background.extension.events.menu.fire({ menuItemId, frameId: 0, editable: false }, { id: tab.id });
const pushed = () => vi.waitFor(() => expect(tab.pushes.length).toBeGreaterThan(0)).then(() => tab.pushes);
const said = () =>
  vi.waitFor(() => {
    const badge = background.extension.tabBadges.get(tab.id);
    expect(badge?.text).toBe('!');
    return badge?.title;
  });
/** As the overlay of this document asks. */
const draws = { responseKeys: [], draws: true } as const;

describe('the context menu', () => {
  it('given an installation, then there is one entry for selected text and one for everything else', async () => {
    background.extension.events.installed.fire({ reason: 'install' });
    await vi.waitFor(() => expect(background.extension.menu.size).toBe(3));
    expect([...background.extension.menu.values()].map(({ title }) => title)).toEqual([
      'Review this text',
      'Point at an AI answer',
      'Open the queue',
    ]);
    const [one, other] = [...background.extension.menu.values()].map(({ contexts }) => contexts);
    expect(one?.filter((context) => other?.includes(context))).toEqual([]);
  });

  it('given a site that is on, when text is selected, then its overlay is told, and nothing is lent', async () => {
    background.extension.grant('https://desk.example/*');
    sees();
    choose('review-selection');
    expect(await pushed()).toEqual([{ push: { push: 'reviewSelection' }, frameId: 0 }]);
    expect([...background.extension.session.keys()]).toEqual([]);
  });

  it('given a command, then the tab in front is meant, and pointing goes the same way', async () => {
    background.extension.grant('https://desk.example/*');
    sees({ selected: false });
    background.extension.events.command.fire('point-at-answer');
    expect(await pushed()).toEqual([{ push: { push: 'pick', origins: ['https://desk.example'] }, frameId: 0 }]);
  });
});

describe('the popup', () => {
  it('given a site that is on, when the reviewer wants to point, then its overlay is told', async () => {
    background.extension.grant('https://desk.example/*');
    sees();
    value(await background.page('startPicker', { tabId: tab.id }));
    expect(tab.pushes).toContainEqual({ push: { push: 'pick', origins: ['https://desk.example'] }, frameId: 0 });
  });

  it('given a site that is off, then it says so although the browser would let us in, and lends nothing', async () => {
    background.extension.lent.add(tab.id);
    sees();
    expect(await background.page('startPicker', { tabId: tab.id })).toMatchObject(refused('off'));
    expect(tab.loaded).toEqual([]);
  });
});

describe('a document on a site that is off', () => {
  beforeEach(() => {
    background.extension.lent.add(tab.id);
    sees();
  });

  it('given a click lent it, then it may be reviewed, also after the background was restarted', async () => {
    const call = background.content(tab);
    expect(await call('openPage', draws)).toMatchObject({ value: { on: false } });
    choose('review-selection');
    await pushed();
    background.restart();

    expect(await call('openPage', draws)).toMatchObject({ value: { on: true } });
    value(await call('arrive', {}));
    const judgement = aJudgement({ correction: null, comment: null });
    value(await call('saveReview', aDraft({ judgement })));
    expect((await background.database.revisions.toArray()).map(({ review }) => review.origin)).toEqual([
      'https://desk.example',
    ]);
  });

  it('given it was lent, then no permission comes of it, and nothing can be kept for the site', async () => {
    choose('review-selection');
    await pushed();
    const call = background.content(tab);
    expect(background.extension.origins).toEqual([]);
    expect(await call('keepRule', { rule: null })).toMatchObject(refused('off'));
    expect(await call('keepAuthor', { site: 'https://desk.example', author: 'Fin', is: 'assistant' })).toMatchObject(
      refused('off'),
    );
  });

  it('given another document, frame or tab, then it was not lent', async () => {
    choose('review-selection');
    await pushed();
    const other = background.extension.openTab(tab.url);
    for (const call of [background.content(other), background.content(tab, 7)]) {
      expect(await call('arrive', {})).toMatchObject(refused('off'));
    }
  });

  it('given everything is paused, then it stays paused, and the button says so', async () => {
    choose('review-selection');
    await pushed();
    value(await background.page('saveSettings', { paused: true }));
    expect(await background.content(tab)('arrive', {})).toMatchObject(refused('off'));
  });
});

describe('what cannot be done is said on the button', () => {
  it('given a page that the browser keeps closed, then it says so', async () => {
    choose('review-selection');
    expect(await said()).toContain('the browser lets no extension into this page');
  });

  it('given nothing is selected, when the key is pressed, then it says what to do, and the next success takes that back', async () => {
    background.extension.grant('https://desk.example/*');
    sees({ selected: false });
    background.extension.events.command.fire('review-selection');
    expect(await said()).toContain('select the text of an answer first');
    sees();
    background.extension.events.command.fire('review-selection');
    await pushed();
    expect(background.extension.tabBadges.get(tab.id)).toBeUndefined();
  });

  it('given a frame without an address of its own, then it says that no review of it could be kept', async () => {
    background.extension.lent.add(tab.id);
    sees({ origin: null });
    choose('review-selection');
    expect(await said()).toContain('has no address of its own');
  });
});
