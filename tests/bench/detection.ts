/**
 * What detection costs a page, in Chromium: finding and reading long threads beside `querySelectorAll` with `textContent`, a
 * long thread whose last answer streams beside the same page without us, and looks of the finder at large pages without AI
 * beside one pass over all elements. Run with
 * `node tests/bench/detection.ts [scan | stream | finder]`. Only the ratios of one run mean anything.
 */
import type { CDPSession, Page } from 'puppeteer-core';
import { type DetectionWorld, launchBare, openStage, survey, watch } from '../support/detection/page.ts';

const words =
  'the tent weighs two kilos and stands in wind as long as its pegs hold which they do in firm ground '.split(' ');
const text = (count: number, from: number) =>
  Array.from({ length: count }, (_, at) => words[(at + from) % words.length]).join(' ');

/** A thread in the classic markup of ChatGPT; every second message is an answer of about 150 words. */
function thread(messages: number, style: string): string {
  const turns = Array.from({ length: messages }, (_, at) =>
    at % 2 === 0
      ? `<article><div data-message-author-role="user" data-message-id="u${at}"><div>${text(20, at)}?</div></div></article>`
      : `<article><div data-message-author-role="assistant" data-message-id="a${at}" data-message-model-slug="m"><div class="markdown"><h3>${text(4, at)}</h3><p>${text(60, at)}</p><ul><li>${text(20, at)}</li><li>${text(20, at + 3)}</li></ul><p>${text(46, at)} <b>${text(3, at)}</b></p></div></div><button data-testid="copy-turn-action-button">Copy</button></article>`,
  );
  return `<!doctype html><meta charset="utf-8"><style>article{${style}}</style><main>${turns.join('')}</main><form><div id="prompt-textarea" contenteditable="true"></div></form>`;
}

const address = 'https://chatgpt.com/c/01234567-89ab-cdef-0123-456789abcdef';

async function metrics(cdp: CDPSession): Promise<Record<string, number>> {
  const { metrics: list } = await cdp.send('Performance.getMetrics');
  return Object.fromEntries(list.map(({ name, value }) => [name, value]));
}

async function withPage<T>(html: string, work: (page: Page, cdp: CDPSession) => Promise<T>, url = address): Promise<T> {
  const browser = await launchBare('chromium');
  try {
    const page = await (await openStage(browser)).show(url, html);
    const cdp = await page.createCDPSession();
    await cdp.send('Performance.enable', { timeDomain: 'threadTicks' });
    return await work(page, cdp);
  } finally {
    await browser.close();
  }
}

const runs = 15;

/** CPU time of the first scan of a thread, beside the bare reading of the same texts, in ms; and how many layouts it forced. */
async function scan(messages: number) {
  return withPage(thread(messages, 'content-visibility:auto'), async (page, cdp) => {
    await watch(page, { generic: false });
    await page.evaluate(() => (globalThis as unknown as DetectionWorld).stop.abort());
    const spent = async (work: () => Promise<unknown>) => {
      const before = await metrics(cdp);
      await work();
      const after = await metrics(cdp);
      const delta = (name: string) => (after[name] ?? 0) - (before[name] ?? 0);
      return { ms: delta('TaskDuration') * 1_000, layouts: delta('LayoutCount') };
    };
    const bare = () =>
      page.evaluate(async (times) => {
        let size = 0;
        // A task of the page, as ours are, because what the debugger evaluates is not counted.
        await new Promise((resolve) => setTimeout(resolve));
        for (let run = 0; run < times; run += 1) {
          for (const element of document.querySelectorAll('[data-message-author-role="assistant"]')) {
            size += (element.textContent ?? '').length;
          }
        }
        return size;
      }, 10 * runs);
    const ours = (again: number) =>
      page.evaluate(async (times) => {
        const { Detection } = globalThis as unknown as DetectionWorld;
        // As the background chooses them for the host.
        const rules = Detection.siteRules.filter(({ id, matches }) => id === 'chatgpt' || matches.length === 0);
        let found = 0;
        for (let run = 0; run < times; run += 1) {
          const end = new AbortController();
          const detector = Detection.createDetector({ document, generic: false, rules });
          setTimeout(() => detector.start(end.signal, () => {}));
          // What a task could not finish goes on in the next one.
          await new Promise((resolve) => setTimeout(resolve, 400));
          found = detector.responses().length;
          end.abort();
        }
        return found;
      }, again);
    await bare();
    await ours(3);
    const plain = await spent(bare);
    let answers = 0;
    const own = await spent(async () => {
      answers = await ours(runs);
    });
    const [least, most] = [plain.ms / (10 * runs), own.ms / runs];
    return {
      ...{ messages, answers },
      'bare, ms': least.toFixed(2),
      'ours, ms': most.toFixed(2),
      ratio: (most / least).toFixed(2),
      'layouts forced': own.layouts,
    };
  });
}

const chunksPerSecond = 60;
const seconds = 10;

/** Script time of ten seconds of streaming, in ms. */
async function stream(page: Page, cdp: CDPSession, mark: string) {
  const before = await metrics(cdp);
  await page.evaluate(
    async (attribute, wait, chunks) => {
      document
        .querySelector('main')
        ?.insertAdjacentHTML(
          'beforeend',
          `<article ${attribute}><div data-message-author-role="assistant" data-message-id="live"><div class="markdown"><p></p></div></div></article>`,
        );
      const paragraph = document.querySelector('[data-message-id="live"] p');
      await new Promise<void>((resolve) => {
        let sent = 0;
        const timer = setInterval(() => {
          paragraph?.append(` word${sent}`);
          sent += 1;
          if (sent < chunks) return;
          clearInterval(timer);
          resolve();
        }, wait);
      });
    },
    mark,
    1_000 / chunksPerSecond,
    chunksPerSecond * seconds,
  );
  const after = await metrics(cdp);
  const spent = (name: string) => ((after[name] ?? 0) - (before[name] ?? 0)) * 1_000;
  return { script: spent('ScriptDuration'), task: spent('TaskDuration') };
}

async function streaming(name: string, style: string, mark: string) {
  const html = thread(1_000, style);
  const bare = await withPage(html, (page, cdp) => stream(page, cdp, mark));
  const ours = await withPage(html, async (page, cdp) => {
    await watch(page);
    await new Promise((resolve) => setTimeout(resolve, 2_000));
    const spentBefore = (await survey(page)).ms;
    const spent = await stream(page, cdp, mark);
    return { ...spent, own: (await survey(page)).ms - spentBefore };
  });
  return {
    page: name,
    'script without, ms': bare.script.toFixed(0),
    'script with, ms': ours.script.toFixed(0),
    'delta of the 10 s': `${(((ours.script - bare.script) / (seconds * 1_000)) * 100).toFixed(2)} %`,
    'task without, ms': bare.task.toFixed(0),
    'task with, ms': ours.task.toFixed(0),
    'own work, ms': ours.own.toFixed(1),
  };
}

/** A look of the finder at an ordinary page of so many elements. */
async function ordinary(elements: number) {
  const items = Array.from(
    { length: Math.round(elements / 5) },
    (_, at) =>
      `<li class="item"><h3>${text(3, at)}</h3><p>${text(12, at)} <a href="#">${text(2, at)}</a></p><span>${at}</span></li>`,
  );
  const html = `<!doctype html><title>Shop</title><ul>${items.join('')}</ul><textarea></textarea>`;
  return withPage(
    html,
    async (page) => {
      await watch(page, { rules: [] });
      return page.evaluate(
        async (name) => {
          const { Detection } = globalThis as unknown as DetectionWorld;
          const pass: number[] = [];
          const look: number[] = [];
          for (let run = 0; run < 9; run += 1) {
            const start = performance.now();
            let marked = 0;
            for (const element of document.querySelectorAll('*')) if (element.shadowRoot) marked += 1;
            const middle = performance.now();
            Detection.finder.induceRule({ document, roots: [], location, growth: [] });
            pass.push(middle - start + marked);
            look.push(performance.now() - middle);
          }
          const middleOf = (values: number[]) => values.sort((a, b) => a - b)[4] ?? 0;
          return {
            elements: name,
            'one pass, ms': middleOf(pass).toFixed(2),
            'finder, ms': middleOf(look).toFixed(2),
            ratio: (middleOf(look) / middleOf(pass)).toFixed(2),
          };
        },
        `${elements / 1_000}k`,
      );
    },
    'https://shop.example/',
  );
}

const parts: Readonly<Record<string, () => Promise<void>>> = {
  async scan() {
    console.log('Finding and reading a thread for the first time, CPU time');
    console.table([await scan(500), await scan(1_000)]);
  },
  async stream() {
    console.log('1,000 messages, the last of which streams at 60 chunks a second for 10 s, CPU time');
    console.table([
      await streaming('quiet, plain', '', ''),
      await streaming('quiet, content-visibility', 'content-visibility:auto', ''),
    ]);
  },
  async finder() {
    console.log('A look of the finder at a page without AI');
    console.table([await ordinary(10_000), await ordinary(100_000)]);
  },
};

const [wanted] = process.argv.slice(2);
for (const [name, run] of Object.entries(parts)) if (wanted === undefined || wanted === name) await run();
