/**
 * How long the main threads of page and editor are held up by an answer of 100,000 characters, in the production build in a
 * real Chromium: read on the page, opened, corrected, with findings, painted. Run
 * `node tests/bench/long-answer.ts [characters, 100000] [times, 3]`. Each step is traced; of each run counts the longest
 * task, and of the runs the least, once as processor time, which other programs do not lengthen, once by the clock. What
 * the page does by itself is measured in the same run on a site where the extension is off: its parse, layout and paint are
 * in the column of the page too, and are not the extension's.
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { build, isFresh } from '../../scripts/lib/fresh-build.ts';
import { buildFolder } from '../../scripts/lib/run.ts';
import { until } from '../support/browser/poll.ts';
import { startSession } from '../support/browser/session.ts';
import type { Tab } from '../support/browser/types.ts';
import { editorOf, overlayOf } from '../support/browser/ui.ts';

const size = Number(process.argv[2] ?? 100_000);
const times = Number(process.argv[3] ?? 3);
const FINDINGS = 26;

const words =
  'the order parcel refund tent pole leaves within days of warranty and is sent by post to your address'.split(' ');
/** Paragraphs, lists and code, none like the other. */
function answer(): string {
  const blocks: string[] = [];
  let [length, seed] = [0, 7];
  const next = () => {
    seed = (Math.imul(seed, 1103515245) + 12345) >>> 0;
    return words[(seed >>> 16) % words.length] as string;
  };
  while (length < size) {
    const at = blocks.length;
    const sentence = () => `${Array.from({ length: 12 }, next).join(' ')} ${at}.`;
    const text = `${sentence()} ${sentence()} ${sentence()}`;
    length += text.length + 2;
    if (at % 10 === 3)
      blocks.push(
        `<ul>${text
          .split('. ')
          .map((part) => `<li>${part}</li>`)
          .join('')}</ul>`,
      );
    else if (at % 10 === 7) blocks.push(`<pre><code>${text.replaceAll('. ', ';\n')}</code></pre>`);
    else blocks.push(`<p>${text.replace(' is ', ' <b>is</b> ')}</p>`);
  }
  return blocks.join('\n');
}
const html = `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Long</title></head><body><main>
<div data-message-author-role="user" data-message-id="q1"><p>Tell me all</p></div>
<div data-message-author-role="assistant" data-message-id="a1">${answer()}</div>
</main><textarea aria-label="Message"></textarea></body></html>`;

interface TraceEvent {
  readonly name: string;
  readonly ts: number;
  readonly pid: number;
  readonly tid: number;
  readonly dur?: number;
  readonly tdur?: number;
  readonly args: { readonly chrome_mojo_event_info?: { readonly mojo_interface_tag?: string } };
}
type Longest = Record<'page' | 'alone' | 'editor', { cpu: number; clock: number }>;
const nothing = { cpu: 0, clock: 0 };

/** The longest task of each main thread while `work` goes on, in ms. */
async function traced(tab: Tab, work: () => Promise<void>): Promise<Longest> {
  const frameOf = () => tab.page.frames().find((frame) => frame.url().startsWith('chrome-extension:'));
  await tab.page.tracing.start({
    categories: ['-*', 'disabled-by-default-devtools.timeline', 'devtools.timeline', 'toplevel', 'blink.user_timing'],
  });
  await work();
  await tab.page.evaluate(() => void performance.mark('bench-page'));
  await frameOf()?.evaluate(() => void performance.mark('bench-editor'));
  const { traceEvents } = JSON.parse(new TextDecoder().decode(await tab.page.tracing.stop())) as {
    traceEvents: TraceEvent[];
  };
  const longest = (mark: string) => {
    const at = traceEvents.find(({ name }) => name === mark);
    const own = traceEvents.filter(({ pid, tid }) => pid === at?.pid && tid === at?.tid);
    // What this script asks of the page is no part of what a person waits for.
    const asked = own.filter(({ args }) => args.chrome_mojo_event_info?.mojo_interface_tag?.includes('DevTools'));
    const isOurs = ({ ts, dur = 0 }: TraceEvent) => asked.some((one) => one.ts >= ts && one.ts <= ts + dur);
    const tasks = own.filter((task) => task.name === 'RunTask' && !isOurs(task));
    const most = (of: (task: TraceEvent) => number | undefined) =>
      Math.max(0, ...tasks.map((task) => (of(task) ?? 0) / 1000));
    return { cpu: most(({ tdur }) => tdur), clock: most(({ dur }) => dur) };
  };
  return { page: longest('bench-page'), alone: nothing, editor: longest('bench-editor') };
}
const server = createServer((_request, response) => {
  response.writeHead(200, { 'content-type': 'text/html; charset=utf-8' });
  response.end(html);
});
await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
const { port } = server.address() as AddressInfo;
const address = `http://127.0.0.1:${port}/`;
/** The same page where the extension is off. */
const elsewhere = `http://localhost:${port}/`;

/** Changes a word of the answer, and lets go of what is painted. */
const changeWord = (tab: Tab) =>
  tab.document.evaluate((root) => {
    const word = root.querySelector('[data-message-id=a1] p:last-of-type')?.firstChild as Text;
    word.data = `Yes: ${word.data}`;
    CSS.highlights.clear();
  });

async function run(note: (step: string, longest: Longest) => void): Promise<void> {
  const profile = await mkdtemp(join(tmpdir(), 'countersign-bench-'));
  if (!isFresh('chromium')) await build('chromium');
  const extension = buildFolder('chromium');
  const session = await startSession('chromium', { profile, extension, allow: ['http://127.0.0.1/*'], headless: true });
  try {
    const tab = await session.open('about:blank');
    const bare = await session.open('about:blank');
    const { page } = tab;
    await page.bringToFront();
    const { keyboard } = page;
    const [toolbar, editor] = [overlayOf(tab), editorOf(tab)];
    /** `alone` is the same without the extension; where there is none, the page has nothing to do of its own. */
    const step = async (name: string, work: () => Promise<void>, alone?: () => Promise<void>) => {
      const longest = await traced(tab, work);
      if (alone) await bare.page.bringToFront();
      note(name, { ...longest, ...(alone && { alone: (await traced(bare, alone)).page }) });
      await page.bringToFront();
    };
    /** As long as it takes until all is laid out and painted, twice over. */
    const loadAlone = async () => {
      await bare.goto(elsewhere);
      await bare.page.evaluate(
        () => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve))),
      );
    };
    const lines = () => editor.evaluate((root) => root.querySelectorAll('.ed-finding-line').length);
    const marked = () =>
      tab.document.evaluate(() =>
        [...(CSS.highlights as unknown as Map<string, Set<Range>>).values()].reduce((sum, { size }) => sum + size, 0),
      );
    const ready = async () => {
      await until('the overlay is there', () => tab.overlay());
      await until('the toolbar is at the answer', async () => {
        await page.mouse.move(200 + Math.random() * 50, 200);
        return (await toolbar.find('button', 'Correct')) !== null;
      });
    };

    await step(
      'loading the page and finding the answer',
      async () => {
        await tab.goto(address);
        await ready();
      },
      loadAlone,
    );
    await step('opening the editor', async () => {
      await keyboard.press('m');
      await editor.get('textbox', 'Correction');
    });
    await editor.click('radio', 'Correct');
    await editor.click('textbox', 'Correction');
    await step('typing 30 letters into the correction', async () => {
      for (let at = 0; at < 200; at += 1) await keyboard.press('ArrowDown');
      await keyboard.type('which nobody has said so far, ');
      await editor.shows('Draft kept');
    });
    await step('a selection, a finding, its note and replacement', async () => {
      await editor.click('button', 'Point at a part of the answer');
      await until(
        'the answer has the focus',
        async () => (await editor.get('textbox', 'The answer, to select in')).focused,
      );
      await keyboard.press('ArrowDown');
      await keyboard.press('1');
      await until('its note is asked for', async () => (await editor.get('textbox', 'Note')).focused);
      await keyboard.type('It is five years');
      await keyboard.press('Tab');
      await keyboard.type('This is what stands there now.');
      await keyboard.press('Enter');
      await until('it is listed', async () => (await lines()) === 1);
    });
    await step(`${FINDINGS - 1} findings more`, async () => {
      for (let count = 2; count <= FINDINGS; count += 1) {
        for (const key of ['ArrowDown', 'ArrowDown', '2'] as const) await keyboard.press(key);
        await until('its note is asked for', async () => (await editor.find('textbox', 'Note'))?.focused);
        await keyboard.press('Enter');
        await until('it is listed', async () => (await lines()) === count);
      }
    });
    await step('saving', async () => {
      await editor.click('button', 'Save');
      await editor.shows('Saved on this computer');
    });
    await step(
      'loading the page again, with the findings painted',
      async () => {
        await tab.goto(address);
        await until('they are painted', async () => (await marked()) >= FINDINGS);
      },
      loadAlone,
    );
    await step(
      'the page changes a word: they are painted anew',
      async () => {
        await changeWord(tab);
        await until('they are painted', async () => (await marked()) >= FINDINGS);
      },
      () => changeWord(bare),
    );
    await ready();
    await step('opening the editor on the changed answer', async () => {
      await keyboard.press('m');
      await editor.get('textbox', 'Correction');
      await until('all findings are there', async () => (await lines()) === FINDINGS);
    });
  } finally {
    await session.close();
    await rm(profile, { recursive: true, force: true });
  }
}

const least = new Map<string, Longest>();
try {
  for (let time = 0; time < times; time += 1) {
    await run((step, now) => {
      const before = least.get(step);
      process.stderr.write(`${time + 1}: ${step}\n`);
      const lower = (one: keyof Longest) => ({
        cpu: Math.min(now[one].cpu, before?.[one].cpu ?? Number.POSITIVE_INFINITY),
        clock: Math.min(now[one].clock, before?.[one].clock ?? Number.POSITIVE_INFINITY),
      });
      least.set(step, { page: lower('page'), alone: lower('alone'), editor: lower('editor') });
    });
  }
} finally {
  server.close();
}
const ms = ({ cpu, clock }: Longest['page']) => `${cpu.toFixed(0)} (${clock.toFixed(0)})`;
process.stdout.write(
  `${size} characters, ${times} runs, load ${loadavg()[0]?.toFixed(1)}: longest task in ms, processor time (by the clock)\n\n`,
);
process.stdout.write(`| | page | page alone | editor |\n| --- | --- | --- | --- |\n`);
for (const [step, { page, alone, editor }] of least)
  process.stdout.write(`| ${step} | ${ms(page)} | ${ms(alone)} | ${ms(editor)} |\n`);
