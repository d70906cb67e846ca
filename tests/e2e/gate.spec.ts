/** From page load to the overlay: what a page without a conversation is spared, and where one is found however it comes. */
import { afterEach, expect, it } from 'vitest';
import { until } from '../support/browser/poll.ts';
import { type FrameScripts, scriptsIn } from '../support/content-scripts.ts';
import { inEachBrowser } from '../support/given.ts';
import { htmlPage, thread } from '../support/hostile.ts';

const article = '<article><h1>Tents</h1><p>They keep you dry.</p></article><button>Help</button>';
const widget = thread('Your parcel will be with you by Thursday.');
const answer = { role: 'assistant', text: 'Your parcel will be with you by Thursday.' };

inEachBrowser('the gate', (given) => {
  const paths: string[] = [];
  let count = 0;
  afterEach(() => {
    for (const path of paths.splice(0)) given.chats.unserve(path);
  });

  /** Opens a page of its own and waits until the gate is on it. */
  async function openPage(html: string) {
    count += 1;
    const path = `/gate-${count}`;
    paths.push(path);
    given.chats.serve(path, { html });
    const url = `${given.chats.origin}${path}`;
    const tab = await given.open(url);
    const scripts = () => scriptsIn(given, url);
    await until('the gate is on the page', async () => (await scripts()).some(({ gate }) => gate));
    return { tab, scripts };
  }
  const finds = (what: string, scripts: () => Promise<readonly FrameScripts[]>) =>
    until(what, async () =>
      (await scripts()).find(({ messages }) => messages.some(({ text }) => text === answer.text)),
    );

  it('given a page without a conversation, nothing is loaded into it but the gate; when one comes late, the overlay is', async () => {
    const { tab, scripts } = await openPage(htmlPage(article));
    // Some news on the page, so that the gate has looked more than once.
    for (let news = 0; news < 3; news += 1) {
      await tab.document.evaluate(async (root) => {
        const page = root as Document;
        page.body.insertAdjacentHTML('beforeend', '<p>News</p>');
        await new Promise((resolve) => setTimeout(resolve, 700));
      });
    }
    expect(await scripts()).toMatchObject([{ gate: true, overlay: false }]);
    expect(await tab.overlay()).toBeNull();

    await tab.document.evaluate((root, html) => {
      (root as Document).body.insertAdjacentHTML('beforeend', html);
    }, widget);
    await finds('the late widget is found', scripts);
  });

  it('given a widget that a click calls, in a shadow root, it is found', async () => {
    const script = `<script>
      document.querySelector('button').onclick = () => setTimeout(() => {
        const host = document.body.appendChild(document.createElement('shop-help'));
        host.attachShadow({ mode: 'open' }).innerHTML = ${JSON.stringify(widget)};
      }, 300);
    </script>`;
    const { tab, scripts } = await openPage(htmlPage(article + script));
    await tab.page.click('button');
    await finds('the widget is found', scripts);
  });

  it('given a widget that is written into a frame without an address, it is found there, and the page itself is spared', async () => {
    const script = `<script>
      setTimeout(() => {
        const frame = document.body.appendChild(document.createElement('iframe'));
        frame.contentDocument.open();
        frame.contentDocument.write(${JSON.stringify(htmlPage(widget)).replaceAll('</', '<\\/')});
        frame.contentDocument.close();
      }, 300);
    </script>`;
    const { scripts } = await openPage(htmlPage(article + script));
    const frame = await finds('the widget in the frame is found', scripts);
    expect(frame.frameId).toBeGreaterThan(0);
    expect((await scripts()).find(({ frameId }) => frameId === 0)).toMatchObject({ overlay: false });
  });

  it('given a widget that a framework builds in a frame without an address, it is found', async () => {
    const script = `<script>
      const frame = document.body.appendChild(document.createElement('iframe'));
      setTimeout(() => { frame.contentDocument.body.innerHTML = ${JSON.stringify(widget)}; }, 1000);
    </script>`;
    const { scripts } = await openPage(htmlPage(article + script));
    const frame = await finds('the widget in the frame is found', scripts);
    expect(frame.url).toBe('about:blank');
  });

  it('given conversations in frames of their own and in sandboxed ones, only the sandboxed are left alone', async () => {
    const srcdoc = widget.replaceAll('"', '&quot;');
    const { scripts } = await openPage(
      htmlPage(
        `${article}<iframe sandbox="allow-scripts" srcdoc="${srcdoc}"></iframe><iframe srcdoc="${srcdoc}"></iframe>`,
      ),
    );
    await finds('the open frame is found', scripts);
    expect((await scripts()).filter(({ overlay }) => overlay)).toHaveLength(1);
    expect((await scripts()).filter(({ gate }) => gate)).toHaveLength(2);
  });
});
