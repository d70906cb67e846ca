import 'fake-indexeddb/auto';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createConsent } from '../../../entrypoints/workbench/store/consent.ts';
import { createSites, entriesOf } from '../../../entrypoints/workbench/store/sites.ts';
import type { Browser } from '../../../utils/browser.ts';
import { knownSites } from '../../../utils/detection/known-sites.ts';
import { dataCollection } from '../../../utils/messaging/consent.ts';
import { withPerson } from '../../support/asked-permissions.ts';
import { type Background, startBackground } from '../../support/background.ts';

let background: Background;
let stop: AbortController;

beforeEach(async () => {
  background = await startBackground();
  stop = new AbortController();
});
afterEach(() => stop.abort());

function open() {
  const { person, browser } = withPerson(background.extension);
  // The fake's events know no removal; the page lives as long as the test.
  const never = { removeListener: () => {} };
  Object.assign(background.extension.events.granted, never);
  Object.assign(background.extension.events.revoked, never);
  return { person, permissions: browser.permissions as unknown as Browser['permissions'] };
}

describe('the sites in the settings', () => {
  it('given known and other sites that are on, lists the known first and each once', () => {
    const known = [{ name: 'ChatGPT', patterns: ['https://chatgpt.com/*', 'https://chat.openai.com/*'] }];
    const granted = ['http://localhost/*', 'https://chat.example/*', 'https://chatgpt.com/*'];
    expect(entriesOf(granted, known).map(({ name, hosts, on }) => [name, hosts, on])).toEqual([
      ['ChatGPT', 'chatgpt.com, chat.openai.com', true],
      ['http://localhost', 'http://localhost', true],
      ['chat.example', 'chat.example', true],
    ]);
  });

  it('knows the products of the bundled rules by whole hosts, and no product that any site may embed', () => {
    const known = knownSites();
    const names = known.map(({ name }) => name);
    expect(names).toEqual(expect.arrayContaining(['ChatGPT', 'Claude', 'Gemini', 'Microsoft Copilot', 'Grok']));
    expect(names).not.toContain('deep-chat');
    for (const { patterns } of known) for (const pattern of patterns) expect(pattern).toMatch(/^https:\/\/[^/]+\/\*$/);
    // The same hosts are the same permission, so they have one switch.
    expect(new Set(known.map(({ patterns }) => patterns.join(' '))).size).toBe(known.length);
  });

  it('given a switch turned on and off, asks for these hosts only and follows what the browser says', async () => {
    const { person, permissions } = open();
    const sites = createSites(permissions, background.page, stop.signal);
    const grok = sites.entries.value.find(({ name }) => name === 'Grok');
    if (!grok) throw new Error('Grok is not offered');
    await sites.toggle(grok, true);
    expect(person.asked).toEqual([grok.patterns]);
    expect(sites.entries.value.find(({ name }) => name === 'Grok')?.on).toBe(true);
    background.extension.revoke(...grok.patterns);
    await vi.waitFor(() => expect(sites.entries.value.find(({ name }) => name === 'Grok')?.on).toBe(false));
  });
});

describe('Firefox’s consent to sending', () => {
  it('given a browser that knows no such permission, never asks', async () => {
    const { person, permissions } = open();
    const consent = createConsent(permissions, stop.signal);
    expect(await consent.ask()).toBe(true);
    expect(person.asked).toEqual([]);
  });

  it('given that it is missing, asks for all that a review may contain, and takes no for an answer', async () => {
    background.extension.dataCollection = [];
    const { person, permissions } = open();
    const consent = createConsent(permissions, stop.signal);
    await vi.waitFor(() => expect(consent.given.value).toBe(false));
    person.answer = false;
    expect(await consent.ask()).toBe(false);
    person.answer = true;
    expect(await consent.ask()).toBe(true);
    expect(person.asked).toEqual([[...dataCollection], [...dataCollection]]);
    expect(consent.given.value).toBe(true);
  });
});
