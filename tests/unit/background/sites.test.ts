import 'fake-indexeddb/auto';
import { describe, expect, it } from 'vitest';
import { startBackground, value } from '../../support/background.ts';
import type { FakeTab } from '../../support/fake-extension.ts';

const CHAT = 'https://chat.example/*';
const pushesOf = (tab: FakeTab) => tab.pushes.map(({ push }) => push.push);

describe('sites', () => {
  it('given a grant, registers the overlay for it in all frames and starts it in tabs that are open', async () => {
    const { extension } = await startBackground();
    const tab = extension.openTab('https://chat.example/c/1');
    const other = extension.openTab('https://other.example/');
    extension.grant(CHAT);
    await expect
      .poll(() => extension.scripts)
      .toMatchObject([
        {
          id: 'countersign-overlay',
          js: ['overlay.js'],
          matches: [CHAT],
          allFrames: true,
          runAt: 'document_idle',
          persistAcrossSessions: true,
        },
      ]);
    await expect.poll(() => tab.overlay).toBe(true);
    expect(other.overlay).toBe(false);
  });

  it('given several grants and a revocation, follows the permissions; given none, registers nothing', async () => {
    const { extension } = await startBackground();
    extension.grant(CHAT);
    extension.grant('https://bot.example/*', 'http://localhost/*');
    const matches = () => (extension.scripts as { matches?: readonly string[] }[]).map((script) => script.matches);
    await expect.poll(matches).toEqual([['http://localhost/*', 'https://bot.example/*', CHAT]]);
    extension.revoke('https://bot.example/*');
    await expect.poll(matches).toEqual([['http://localhost/*', CHAT]]);
    extension.revoke(CHAT, 'http://localhost/*');
    await expect.poll(matches).toEqual([]);
  });

  it('given a revocation, lets every overlay ask whether it is still on', async () => {
    const background = await startBackground();
    const { extension } = background;
    const tab = extension.openTab('https://chat.example/c/1');
    extension.grant(CHAT);
    await expect.poll(() => tab.overlay).toBe(true);
    extension.revoke(CHAT);
    await expect.poll(() => pushesOf(tab)).toContain('pageChanged');
    expect(value(await background.content(tab)('openPage', { responseKeys: [] }))).toMatchObject({ on: false });
  });

  it('given an update, which forgets registered scripts, registers them and starts them anew', async () => {
    const { extension } = await startBackground();
    extension.grant(CHAT);
    await expect.poll(() => extension.scripts).toHaveLength(1);
    extension.scripts = [];
    const tab = extension.openTab('https://chat.example/c/1');
    extension.events.installed.fire({ reason: 'update' });
    await expect.poll(() => extension.scripts).toHaveLength(1);
    await expect.poll(() => tab.overlay).toBe(true);
  });

  it('given a grant that happened while no worker lived, follows at its next start', async () => {
    const background = await startBackground();
    background.extension.origins = [CHAT];
    background.restart();
    await expect.poll(() => background.extension.scripts).toHaveLength(1);
  });

  it('given permissions that are no web sites, leaves them out', async () => {
    const { extension } = await startBackground();
    extension.grant('file:///*', CHAT, '*://*.help.example/*');
    await expect.poll(() => extension.scripts).toMatchObject([{ matches: ['*://*.help.example/*', CHAT] }]);
  });

  it('given a pause, stops every overlay and registers none; given its end, starts them again', async () => {
    const { extension, page } = await startBackground();
    const tab = extension.openTab('https://chat.example/c/1');
    extension.grant(CHAT);
    await expect.poll(() => tab.overlay).toBe(true);
    value(await page('saveSettings', { paused: true }));
    expect(pushesOf(tab)).toEqual(['stop']);
    expect(extension.scripts).toEqual([]);
    expect(extension.badge).toEqual({ text: 'II', title: 'Countersign: paused everywhere' });
    tab.overlay = false;
    value(await page('saveSettings', { paused: false }));
    expect(tab.overlay).toBe(true);
    expect(extension.scripts).toHaveLength(1);
    expect(extension.badge).toEqual({ text: '', title: 'Countersign' });
  });

  it('given another setting, lets overlays ask again and stops nothing', async () => {
    const { extension, page } = await startBackground();
    const tab = extension.openTab('https://chat.example/c/1');
    tab.overlay = true;
    value(await page('saveSettings', { singleKeys: false }));
    await expect.poll(() => pushesOf(tab)).toEqual(['pageChanged']);
  });

  it('given the popup, starts or stops the overlay in its tab at once', async () => {
    const { extension, page } = await startBackground();
    const tab = extension.openTab('http://localhost:8080/chat');
    const body = { origin: 'http://localhost:8080', tabId: tab.id };
    extension.origins = ['http://localhost/*'];
    value(await page('refreshSite', body));
    expect(tab.overlay).toBe(true);
    extension.origins = [];
    value(await page('refreshSite', body));
    expect(pushesOf(tab)).toContain('stop');
    expect(extension.scripts).toEqual([]);
  });

  it('closes storage.local to content scripts where the browser can', async () => {
    const { extension } = await startBackground();
    await expect.poll(() => extension.accessLevel).toBe('TRUSTED_CONTEXTS');
  });
});
