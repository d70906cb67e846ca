/** The popup: a site off and on, and everything paused. It stands behind the chat, as the real one hangs over it. */
import { expect, it } from 'vitest';
import { until } from '../support/browser/poll.ts';
import { pageOf } from '../support/browser/ui.ts';
import { inEachBrowser } from '../support/given.ts';

inEachBrowser('the popup', (given) => {
  /** Opens it over a site that is on, and waits until it has said everything: it grows with what it learns, and its switches move. */
  const openPopup = async () => {
    const popup = pageOf(await given.openExtension('popup.html', { background: true }));
    await popup.shows(/No reviews yet|\d+ reviews?/);
    const look = async () => (await popup.find('button', 'Point at an AI answer'))?.disabled === false;
    await until('the popup has looked at the page', look);
    return popup;
  };
  const gone = (toolbar: { exists(): Promise<boolean> }) =>
    until('the overlay has left the page', async () => !(await toolbar.exists()));

  it('given a site that is on, when it is turned off in the popup, then the overlay leaves at once, and comes back when turned on', async () => {
    const review = await given.openChat('deep-chat', 'orders');
    await review.toolbar.get('button', 'Approve');
    const popup = await openPopup();

    await popup.click('switch', /is on for/);
    await popup.get('switch', /is off for/);
    await gone(review.toolbar);
    await review.tab.reload();
    expect(await review.toolbar.exists()).toBe(false);

    await popup.click('switch', /is off for/);
    await popup.get('switch', /is on for/);
    await review.tab.bringToFront();
    await review.toolbar.get('button', 'Approve');
  });

  it('given an open chat, when everything is paused, then nothing is shown or captured until it goes on', async () => {
    const review = await given.openChat('deep-chat', 'orders');
    await review.toolbar.get('button', 'Approve');
    const popup = await openPopup();

    await popup.click('switch', /^Pause everywhere/);
    await until(
      'the popup shows the pause',
      async () => (await popup.get('switch', /^Pause everywhere/)).state === 'true',
    );
    await gone(review.toolbar);
    await review.tab.bringToFront();
    await review.tab.page.keyboard.press('a');
    await review.tab.reload();
    expect(await review.toolbar.exists()).toBe(false);
    expect((await given.inside.stored()).revisions).toEqual([]);

    await popup.click('switch', /^Pause everywhere/);
    await review.tab.bringToFront();
    await review.toolbar.get('button', 'Approve');
  });

  it('given a page on a host that was never turned on, when it shows answers, then the extension is not there', async () => {
    const tab = await given.open(given.chats.url('deep-chat', 'orders').replace('127.0.0.1', 'localhost'));
    await until('the chat is there', () =>
      tab.document.evaluate(
        (root) => root.querySelector('deep-chat')?.shadowRoot?.textContent?.includes('Thursday') ?? false,
      ),
    );
    expect(await tab.overlay()).toBeNull();
  });

  it('given a chat, when the queue is opened from the popup, then it stands beside the page, and the popup makes room', async () => {
    const review = await given.openChat('deep-chat', 'orders');
    await review.toolbar.get('button', 'Approve');
    expect(await given.session.hasSidePanel()).toBe(false);
    // The browser takes it for the user's wish only within a click.
    const popup = pageOf(await given.openExtension('popup.html'));

    await popup.click('button', 'Open the queue');

    await until('the panel is there', () => given.session.hasSidePanel());
    const panel = await given.tabAt(`${given.session.extensionOrigin}/sidepanel.html`);
    // Of a panel that can be looked into, what it shows: the answer of the page that is in front again.
    if (panel) await pageOf(panel).shows('0 of 1 done');
    expect(panel !== null).toBe(given.browser === 'chromium');
  });

  it('given a review, when the popup is opened, then it counts it and says that nothing leaves this computer', async () => {
    const review = await given.openChat('deep-chat', 'orders');
    await review.toolbar.get('button', 'Approve');
    await review.tab.page.keyboard.press('a');
    await review.toolbar.shows('Approved · Saved on this computer');

    const popup = await openPopup();

    await popup.shows('1 review here');
    await popup.shows('Nothing leaves this computer');
  });
});
