/** The background's door: who asks decides what may be asked, and a message can be anything. */
import { expect, it } from 'vitest';
import type { PageRules } from '../../utils/detection/types.ts';
import { failure } from '../../utils/errors.ts';
import { uuidv7 } from '../../utils/review/ids.ts';
import { until } from '../support/browser/poll.ts';
import type { Json, Surface } from '../support/browser/types.ts';
import { inEachBrowser } from '../support/given.ts';
import { approveOrder } from '../support/judge.ts';
import { aRule } from '../support/rules.ts';

/** Sends one message to the background from where `world` is. */
const send = (world: Surface, message: Json) =>
  world.evaluate((_root, sent) => {
    type Runtime = { runtime: { sendMessage(message: unknown): Promise<unknown> } };
    const extension = globalThis as unknown as { browser?: Runtime; chrome: Runtime };
    return (extension.browser ?? extension.chrome).runtime.sendMessage(sent) as Promise<Json>;
  }, message);

const call = (name: string, body: Json): Json => ({ countersign: 1, call: name, body });

const pageOnly: readonly (readonly [string, Json])[] = [
  ['saveSettings', { paused: true }],
  ['saveDestination', { id: null, name: 'Evil', connector: 'webhook', url: 'https://evil.example.com/' }],
  ['removeDestination', { id: 'any' }],
  ['testDestination', { id: null, name: 'Evil', connector: 'webhook', url: 'https://evil.example.com/' }],
  ['deleteReviews', { all: true }],
  ['deliverNow', {}],
  ['resend', { destinationId: 'any' }],
  ['refreshSite', { origin: 'https://bank.example', tabId: null }],
  ['saveRule', { rule: aRule({ matches: ['https://bank.example/*'] }) as unknown as Json }],
  ['removeRule', { id: 'chatgpt' }],
  ['switchRule', { id: 'chatgpt', on: false }],
  ['saveAuthor', { site: 'https://bank.example', author: 'Bank', is: 'assistant' }],
  ['importRules', { json: '{}' }],
  ['setRulePack', { url: 'https://evil.example.com/' }],
  ['updateRulePack', {}],
  ['startPicker', { tabId: 1 }],
  ['getToken', {}],
  ['export', {}],
  ['__proto__', {}],
  ['constructor', {}],
];

const forbidden = { ok: false, error: failure('forbidden') };

inEachBrowser('the door of the background', (given) => {
  it('given the content script’s own world, when it asks for what only our pages may, then each answer is the bare "forbidden"', async ({
    skip,
  }) => {
    const review = await given.openChat('deep-chat', 'orders');
    await approveOrder(review);
    const world = await review.tab.contentWorld();
    if (!world)
      return skip('Firefox shows no world of a content script; the unit tests of the messaging server cover it');

    for (const [name, body] of pageOnly) expect(await send(world, call(name, body)), name).toEqual(forbidden);

    expect(await given.inside.revisions(1)).toHaveLength(1);
    expect((await given.inside.stored()).destinations).toEqual([]);
  });

  it('given the editor’s page in a tab of its own, when it asks for what it may not, then the answer is "forbidden"', async () => {
    const tab = await given.openExtension('editor.html');
    for (const [name, body] of [...pageOnly, ['saveDraft', { judgement: null }] as const])
      expect(await send(tab.document, call(name, body)), name).toEqual(forbidden);
    expect((await given.inside.stored()).destinations).toEqual([]);
  });

  it('given a content script that claims another origin, when it saves, then the sender’s origin is stored or nothing is', async ({
    skip,
  }) => {
    const review = await given.openChat('deep-chat', 'orders');
    await approveOrder(review);
    const world = await review.tab.contentWorld();
    if (!world)
      return skip('Firefox shows no world of a content script; the unit tests of the messaging server cover it');
    const [row] = await given.inside.revisions(1);
    if (!row) throw new Error('nothing stored');
    const { snapshot, judgement } = row.review;
    const draft = {
      id: uuidv7(),
      basedOn: 0,
      saveId: uuidv7(),
      responseKey: 'bank@bank.example||1',
      snapshot: { ...snapshot, pageUrl: 'https://bank.example/account' },
      judgement,
      surface: 'toolbar',
      visibility: 'verified',
      spentMs: 1,
    } as unknown as { [key: string]: Json };

    const claimed = await send(world, call('saveReview', { ...draft, origin: 'https://bank.example' }));
    expect(claimed).toMatchObject({ ok: false, error: { code: 'invalid', field: 'origin' } });
    await send(world, call('saveReview', draft));

    const { revisions } = await given.inside.stored();
    for (const { review: stored } of revisions) expect(stored.origin).toBe(given.chats.origin);
  });

  it('given a content script that keeps a rule and an author for another site, then they are kept for its own or not at all', async ({
    skip,
  }) => {
    const review = await given.openChat('deep-chat', 'orders');
    await until('the overlay is on the page', () => review.tab.overlay());
    const world = await review.tab.contentWorld();
    if (!world) return skip('Firefox shows no world of a content script; the unit tests of the background cover it');
    const claimed = aRule({ id: 'chatgpt', matches: ['https://bank.example/*', 'https://chatgpt.com/*'] });
    try {
      expect(await send(world, call('keepRule', { rule: claimed as unknown as Json }))).toEqual({
        ok: true,
        value: null,
      });
      const author = { site: 'https://bank.example', author: 'Bank', is: 'assistant' };
      expect(await send(world, call('keepAuthor', author))).toMatchObject({ ok: false, error: { field: 'site' } });
      const { rules } = ((await send(world, call('arrive', {}))) as unknown as { value: PageRules }).value;
      const kept = rules.filter(({ origin }) => origin === 'user');
      expect(kept.map(({ matches }) => matches)).toEqual([[`${given.chats.origin}/*`]]);
      expect(rules.map(({ id }) => id)).not.toContain('chatgpt');
    } finally {
      await send(world, call('keepRule', { rule: null }));
    }
  });

  it('given messages of any shape, when they arrive, then each gets a typed answer and the background lives on', async ({
    skip,
  }) => {
    const review = await given.openChat('deep-chat', 'orders');
    await until('the overlay is on the page', () => review.tab.overlay());
    const world = await review.tab.contentWorld();
    if (!world)
      return skip('Firefox shows no world of a content script; the unit tests of the messaging server cover it');
    const deep = await world.evaluate(async () => {
      const runtime = (
        globalThis as unknown as { chrome: { runtime: { sendMessage(message: unknown): Promise<unknown> } } }
      ).chrome.runtime;
      let nested: unknown = {};
      for (let level = 0; level < 2_000; level += 1) nested = { nested };
      const bodies: unknown[] = [
        null,
        'text',
        7,
        [],
        {},
        { responseKeys: 'not a list' },
        { responseKeys: [1, 2] },
        { responseKeys: ['x'.repeat(5_000)] },
        { responseKeys: [], extra: true },
        JSON.parse('{"responseKeys":[],"__proto__":{"polluted":true}}'),
        JSON.parse('{"responseKeys":[],"constructor":{"prototype":{"polluted":true}}}'),
        nested,
        { responseKeys: [], big: 'x'.repeat(10_000_000) },
      ];
      const answers: string[] = [];
      for (const body of bodies) {
        const answer = (await runtime.sendMessage({ countersign: 1, call: 'openPage', body })) as {
          ok: boolean;
          error?: { code: string };
        };
        answers.push(answer.ok ? 'ok' : (answer.error?.code ?? 'none'));
      }
      return answers;
    });
    expect(new Set(deep)).toEqual(new Set(['invalid']));
    await approveOrder(review);
    await given.inside.revisions(1);
  });

  it('given a destination with a token and a secret, when a content script looks around, then they are nowhere to be found', async () => {
    await given.inside.deliverTo({
      url: 'https://reviews.example.com/v1/events',
      token: 'TOKEN-in-hiding',
      secret: `whsec_${Buffer.from('a secret of thirty-two bytes ok!').toString('base64')}`,
    });
    const review = await given.openChat('deep-chat', 'orders');
    await approveOrder(review);
    const look = async (_root: Document | ShadowRoot) => {
      type Storage = Record<string, { get(keys: null): Promise<object> } | undefined>;
      const extension = globalThis as unknown as { browser?: { storage: Storage }; chrome?: { storage: Storage } };
      const storage = (extension.browser ?? extension.chrome)?.storage ?? {};
      const found = await Promise.all(
        ['local', 'session', 'sync', 'managed'].map(async (area) => {
          try {
            return JSON.stringify(await storage[area]?.get(null));
          } catch {
            return 'denied';
          }
        }),
      );
      return found.join(' ');
    };
    const world = await review.tab.contentWorld();
    // Firefox lets content scripts read storage.local, so nothing may be in it: an extension page sees all that they could.
    const everything = world
      ? await world.evaluate(look)
      : await (await given.openExtension('popup.html')).document.evaluate(look);
    expect(everything).not.toMatch(/TOKEN-in-hiding|whsec_/);
    const shown = [
      await review.toolbar.text(),
      await review.tab.document.evaluate((root) => (root as Document).documentElement.outerHTML),
    ];
    expect(shown.join(' ')).not.toMatch(/TOKEN-in-hiding|whsec_|reviews\.example/);
    for (const { id } of (await given.inside.stored()).destinations)
      await given.inside.call('removeDestination', { id });
  });
});
