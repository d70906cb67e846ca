/** Who wrote what: names, labels and people's words, answers to one prompt, and what a person points at. */
import type { Page } from 'puppeteer-core';
import { describe, expect, it } from 'vitest';
import { until } from '../support/browser/poll.ts';
import { inEachBareBrowser } from '../support/detection/bare.ts';
import { type DetectionWorld, seen, survey, watch } from '../support/detection/page.ts';

const base = {
  id: 'desk',
  name: 'Desk',
  version: '1',
  matches: ['https://desk.example/*'],
  provenance: { source: 'this test', date: '2026-11-21', confidence: 'high' },
};
/** A support tool: rows of anybody, with names and a label on bots. */
const desk = {
  ...base,
  variants: [
    {
      id: 'rows',
      row: '.row',
      author: { selector: '.name' },
      badge: { selector: '.badge', pattern: '^(AI|Bot)$' },
      note: '.row.internal',
      user: '.row.customer',
      draft: '.proposal',
      body: '.text',
    },
  ],
  composer: 'textarea',
};
/** A chat with AI, whose messages have no ids. */
const chat = {
  ...base,
  variants: [{ id: 'plain', assistant: '.answer', user: '.question', group: '.pair' }],
  composer: 'textarea',
  conversation: ['/chat/(\\w+)'],
};

const row = (name: string | null, text: string, more = '', badge = '') =>
  `<div class="row ${more}">${name === null ? '' : `<b class="name">${name}</b>`}${badge && `<i class="badge">${badge}</i>`}<div class="text">${text}</div></div>`;

inEachBareBrowser('in', (bare) => {
  async function at(path: string, body: string, rules: unknown[], more: Parameters<typeof watch>[1] = {}) {
    const html = `<!doctype html><meta charset="utf-8"><body><main>${body}</main><textarea></textarea></body>`;
    const page = await bare.openAt(`https://desk.example${path}`, html);
    await watch(page, { quietMs: 150, generic: false, rules, ...more });
    return page;
  }

  const texts = async (page: Page) => (await seen(page)).map(({ text }) => text);
  const roles = async (page: Page) => (await survey(page)).messages.map(({ role, author }) => [role, author]);
  const say = (page: Page, what: { authors?: unknown[]; threshold?: number; rules?: unknown[] }) =>
    page.evaluate(
      (json) => {
        const { detector } = globalThis as unknown as DetectionWorld;
        detector.use(JSON.parse(json));
      },
      JSON.stringify({
        rules: [{ ...desk, origin: 'bundled' }],
        authors: [],
        threshold: 0.5,
        generic: false,
        ...what,
      }),
    );
  const unknown = (page: Page) =>
    page.evaluate(() => {
      const { detector } = globalThis as unknown as DetectionWorld;
      return detector.authors().map(({ name: author, site, elements }) => [author, site, elements.length]);
    });
  const told = (page: Page) =>
    page.evaluate(() => {
      const { changes } = globalThis as unknown as DetectionWorld;
      const keys = (list: readonly { readonly key: string }[]) => list.map(({ key }) => key);
      return changes.map(({ added, changed, removed }) => [keys(added), keys(changed), keys(removed)] as const);
    });

  describe('on a page where people and machines answer', () => {
    const page = () =>
      at(
        '/',
        row('Ada', 'It broke.', 'customer') +
          row('Fin', 'Try again.', '', 'AI') +
          row('Fin', 'Ada is angry.', 'internal', 'AI') +
          row('Bea', 'I am on it.') +
          row('Lyro', 'I can help.') +
          row(null, 'Ticket closed.') +
          '<div class="proposal"><div class="text">Dear Ada</div></div>',
        [desk],
      );

    it('given a label on one row, that row is AI, a note stays a note, and whoever is not told to be AI is unknown', async () => {
      const tab = await page();
      expect(await roles(tab)).toEqual([
        ['user', 'Ada'],
        ['assistant', 'Fin'],
        ['note', 'Fin'],
        ['unknown', 'Bea'],
        ['unknown', 'Lyro'],
        ['unknown', null],
        ['draft', null],
      ]);
      const [fin, proposal] = await seen(tab);
      expect(fin).toMatchObject({ role: 'assistant', author: 'Fin', confidence: 0.8, asserted: true });
      expect(fin?.evidence).toEqual([{ kind: 'declared', detail: 'The page labels it “AI”', weight: 0.8 }]);
      expect(proposal).toMatchObject({ role: 'draft', text: 'Dear Ada' });
      expect(await unknown(tab)).toEqual([
        ['Bea', 'desk', 1],
        ['Lyro', 'desk', 1],
      ]);
    });

    it('when an author is said to be AI, and another a person, answers come and go without a reload', async () => {
      const tab = await page();
      await say(tab, {
        authors: [
          { site: 'desk', author: '  lyro ', is: 'assistant' },
          { site: 'https://desk.example', author: 'FIN', is: 'person' },
          { site: 'elsewhere', author: 'Bea', is: 'assistant' },
        ],
      });
      expect(await texts(tab)).toEqual(['I can help.', 'Dear Ada']);
      expect((await seen(tab))[0]?.evidence.map(({ kind }) => kind)).toEqual(['manual']);
      expect((await roles(tab)).map(([role]) => role)).toEqual([
        ...['user', 'agent', 'note', 'unknown', 'assistant', 'unknown', 'draft'],
      ]);
      expect(await unknown(tab)).toEqual([['Bea', 'desk', 1]]);
      await say(tab, {});
      expect(await texts(tab)).toEqual(['Try again.', 'Dear Ada']);
      // One comes and the other goes in one change.
      const moves = (await told(tab)).filter(([added, , removed]) => added.length === 1 && removed.length === 1);
      expect(moves).toHaveLength(2);
    });

    it('when the name or the label comes late, the answer comes with it', async () => {
      const tab = await page();
      await tab.evaluate(() => {
        const rows = document.querySelectorAll('.row');
        rows[5]?.insertAdjacentHTML('afterbegin', '<i class="badge">Bot</i>');
        rows[3]?.querySelector('.name')?.replaceChildren('Bea B.');
      });
      await until('the labelled row is found', async () => (await texts(tab)).includes('Ticket closed.'));
      expect((await unknown(tab)).map(([author]) => author)).toContain('Bea B.');
    });

    it('when the threshold rises, the same answers are offered instead of asserted', async () => {
      const tab = await page();
      await say(tab, { threshold: 0.9 });
      expect((await seen(tab)).map(({ asserted }) => asserted)).toEqual([false, true]);
      expect((await told(tab)).at(-1)?.[1]).toHaveLength(1);
    });
  });

  describe('where one prompt has several answers', () => {
    const question = '<p class="question">Name a color.</p>';
    const groups = async (page: Page) => (await seen(page)).map(({ variantOf }) => variantOf);

    it('given two side by side, they are variants; given two in turn, they are not', async () => {
      const tab = await at(
        '/chat/a',
        `${question}<div class="pair"><p class="answer">Red.</p><p class="answer">Blue.</p></div><p class="question">More</p><p class="answer">First,</p><p class="answer">second.</p>`,
        [chat],
      );
      await until('all have settled', async () => (await seen(tab)).every(({ settled }) => settled));
      const [red, blue, first, second] = await groups(tab);
      expect(red).not.toBeNull();
      expect(blue).toBe(red);
      expect([first, second]).toEqual([null, null]);
    });

    it('given a pager that writes into the same element, each answer has its own key and both belong together', async () => {
      const tab = await at('/chat/a', `${question}<p class="answer">Red, as the sun in the evening.</p>`, [chat]);
      const settledText = async (text: string) =>
        until(`“${text}” has settled`, async () =>
          (await seen(tab)).find((response) => response.text === text && response.settled),
        );
      const write = async (text: string) => {
        const before = (await told(tab)).length;
        await tab.evaluate((words) => document.querySelector('.answer')?.replaceChildren(words), text);
        // Until the next frame the answer is the one that stood there, whatever the page says by now.
        await until('the change is noticed', async () => (await told(tab)).length > before);
      };
      const before = await settledText('Red, as the sun in the evening.');
      expect(before.variantOf).toBeNull();
      await write('Blue, as the sky at noon.');
      const after = await settledText('Blue, as the sky at noon.');
      expect(after.key).not.toBe(before.key);
      expect(after.variantOf).not.toBeNull();
      await write('Red, as the sun in the evening.');
      const again = await settledText('Red, as the sun in the evening.');
      expect(again.key).toBe(before.key);
      expect(again.variantOf).toBe(after.variantOf);
    });

    it('given the same question asked twice, its answers are no variants', async () => {
      const tab = await at(
        '/chat/a',
        `${question}<p class="answer">Red.</p><p class="question">And?</p><p class="answer">Blue.</p><p class="question">And?</p><p class="answer">Green.</p>`,
        [chat],
      );
      await until('all have settled', async () => (await seen(tab)).every(({ settled }) => settled));
      expect(await groups(tab)).toEqual([null, null, null]);
    });
  });

  describe('what a person points at', () => {
    const article =
      '<article><h1>Tents</h1><p id="a">The <b>Aller</b> weighs 1.9 kg.</p><p id="b">The Weser weighs 2.4 kg.</p></article>';
    const include = (page: Page, selector: string, range?: [from: number, to: number]) =>
      page.evaluate(
        (one, part) => {
          const { detector } = globalThis as unknown as DetectionWorld;
          const element = document.querySelector(one) as Element;
          if (!part) return detector.include(element)?.key ?? null;
          const text = document.createTreeWalker(element, NodeFilter.SHOW_TEXT).nextNode() as Text;
          const selection = document.createRange();
          selection.setStart(text, part[0]);
          selection.setEnd(element, element.childNodes.length);
          return detector.include(selection)?.key ?? null;
        },
        selector,
        range,
      );

    it('given no rule at all, an element that is pointed at is an answer, and is found again when the page builds it anew', async () => {
      const tab = await at('/', article, []);
      expect(await seen(tab)).toEqual([]);
      const key = await include(tab, '#a');
      expect(await include(tab, '#a b')).toBe(key);
      const [only] = await seen(tab);
      expect(only).toMatchObject({
        ...{ key, text: 'The Aller weighs 1.9 kg.', markdown: 'The **Aller** weighs 1.9 kg.', asserted: true },
        foundBy: { site: 'manual', variant: null },
      });
      expect(key).toMatch(/^manual@desk\.example\|\|f:/);
      expect((await survey(tab)).health.found).toMatchObject({ manual: 1, rule: 0 });
      await tab.evaluate((html) => document.querySelector('main')?.setHTMLUnsafe?.(html), article);
      await until('the page was built anew', async () => (await told(tab)).length > 1);
      const again = await until('the answer is found again', async () => (await seen(tab))[0]);
      expect(again.key).toBe(key);
      expect(await include(tab, 'textarea')).toBeNull();
    });

    it('given a selection inside a paragraph, exactly the selected words are read, also after the page builds it anew', async () => {
      const tab = await at('/', article, []);
      const key = await include(tab, '#b', [4, 0]);
      const [only] = await seen(tab);
      expect(only).toMatchObject({ key, text: 'Weser weighs 2.4 kg.', length: 20 });
      await tab.evaluate((html) => document.querySelector('main')?.setHTMLUnsafe?.(html), article);
      const again = await until('the words are found again', async () => {
        const [one] = await seen(tab);
        return (await told(tab)).length > 1 && one;
      });
      expect(again).toMatchObject({ key, text: 'Weser weighs 2.4 kg.' });
    });

    it('given an answer that was only offered, pointing at it asserts it', async () => {
      const tab = await at('/', row('Fin', 'Try again.', '', 'AI'), [desk], { threshold: 0.9 });
      expect((await seen(tab))[0]).toMatchObject({ asserted: false });
      await include(tab, '.text');
      const [only, ...more] = await seen(tab);
      expect(only).toMatchObject({ asserted: true, confidence: 1, foundBy: { site: 'desk' } });
      expect(more).toEqual([]);
    });
  });
});
