/** What happens to answers while people use a chat: streaming, rebuilding, moving about, reloading, scrolling. */
import type { Page } from 'puppeteer-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type ChatProductId, type ChatServer, chatProducts, startChats } from '../fixtures/chats/server.ts';
import { until } from '../support/browser/poll.ts';
import { inEachBareBrowser } from '../support/detection/bare.ts';
import { type DetectionWorld, type SeenResponse, seen, watch } from '../support/detection/page.ts';

/** A change as text: what came, changed, left, and which key became which. */
interface Told {
  readonly added: readonly string[];
  readonly changed: readonly string[];
  readonly removed: readonly string[];
  readonly rekeyed: readonly (readonly [from: string, to: string])[];
  readonly conversationKey: string | null;
}

async function told(page: Page): Promise<Told[]> {
  const json = await page.evaluate(() => {
    const { changes } = globalThis as unknown as DetectionWorld;
    const keys = (responses: readonly { readonly key: string }[]) => responses.map(({ key }) => key);
    return JSON.stringify(
      changes.map(({ added, changed, removed, rekeyed, conversationKey }) => ({
        added: keys(added),
        changed: keys(changed),
        removed: keys(removed),
        rekeyed: rekeyed.map(({ from, response }) => [from, response.key]),
        conversationKey,
      })),
    );
  });
  return JSON.parse(json);
}

const settled = (page: Page, count: number) =>
  until(`${count} answers have settled`, async () => {
    const responses = await seen(page);
    return responses.length === count && responses.every((response) => response.settled) && responses;
  });

const keysOf = (responses: readonly SeenResponse[]) => responses.map(({ key }) => key);

const composers: Readonly<Record<ChatProductId, string>> = {
  'deep-chat': 'deep-chat >>> #text-input',
  'web-chat': '.webchat__send-box-text-box__input',
  chatscope: '.cs-message-input__content-editor',
};

inEachBareBrowser('in', (bare) => {
  let chats: ChatServer;

  beforeAll(async () => {
    chats = await startChats();
  });
  afterAll(async () => {
    await chats?.close();
  });

  async function visit(product: ChatProductId, conversation: string, query: Record<string, string> = {}) {
    const page = await bare.newPage();
    await page.goto(chats.url(product, conversation, query));
    await watch(page);
    return page;
  }

  /** A page of one's own, with the classic ChatGPT markup unless said otherwise. */
  async function own(body: string, options: { url?: string; quietMs?: number; rules?: unknown } = {}) {
    const page = await bare.openAt(options.url ?? 'https://chatgpt.com/', `<!doctype html><body>${body}</body>`);
    await watch(page, { quietMs: options.quietMs ?? 200, ...(options.rules ? { rules: options.rules } : {}) });
    return page;
  }

  const answer = (id: string, text: string, more = '') =>
    `<div data-message-author-role="assistant" data-message-id="${id}" ${more}><div class="markdown"><p>${text}</p></div></div>`;
  const question = (text: string) => `<div data-message-author-role="user">${text}</div>`;

  async function ask(page: Page, product: ChatProductId, words: string) {
    const composer = await page.waitForSelector(composers[product]);
    await composer?.click();
    await page.keyboard.type(words);
    await page.keyboard.press('Enter');
  }

  describe.each(Object.keys(chatProducts) as ChatProductId[])('on %s', (product) => {
    it('an answer is judged complete once it is, and keeps one key from then on', async () => {
      const page = await visit(product, 'warranty', { answers: 'slow' });
      const before = keysOf(await settled(page, 1));

      await ask(page, product, 'How long does a refund take?');
      const growing = await until('the answer grows', async () => (await seen(page)).find(({ settled }) => !settled));
      expect(growing.key).toContain('|warranty|p:');
      const after = await settled(page, 2);

      expect(after[1]?.text).toMatch(/^We send the money back within 5 working days.*booked it\.$/s);
      expect(after[1]?.prompt).toBe('How long does a refund take?');
      expect(keysOf(after)[0]).toBe(before[0]);
      const moves = (await told(page)).flatMap(({ rekeyed }) => rekeyed);
      expect(moves).toContainEqual([growing.key, after[1]?.key]);
      // Nothing was called complete before its end: it settled once.
      const verdicts = (await told(page)).filter(({ changed }) => changed.includes(after[1]?.key ?? ''));
      expect(verdicts).toHaveLength(1);

      await page.click('#rebuild');
      const rebuilt = await settled(page, 2);
      expect(keysOf(rebuilt)).toEqual(keysOf(after));

      await page.reload();
      await watch(page);
      expect(keysOf(await settled(page, 2))).toEqual(keysOf(after));
    });

    it('moving between conversations takes their answers along', async () => {
      const page = await visit(product, 'orders');
      const first = keysOf(await settled(page, 1));
      await page.click('nav a[href*="/c/warranty"]');
      const second = await until('only the other conversation is there', async () => {
        const responses = await seen(page);
        const other = responses.every(({ conversationKey, settled }) => conversationKey === 'warranty' && settled);
        return responses.length > 0 && other && responses;
      });
      expect(second[0]?.text).toContain('sorry');
      await page.goBack();
      await until('the first conversation is back', async () => {
        const responses = await seen(page);
        return responses[0]?.settled === true && keysOf(responses)[0] === first[0];
      });
      const last = (await told(page)).at(-1);
      expect(last?.conversationKey).toBe('orders');
    });
  });

  it('given rows that leave and come back, when one scrolls, an answer keeps its key', async () => {
    const page = await visit('chatscope', 'long', { virtual: '1' });
    const bottom = await until('rows are there', async () => {
      const responses = await seen(page);
      return responses.length > 5 && responses.every((response) => response.settled) && responses;
    });
    const scroll = (top: number) =>
      page.evaluate((to) => {
        const scroller = document.querySelector('.cs-message-list__scroll-wrapper');
        if (scroller) scroller.scrollTop = to;
      }, top);
    await scroll(0);
    await until('the first answer is there', async () => (await seen(page))[0]?.text.startsWith('Item 1 '));
    await scroll(1_000_000);
    const again = await until('the last answers are back', async () => {
      const responses = await seen(page);
      return responses.at(-1)?.text === bottom.at(-1)?.text && responses;
    });
    const keyOf = new Map(bottom.map(({ text, key }) => [text, key]));
    const both = again.filter(({ text }) => keyOf.has(text));
    expect(both.length).toBeGreaterThan(3);
    for (const { text, key, prompt } of both.filter(({ prompt }) => prompt !== null)) {
      expect([prompt, key]).toEqual([prompt, keyOf.get(text)]);
    }
  });

  it('given a chat without a name, when the site names it, the answers that stay move along', async () => {
    const page = await own(`${question('Hi')}${answer('a-1', 'Hello, how can I help?')}`);
    const [before] = await settled(page, 1);
    expect(before?.key).toBe('chatgpt||m:a-1');
    await page.evaluate(() => history.pushState(null, '', '/c/6f1c2d3e-aaaa-4bbb-8ccc-0123456789ab'));
    await until('the answer has moved', async () => (await seen(page))[0]?.conversationKey !== null);
    const moves = (await told(page)).flatMap(({ rekeyed }) => rekeyed);
    expect(moves).toEqual([['chatgpt||m:a-1', 'chatgpt|6f1c2d3e-aaaa-4bbb-8ccc-0123456789ab|m:a-1']]);
  });

  it('given a growing answer with a mark, when the mark goes, it has settled at once; when it grows after all, it has not', async () => {
    const rules = [
      {
        id: 'own',
        name: 'Own',
        version: '1',
        matches: ['https://own.example/*'],
        variants: [{ id: 'a', assistant: '.answer', streaming: '[data-streaming="true"]' }],
        provenance: { source: 'this test', date: '2026-11-21', confidence: 'high' },
      },
    ];
    const page = await own('<div data-streaming="true"><p class="answer">It is</p></div>', {
      url: 'https://own.example/',
      quietMs: 3000,
      rules,
    });
    const waited = await page.evaluate(async () => {
      const { detector, changes } = globalThis as unknown as DetectionWorld;
      const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));
      const [wrapper, answer] = [document.querySelector('div'), document.querySelector('p')];
      await pause(800);
      const early = detector.responses()[0]?.settled;
      answer?.append(' four.');
      wrapper?.setAttribute('data-streaming', 'false');
      const start = performance.now();
      while (!detector.responses()[0]?.settled && performance.now() - start < 2000) await pause(1);
      const settledIn = performance.now() - start;
      answer?.append(' No, five.');
      while (detector.responses()[0]?.settled && performance.now() - start < 2000) await pause(1);
      const revoked = detector.responses()[0]?.settled === false;
      while (!detector.responses()[0]?.settled && performance.now() - start < 9000) await pause(1);
      const response = detector.responses()[0];
      return {
        early,
        settledIn,
        revoked,
        text: response && detector.capture(response, 0).text,
        changes: changes.length,
      };
    });
    expect(waited).toMatchObject({ early: false, revoked: true, text: 'It is four. No, five.' });
    // Long before the quiet window ends: by the mark.
    expect(waited.settledIn).toBeLessThan(2000);
  });

  it('given an answer that gets another id, or other words under another id, it is the same or another response', async () => {
    const page = await own(`${question('Hi')}${answer('request-1', 'Hello there.')}`);
    await settled(page, 1);
    await page.evaluate(() => document.querySelector('[data-message-id]')?.setAttribute('data-message-id', 'final-1'));
    await until('the id is known', async () => (await seen(page))[0]?.messageId === 'final-1');
    expect((await told(page)).flatMap(({ rekeyed }) => rekeyed)).toEqual([
      ['chatgpt||m:request-1', 'chatgpt||m:final-1'],
    ]);

    // The framework puts the next conversation's answer into the same nodes.
    await page.evaluate(() => {
      const message = document.querySelector('[data-message-id]');
      message?.setAttribute('data-message-id', 'other-1');
      const text = message?.querySelector('.markdown');
      if (text) text.innerHTML = '<p>Something else entirely, and longer.</p>';
    });
    await until('the other answer is there', async () => (await seen(page))[0]?.messageId === 'other-1');
    const changes = await told(page);
    expect(changes.flatMap(({ removed }) => removed)).toEqual(['chatgpt||m:final-1']);
    expect(changes.flatMap(({ rekeyed }) => rekeyed)).toHaveLength(1);
  });

  it('given whole messages that are rendered anew with each word, there is one answer all the time', async () => {
    const page = await own(`<main>${question('Count')}</main>`);
    await page.evaluate(async () => {
      const main = document.querySelector('main');
      for (let count = 1; count <= 12; count += 1) {
        const words = Array.from({ length: count }, (_, at) => at + 1).join(' ');
        main?.querySelector('li')?.remove();
        main?.insertAdjacentHTML(
          'beforeend',
          `<li class="signed" data-message-author-role="assistant" data-message-id="a"><div class="markdown">${words}</div></li>`,
        );
        await new Promise((resolve) => setTimeout(resolve, 60));
      }
    });
    const [only] = await settled(page, 1);
    expect(only?.text).toBe('1 2 3 4 5 6 7 8 9 10 11 12');
    const changes = await told(page);
    expect(changes.flatMap(({ added }) => added)).toHaveLength(1);
    expect(changes.flatMap(({ removed }) => removed)).toHaveLength(0);
  });

  it('given an answer that streams, what else comes to the page is found meanwhile', async () => {
    const page = await own(
      `<nav></nav><main><section id="shell"></section><section>${answer('a-1', 'It is', 'data-streaming')}</section></main><button data-testid="stop-button"></button>`,
    );
    const found = await page.evaluate(async () => {
      const late = (id: string) =>
        `<div data-message-author-role="assistant" data-message-id="${id}"><div class="markdown">Old.</div></div>`;
      const { detector } = globalThis as unknown as DetectionWorld;
      const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));
      const text = document.querySelector('p');
      const shown = () =>
        detector
          .responses()
          .map(({ messageId }) => messageId)
          .join();
      const shell = document.querySelector('#shell');
      const main = document.querySelector('main');
      const stages = [
        ['a-1', () => {}],
        ['shell,a-1', () => shell?.insertAdjacentHTML('beforeend', late('shell'))],
        ['new,shell,a-1', () => main?.insertAdjacentHTML('afterbegin', `<section>${late('new')}</section>`)],
        ['new,a-1', () => shell?.remove()],
      ] as const;
      const ids: string[] = [];
      for (const [wanted, change] of stages) {
        change();
        // Word after word, until it is found: on a busy machine that takes more of them.
        for (let count = 0; count < 10 || (count < 2_000 && shown() !== wanted); count += 1) {
          text?.append(` ${count}`);
          await pause(20);
        }
        ids.push(shown());
      }
      return ids;
    });
    expect(found).toEqual(['a-1', 'shell,a-1', 'new,shell,a-1', 'new,a-1']);
    expect((await seen(page)).map(({ settled }) => settled)).toEqual([true, false]);
    await page.evaluate(() => document.querySelector('[data-testid="stop-button"]')?.remove());
    await settled(page, 2);
  });

  it('given the same question and answer twice, they are two responses, and the same two after the page is built anew', async () => {
    const rules = [
      {
        id: 'own',
        name: 'Own',
        version: '1',
        matches: ['https://own.example/*'],
        variants: [{ id: 'a', assistant: '.answer', user: '.question' }],
        provenance: { source: 'this test', date: '2026-11-21', confidence: 'high' },
      },
    ];
    const pair = '<p class="question">Hi</p><p class="answer">Hello.</p>';
    const page = await own(`<main>${pair}${pair}</main>`, { url: 'https://own.example/', rules });
    const before = keysOf(await settled(page, 2));
    expect(before[1]).toBe(`${before[0]}~2`);
    await page.evaluate((html) => {
      const main = document.querySelector('main');
      if (main) main.innerHTML = html;
    }, pair + pair);
    expect(keysOf(await settled(page, 2))).toEqual(before);
    const changes = await told(page);
    expect(changes.flatMap(({ removed }) => removed)).toEqual([]);
  });

  it('given a rule for a part of a site, moving in and out of it switches detection on and off', async () => {
    const rules = [
      {
        id: 'own',
        name: 'Own',
        version: '1',
        matches: ['https://own.example/help/*'],
        variants: [{ id: 'a', assistant: '.answer' }],
        provenance: { source: 'this test', date: '2026-11-21', confidence: 'high' },
      },
    ];
    const page = await own('<p class="answer">Four.</p>', { url: 'https://own.example/', rules });
    expect(await seen(page)).toEqual([]);
    const go = (path: string) =>
      page.evaluate((to) => {
        history.pushState(null, '', to);
        // Browsers without the navigation API notice it with the next change of the page.
        dispatchEvent(new PopStateEvent('popstate'));
      }, path);
    await go('/help/1');
    const [inside] = await settled(page, 1);
    await go('/blog');
    await until('nothing is found any more', async () => (await seen(page)).length === 0);
    expect((await told(page)).at(-1)?.removed).toEqual([inside?.key]);
  });

  it('given selectors that take too long on a page, the rule goes off after the third time', async () => {
    const page = await bare.openAt('https://chatgpt.com/', `<!doctype html><body>${answer('a-1', 'Hello.')}</body>`);
    await watch(page, { rules: [] });
    const counts = await page.evaluate(
      async (more) => {
        const world = globalThis as unknown as DetectionWorld;
        let clock = 0;
        // Every look at the clock finds it 60 ms later.
        const now = () => {
          clock += 60;
          return clock;
        };
        const detector = world.Detection.createDetector({ document, rules: world.Detection.siteRules, now });
        detector.start(new AbortController().signal, () => {});
        const found = [detector.responses().length];
        for (let count = 2; count < 6; count += 1) {
          document.body.insertAdjacentHTML('beforeend', more.replaceAll('ID', String(count)));
          await new Promise((resolve) => setTimeout(resolve, 120));
          found.push(detector.responses().length);
        }
        return found;
      },
      answer('ID', 'More.'),
    );
    expect(counts[0]).toBe(1);
    expect(counts.at(-1)).toBeLessThan(5);
    expect(counts.at(-1)).toBe(counts.at(-2));
  });

  it('given a rule with a broken variant, the other one works, and the page sees neither an error nor a change', async () => {
    const errors: string[] = [];
    const page = await bare.openAt('https://own.example/', '<!doctype html><body><p class="answer">Four.</p></body>');
    page.on('pageerror', (error) => errors.push(String(error)));
    const before = await page.evaluate(() => document.documentElement.outerHTML);
    await watch(page, {
      quietMs: 100,
      rules: [
        {
          id: 'own',
          name: 'Own',
          version: '1',
          matches: ['https://own.example/*'],
          variants: [
            { id: 'broken', assistant: '.answer:no-such-thing(' },
            { id: 'leaky', assistant: '.answer', exclude: ['['] },
            { id: 'pattern', assistant: '.answer', messageId: { attribute: 'id', pattern: '(' } },
            { id: 'sound', assistant: '.answer' },
          ],
          provenance: { source: 'this test', date: '2026-11-21', confidence: 'high' },
        },
        {
          id: 'busy',
          name: 'Busy',
          version: '1',
          matches: ['https://own.example/*'],
          busy: '>>',
          variants: [{ id: 'a', assistant: 'p' }],
          provenance: { source: 'this test', date: '2026-11-21', confidence: 'high' },
        },
      ],
    });
    const [only] = await settled(page, 1);
    expect(only?.foundBy).toEqual({ site: 'own', version: '1', variant: 'sound' });
    expect(await page.evaluate(() => document.documentElement.outerHTML)).toBe(before);
    expect(errors).toEqual([]);
  });

  it.each([
    // At the start, and after pauses of 0.1, 0.2, 0.4 and 0.8 s, however many products are known.
    { generic: false, most: 7 },
    // The finder waits the same way, and asks a few questions in each of its looks.
    { generic: true, most: 11 },
  ])(
    'given a page without AI that keeps changing, it is looked at a few times and then left alone (%o)',
    async ({ generic, most }) => {
      const page = await bare.openAt('https://news.example/', '<!doctype html><body><ul></ul></body>');
      await page.evaluate(() => {
        const world = globalThis as unknown as { looks: number };
        world.looks = 0;
        const query = Document.prototype.querySelector;
        Document.prototype.querySelector = function (this: Document, selector: string) {
          world.looks += 1;
          return query.call(this, selector);
        };
      });
      await watch(page, { generic });
      const looks = await page.evaluate(async () => {
        const list = document.getElementsByTagName('ul')[0];
        for (let count = 0; count < 150; count += 1) {
          list?.append(document.createElement('li'));
          await new Promise((resolve) => setTimeout(resolve, 10));
        }
        return (globalThis as unknown as { looks: number }).looks;
      });
      expect(looks).toBeLessThanOrEqual(most);
      await page.evaluate(() => {
        document.body.insertAdjacentHTML(
          'beforeend',
          '<div class="cs-message-list"><section class="cs-message cs-message--incoming"><div class="cs-message__content">Hello</div></section></div>',
        );
      });
      // The kit shows people's chats as well.
      expect((await settled(page, 1))[0]).toMatchObject({ asserted: false });
    },
  );

  it('when the signal aborts it is silent, and it can be started again', async () => {
    const page = await own(`${question('Hi')}${answer('a-1', 'Hello.')}`);
    await settled(page, 1);
    const after = await page.evaluate(async (more) => {
      const world = globalThis as unknown as DetectionWorld;
      world.stop.abort();
      const silent = world.detector.responses().length;
      const changes = world.changes.length;
      document.body.insertAdjacentHTML('beforeend', more);
      await new Promise((resolve) => setTimeout(resolve, 400));
      const still = world.changes.length === changes;
      world.detector.start(new AbortController().signal, (change) => world.changes.push(change));
      return { silent, still, again: world.detector.responses().length };
    }, question('And?') + answer('a-2', 'More.'));
    expect(after).toEqual({ silent: 0, still: true, again: 2 });
  });
});
