/** Hours of the background in minutes: its alarms, what pages ask of it, and judgements; it is not let die meanwhile. */
import type { CDPSession } from 'puppeteer-core';
import { until } from '../../support/browser/poll.ts';
import type { Session, Tab } from '../../support/browser/types.ts';
import { overlayOf } from '../../support/browser/ui.ts';
import { addressOf, openWithProduct } from './site.ts';
import { thread } from './thread.ts';

/** In an hour: alarms as the browser rings them, questions of pages, and judgements by key. */
const [ALARMS, QUESTIONS, JUDGEMENTS] = [60, 60, 4];

/** A connection to the background of a session in Chromium; its heap can be read there. */
export async function workerOf(session: Session): Promise<CDPSession> {
  const tab = await session.open('about:blank');
  const worker = await tab.page
    .browser()
    .waitForTarget((each) => each.type() === 'service_worker' && each.url().startsWith(session.extensionOrigin));
  const client = await worker.createCDPSession();
  await tab.close();
  return client;
}

/** Makes ready for a day. `hour` lets one pass. */
export async function dayOf(
  session: Session,
  worker: CDPSession,
): Promise<{ hour(at: number): Promise<void>; end(): Promise<void> }> {
  const tab: Tab = await openWithProduct(session, addressOf.roles, thread(40, 'cv'));
  const world = await tab.contentWorld();
  if (!world) throw new Error('No script of the extension runs in this page');
  const toolbar = overlayOf(tab);
  let answers = 0;
  const judge = async () => {
    answers += 1;
    await tab.document.evaluate((root, id) => {
      const main = root.querySelector('main') as HTMLElement;
      const copy = (root as Document).querySelector('article:nth-child(2)')?.cloneNode(true) as HTMLElement;
      const message = copy.querySelector('[data-message-id]') as HTMLElement;
      message.dataset.messageId = id;
      message.append(`Answer ${id}.`);
      main.append(copy);
      main.scrollTop = main.scrollHeight;
    }, `day${answers}`);
    await until('the new answer can be judged', async () => {
      await tab.page.keyboard.press('a');
      return toolbar.find('button', /^Undo/);
    });
  };
  return {
    async hour(at) {
      for (let count = 0; count < ALARMS; count += 1)
        await worker.send('Runtime.evaluate', {
          expression: `for (const name of ['deliver', 'rule-pack']) chrome.alarms.onAlarm.dispatch({ name, scheduledTime: Date.now() })`,
        });
      await world.evaluate(
        async (_, hour, questions) => {
          const { runtime } = (
            globalThis as unknown as { chrome: { runtime: { sendMessage(what: object): Promise<unknown> } } }
          ).chrome;
          for (let count = 0; count < questions; count += 1) {
            await runtime.sendMessage({ countersign: 1, call: 'arrive', body: {} });
            const responseKeys = Array.from({ length: 50 }, (_, index) => `chatgpt|day|${hour}-${count}-${index}`);
            await runtime.sendMessage({ countersign: 1, call: 'openPage', body: { responseKeys } });
          }
        },
        ...([at, QUESTIONS] as const),
      );
      for (let count = 0; count < JUDGEMENTS; count += 1) await judge();
    },
    end: () => tab.close(),
  };
}
