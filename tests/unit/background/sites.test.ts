import 'fake-indexeddb/auto';
import { describe, expect, it } from 'vitest';
import { startBackground, value } from '../../support/background.ts';

import type { FakeTab } from '../../support/fake-extension.ts';
import { aRule } from '../../support/rules.ts';

const CHAT = 'https://chat.example/*';
const CLAUDE = 'https://claude.ai/*';
const GATE = 'countersign-gate';
const OVERLAY = 'countersign-overlay';
const pushesOf = (tab: FakeTab) => tab.pushes.map(({ push }) => push.push);
const filesOf = (tab: FakeTab) => tab.loaded.map(({ file }) => file);

/** A background, and where each of its scripts is registered. */
async function aBackground() {
  const background = await startBackground();
  const registered = () =>
    Object.fromEntries(
      background.extension.scripts.map(({ id, matches, excludeMatches = [] }) => [
        id,
        excludeMatches.length > 0 ? { matches, except: excludeMatches } : { matches },
      ]),
    );
  return Object.assign(background, { registered });
}

describe('sites', () => {
  it('given a grant for a site without a rule, registers the gate for it in all frames and starts it in tabs that are open', async () => {
    const { extension } = await aBackground();
    const tab = extension.openTab('https://chat.example/c/1');
    const other = extension.openTab('https://other.example/');
    extension.grant(CHAT);
    await expect
      .poll(() => extension.scripts)
      .toEqual([
        {
          id: GATE,
          js: ['gate.js'],
          matches: [CHAT],
          allFrames: true,
          matchOriginAsFallback: true,
          runAt: 'document_idle',
          persistAcrossSessions: true,
        },
      ]);
    await expect.poll(() => tab.loaded).toEqual([{ file: 'gate.js', where: { allFrames: true } }]);
    expect(other.loaded).toEqual([]);
  });

  it('given a grant for a site that a rule names, registers the overlay itself, and starts it in the page and the gate in its frames', async () => {
    const { extension, registered } = await aBackground();
    const tab = extension.openTab('https://claude.ai/chat/1');
    extension.grant(CLAUDE, CHAT);
    await expect.poll(registered).toEqual({
      [OVERLAY]: { matches: [CLAUDE] },
      [GATE]: { matches: [CHAT], except: [CLAUDE] },
    });
    await expect.poll(() => filesOf(tab)).toEqual(['overlay.js', 'gate.js']);
    expect(tab.loaded[0]?.where).toEqual({});
  });

  it.each([
    ['everything', 'https://*/*', ['https://*.zone.example/*', 'https://app.own.example/*', CLAUDE], 'https://*/*'],
    ['a whole domain', '*://*.own.example/*', ['https://app.own.example/*'], '*://*.own.example/*'],
    ['one host under a rule for a domain', 'https://desk.zone.example/*', ['https://desk.zone.example/*'], undefined],
    ['only http, where a rule says https', 'http://app.own.example/*', [], 'http://app.own.example/*'],
  ])('given a grant for %s, the overlay goes where grant and rule meet', async (_what, grant, hosts, gate) => {
    const { extension, registered, page } = await aBackground();
    value(await page('saveRule', { rule: aRule({ id: 'own', matches: ['https://app.own.example:8443/desk/*'] }) }));
    value(await page('saveRule', { rule: aRule({ id: 'zone', matches: ['*://*.zone.example/agent/*'] }) }));
    extension.grant(grant);
    await expect.poll(() => extension.scripts.length).toBeGreaterThan(0);
    const scripts = registered();
    expect(scripts[OVERLAY]?.matches ?? []).toEqual(expect.arrayContaining(hosts));
    expect((scripts[OVERLAY]?.matches ?? []).filter((host) => host.includes('example'))).toEqual(
      hosts.filter((host) => host.includes('example')),
    );
    expect(scripts[GATE]?.matches).toEqual(gate === undefined ? undefined : [gate]);
  });

  it('given a rule that is switched off, leaves its site to the gate', async () => {
    const { extension, registered, page } = await aBackground();
    extension.grant(CLAUDE);
    await expect.poll(registered).toEqual({ [OVERLAY]: { matches: [CLAUDE] } });
    value(await page('switchRule', { id: 'claude', on: false }));
    expect(registered()).toEqual({ [GATE]: { matches: [CLAUDE] } });
    value(await page('switchRule', { id: 'claude', on: true }));
    expect(registered()).toEqual({ [OVERLAY]: { matches: [CLAUDE] } });
  });

  it('given several grants and a revocation, follows the permissions; given none, registers nothing', async () => {
    const { extension, registered } = await aBackground();
    extension.grant(CHAT);
    extension.grant('https://bot.example/*', 'http://localhost/*');
    await expect
      .poll(registered)
      .toEqual({ [GATE]: { matches: ['http://localhost/*', 'https://bot.example/*', CHAT] } });
    extension.revoke('https://bot.example/*');
    await expect.poll(registered).toEqual({ [GATE]: { matches: ['http://localhost/*', CHAT] } });
    extension.revoke(CHAT, 'http://localhost/*');
    await expect.poll(registered).toEqual({});
  });

  it('given a gate that saw a sign, loads the overlay into that very document', async () => {
    const { extension, content } = await aBackground();
    const tab = extension.openTab('https://chat.example/c/1');
    extension.grant(CHAT);
    await expect.poll(() => filesOf(tab)).toEqual(['gate.js']);
    value(await content(tab, 7)('wake', {}));
    await expect.poll(() => tab.loaded.at(-1)).toEqual({ file: 'overlay.js', where: { documentIds: ['1-7'] } });
  });

  it('given a gate on a site that is off by now, loads nothing', async () => {
    const { extension, content } = await aBackground();
    const tab = extension.openTab('https://chat.example/c/1');
    expect(await content(tab)('wake', {})).toMatchObject({ ok: false, error: { code: 'off' } });
    expect(await content(tab)('arrive', {})).toMatchObject({ ok: false, error: { code: 'off' } });
    expect(tab.loaded).toEqual([]);
  });

  it('given a revocation, lets every overlay ask whether it is still on', async () => {
    const background = await aBackground();
    const { extension } = background;
    const tab = extension.openTab('https://claude.ai/chat/1');
    extension.grant(CLAUDE);
    await expect.poll(() => tab.overlay).toBe(true);
    extension.revoke(CLAUDE);
    await expect.poll(() => pushesOf(tab)).toContain('pageChanged');
    expect(value(await background.content(tab)('openPage', { responseKeys: [] }))).toMatchObject({ on: false });
  });

  it('given an update, which forgets registered scripts, registers them and starts them anew', async () => {
    const { extension, registered } = await aBackground();
    extension.grant(CHAT, CLAUDE);
    await expect.poll(() => extension.scripts).toHaveLength(2);
    const before = registered();
    extension.scripts = [];
    const tab = extension.openTab('https://claude.ai/chat/1');
    extension.events.installed.fire({ reason: 'update' });
    await expect.poll(registered).toEqual(before);
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
    const tab = extension.openTab('https://claude.ai/chat/1');
    extension.grant(CLAUDE);
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

  it('given another threshold, lets overlays ask for the rules again', async () => {
    const { extension, page } = await startBackground();
    const tab = extension.openTab('https://chat.example/c/1');
    tab.overlay = true;
    value(await page('saveSettings', { assertFrom: 0.8 }));
    await expect.poll(() => pushesOf(tab)).toContain('rulesChanged');
  });

  it('given the popup, starts or stops the overlay in its tab at once', async () => {
    const { extension, page } = await startBackground();
    const tab = extension.openTab('http://localhost:8080/chat');
    const body = { origin: 'http://localhost:8080', tabId: tab.id };
    extension.origins = ['http://localhost/*'];
    value(await page('refreshSite', body));
    expect(filesOf(tab)).toEqual(['gate.js']);
    tab.overlay = true;
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
