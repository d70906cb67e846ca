/** Pages that no rule knows, rules that a page outgrew, and rules and pages that mean harm. */
import type { Page } from 'puppeteer-core';
import { describe, expect, it } from 'vitest';
import type { SiteRule } from '../../utils/detection/types.ts';
import { until } from '../support/browser/poll.ts';
import { inEachBareBrowser } from '../support/detection/bare.ts';
import { type DetectionWorld, seen, survey, watch } from '../support/detection/page.ts';

const rule = (more: Partial<SiteRule>): SiteRule => ({
  id: 'own',
  name: 'Own',
  version: '1',
  matches: ['https://own.example/*'],
  variants: [{ id: 'a', assistant: '.answer', user: '.question' }],
  composer: 'textarea',
  provenance: { source: 'this test', date: '2026-11-21', confidence: 'high' },
  ...more,
});

const asked = (text: string) => `<div data-message-author-role="user">${text}</div>`;
const answered = (text: string) => `<div data-message-author-role="assistant"><p>${text}</p></div>`;
const talk = `<main>${asked('What is two and two?')}${answered('Two and two is four, as far as I know.')}${asked('And three?')}${answered('Three and three is six, which is more.')}</main><textarea></textarea>`;

inEachBareBrowser('in', (bare) => {
  async function at(body: string, options: Parameters<typeof watch>[1] = {}) {
    const html = `<!doctype html><meta charset="utf-8"><body>${body}</body>`;
    const page = await bare.openAt('https://own.example/', html);
    await watch(page, { quietMs: 150, ...options });
    return page;
  }
  const texts = async (page: Page) => (await seen(page)).map(({ text }) => text);
  const health = (page: Page) => page.evaluate(() => (globalThis as unknown as DetectionWorld).health.join());
  const found = (page: Page, count: number) =>
    until(`${count} answers are found`, async () => {
      const responses = await seen(page);
      return responses.length === count && responses;
    });

  describe('where no rule finds anything', () => {
    it('given a page that declares who speaks, its answers are found without a rule, and new ones when they come', async () => {
      const page = await at(talk, { rules: [] });
      const responses = await found(page, 2);
      expect(responses[0]).toMatchObject({ foundBy: { site: 'generic' }, asserted: true });
      expect(responses[0]?.key).toMatch(/^generic@own\.example\|/);
      expect(responses[0]?.evidence.length).toBeGreaterThan(0);
      await page.evaluate(
        (html) => document.querySelector('main')?.insertAdjacentHTML('beforeend', html),
        asked('And four?') + answered('Four and four is eight.'),
      );
      await found(page, 3);
      expect((await survey(page)).messages.map(({ role }) => role)).toEqual([
        ...['user', 'assistant', 'user', 'assistant', 'user', 'assistant'],
      ]);
      expect(await survey(page)).toMatchObject({ rule: null, health: { state: 'fallback' } });
      expect(await health(page)).toBe('fallback');
    });

    it('given the finder is off, or the page has no AI, nothing is found and nobody hears a thing', async () => {
      const off = await at(talk, { rules: [], generic: false });
      const article = await at('<article><p>One.</p><p>Two.</p></article><textarea></textarea>', { rules: [] });
      await new Promise((resolve) => setTimeout(resolve, 900));
      for (const page of [off, article]) {
        expect(await seen(page)).toEqual([]);
        expect(await page.evaluate(() => (globalThis as unknown as DetectionWorld).changes.length)).toBe(0);
        expect(await health(page)).toBe('');
      }
    });

    it('given a page that renames its classes, the answers stay found under their keys', async () => {
      const page = await at(talk, { rules: [] });
      const before = (await found(page, 2)).map(({ key }) => key);
      await page.evaluate(() => {
        const main = document.querySelector('main');
        if (main) main.innerHTML = main.innerHTML.replaceAll('data-message-author-role', 'data-author-role');
      });
      await until('they are found by other signs', async () => {
        const responses = await seen(page);
        return responses.length === 2 && responses.every(({ settled }) => settled);
      });
      expect((await seen(page)).map(({ key }) => key)).toEqual(before);
    });

    it('given a rule whose site has changed, that is said, and the answers are found meanwhile; a new rule puts it right', async () => {
      const page = await at(talk, {
        rules: [rule({ variants: [{ id: 'old', assistant: '.gone', user: '[data-message-author-role="user"]' }] })],
      });
      const [first] = await until('the finder finds them', async () => {
        const responses = await seen(page);
        return responses.length === 2 && responses;
      });
      expect(first?.foundBy.site).toBe('generic');
      expect(first?.key).toMatch(/^own\|/);
      expect(await health(page)).toBe('changed');
      const { health: changed } = await survey(page);
      expect(changed.message).toMatch(/Own has changed.*Point at an answer/);
      expect(changed.selectors).toContainEqual({ variant: 'old', field: 'assistant', selector: '.gone', matched: 0 });
      await page.evaluate(
        (json) => {
          const { detector } = globalThis as unknown as DetectionWorld;
          detector.use({ rules: [JSON.parse(json)], authors: [], threshold: 0.5, generic: true });
        },
        JSON.stringify({
          ...rule({
            variants: [
              {
                id: 'new',
                assistant: '[data-message-author-role="assistant"]',
                user: '[data-message-author-role="user"]',
              },
            ],
          }),
          origin: 'user',
        }),
      );
      expect((await seen(page)).map(({ foundBy, key }) => [foundBy.variant, key])).toEqual([
        ['new', first?.key],
        ['new', expect.any(String)],
      ]);
      expect(await health(page)).toBe('changed,working');
    });

    it('given a rule that knows only the site, its conversation and name are kept with what the finder finds', async () => {
      const page = await at(talk, { rules: [rule({ variants: [], conversation: ['^/(\\w*)'] })] });
      const [first] = await found(page, 2);
      expect(first).toMatchObject({ foundBy: { site: 'generic' }, key: expect.stringMatching(/^own\|/) });
      expect(await survey(page)).toMatchObject({
        rule: { site: 'own' },
        composer: 'textarea',
        health: { state: 'fallback' },
      });
    });
  });

  describe('what the reader cannot see', () => {
    it('given thousands of hidden messages, none is offered, and each is once it is shown', async () => {
      const hidden = Array.from({ length: 5_000 }, (_, at) => `<p class="answer">Hidden ${at}.</p>`).join('');
      const page = await at(
        `<p class="answer">Seen.</p><div id="off" style="display:none">${hidden}</div><p class="answer" style="visibility:hidden">No.</p><p class="answer" style="opacity:0">No.</p><p class="answer sr-only">No.</p>`,
        { rules: [rule({})], generic: false },
      );
      await found(page, 1);
      await new Promise((resolve) => setTimeout(resolve, 600));
      expect(await texts(page)).toEqual(['Seen.']);
      expect((await survey(page)).messages).toHaveLength(1);
      await page.evaluate(() => {
        const off = document.querySelector('#off') as HTMLElement;
        while (off.childElementCount > 3) off.lastChild?.remove();
        off.style.display = '';
      });
      await page.keyboard.press('a');
      await found(page, 4);
    });

    it('given thousands of fake messages, the page stays quick and the work ends', async () => {
      const fakes = Array.from({ length: 5_000 }, (_, at) => `<p class="answer">Fake ${at}.</p>`).join('');
      const page = await at(fakes, { rules: [rule({})], generic: false });
      await until('the work has ended', async () => (await seen(page)).length === 2_000);
      const ms = (await survey(page)).ms;
      await new Promise((resolve) => setTimeout(resolve, 400));
      expect((await survey(page)).ms).toBe(ms);
    });
  });

  describe('rules that mean harm', () => {
    const spread = `<div>${Array.from({ length: 3_000 }, (_, at) => `<p class="answer n${at}">Text ${at}</p>`).join('')}</div>`;

    it.each([
      ['selects everything', rule({ variants: [{ id: 'a', assistant: '*' }] }), /Own.*selects everything/],
      ['asks everything for its inside', rule({ variants: [{ id: 'a', assistant: 'div:has(*)' }] }), /Own.*everything/],
      ['is not CSS', rule({ variants: [{ id: 'a', assistant: 'p[' }] }), /Own.*does not know/],
      [
        'has a pattern that never ends',
        rule({ variants: [{ id: 'a', assistant: 'p', messageId: { attribute: 'class', pattern: '^(a+)+$' } }] }),
        /Own.*could be slow/,
      ],
      [
        'has many :has() in a row',
        rule({ variants: [{ id: 'a', assistant: `p${':has(a)'.repeat(9)}` }] }),
        /Own.*:has\(\)/,
      ],
    ])('given one that %s, it is refused and named', async (_, bad, message) => {
      const page = await at(spread, { rules: [bad], generic: false });
      expect(await seen(page)).toEqual([]);
      const { health: now } = await until('the rule was read', async () => {
        const told = await survey(page);
        return told.health.state !== 'idle' && told;
      });
      expect(now).toMatchObject({ state: 'broken', message: expect.stringMatching(message) });
      expect(await health(page)).toBe('broken');
    });

    it('given one that compares all siblings with all others, it is cut off before it has cost a frame', async () => {
      const bad = rule({ variants: [{ id: 'a', assistant: '.none ~ p ~ p ~ p, .answer:has(~ p ~ p ~ .none)' }] });
      // So many that no engine of a browser gets through in time.
      const crowd = spread.replace('</div>', `${'<p class="answer">More</p>'.repeat(12_000)}</div>`);
      const page = await at(crowd, { rules: [bad], generic: false });
      const { health: now, ms } = await until('the rule was tried', async () => {
        const told = await survey(page);
        return told.health.state !== 'idle' && told;
      });
      expect(now).toMatchObject({ state: 'slow', message: expect.stringMatching(/“Own” is off on this page/) });
      // Without the trial this takes minutes.
      expect(ms).toBeLessThan(1_000);
    });

    it('given two hundred selectors, those of the first variants are used and the page is read', async () => {
      const variants = Array.from({ length: 200 }, (_, at) => ({ id: `v${at}`, assistant: `.n${at}` }));
      const page = await at(spread, { rules: [rule({ variants })], generic: false });
      await found(page, 12);
    });
  });

  describe('inside frames and shadow roots', () => {
    it('given roots within roots, answers are found as they come, however deep', async () => {
      const page = await at('<x-one></x-one>', { rules: [rule({})], generic: false });
      await page.evaluate(() => {
        let host = document.querySelector('x-one') as Element;
        for (let depth = 0; depth < 5; depth += 1) {
          const root = host.attachShadow({ mode: 'open' });
          root.innerHTML = '<x-next></x-next>';
          host = root.firstElementChild as Element;
        }
        const root = host.attachShadow({ mode: 'open' });
        setTimeout(() => {
          root.innerHTML = '<p class="question">Deep?</p><p class="answer">Six roots down.</p>';
        }, 200);
      });
      const [only] = await found(page, 1);
      expect(only).toMatchObject({ text: 'Six roots down.', prompt: 'Deep?' });
      const around = await page.evaluate(() => {
        const { detector } = globalThis as unknown as DetectionWorld;
        const text = detector.responses()[0]?.element.firstChild;
        return text ? detector.responseAt(text)?.messageId : undefined;
      });
      expect(around).toBeNull();
    });

    it('given documents without an address of their own, the rules of their page apply', async () => {
      const page = await at(
        '<iframe srcdoc="<p class=question>In?</p><p class=answer>In a frame.</p>"></iframe><iframe id="blank"></iframe>',
        { rules: [], generic: false },
      );
      await page.evaluate(() => {
        const blank = (document.querySelector('#blank') as HTMLIFrameElement).contentDocument;
        if (blank) blank.body.innerHTML = '<p class="answer">In a blank one.</p>';
      });
      const frames = page.frames().filter((frame) => frame !== page.mainFrame());
      expect(frames).toHaveLength(2);
      for (const frame of frames) {
        await watch(frame, { rules: [rule({})], generic: false });
        expect(await survey(frame)).toMatchObject({ url: 'https://own.example/', rule: { site: 'own' } });
        expect((await seen(frame)).map(({ key, text }) => [key.split('|')[0], text.split(' ')[0]])).toEqual([
          ['own', 'In'],
        ]);
      }
    });
  });
});
