/** P11: a save from the page until the extension's database holds it: with the background awake, asleep, and ended meanwhile. */
import { setTimeout as pause } from 'node:timers/promises';
import { until } from '../../support/browser/poll.ts';
import type { Json, Session, Surface, Tab } from '../../support/browser/types.ts';
import { aDraft, aJudgement } from '../../support/builders.ts';
import { bundle } from '../../support/bundle.ts';
import { withProduct } from '../lib/chromium.ts';
import { median, quantile } from '../lib/numbers.ts';
import { addressOf, openWithProduct, sites } from '../lib/site.ts';
import { thread } from '../lib/thread.ts';
import type { Bench, Row } from '../lib/types.ts';
import { background, isAwake } from '../lib/worker.ts';

interface Answered {
  readonly ms: number;
  readonly ok: boolean;
  readonly said: string;
}

/** Sends what the overlay sends, from where it runs, and waits for the answer; ms by the clock of the page. */
const send = (world: Surface, call: string, body: object): Promise<Answered> =>
  world.evaluate(
    async (_, name, given) => {
      type Chrome = { runtime: { sendMessage(message: object): Promise<{ ok: boolean; error?: { code: string } }> } };
      const began = performance.now();
      try {
        const answer = await (globalThis as unknown as { chrome: Chrome }).chrome.runtime.sendMessage({
          countersign: 1,
          call: name,
          body: given,
        });
        return { ms: performance.now() - began, ok: answer?.ok === true, said: answer?.error?.code ?? '' };
      } catch (error) {
        return { ms: performance.now() - began, ok: false, said: String(error) };
      }
    },
    call,
    JSON.parse(JSON.stringify(body)) as Json,
  );

/** As one key makes it: nothing typed. */
const draft = () =>
  aDraft({
    surface: 'toolbar',
    judgement: aJudgement({ verdict: 'approve', labels: [], ratings: [], correction: null, comment: null }),
  });

async function asleep(session: Session, tab: Tab): Promise<void> {
  await session.endBackground();
  await until('the background has ended', async () => !isAwake(session, tab.page));
  await pause(400);
}

class Book {
  readonly #acknowledged: string[] = [];
  readonly times: number[] = [];

  /** Saves once; throws where it is refused. */
  async save(world: Surface): Promise<void> {
    const review = draft();
    const { ms, ok, said } = await send(world, 'saveReview', review);
    if (!ok) throw new Error(`A save was refused: ${said}`);
    this.times.push(ms);
    this.#acknowledged.push(review.id);
  }

  /** Saves while the background is ended, and again with the same id as the overlay does where no answer comes. */
  async saveWhileItEnds(world: Surface, session: Session): Promise<void> {
    const review = draft();
    const first = send(world, 'saveReview', review);
    await pause(Math.random() * 8);
    await session.endBackground().catch(() => {});
    const answer = await first;
    if (!answer.ok) {
      const again = await send(world, 'saveReview', review);
      if (!again.ok) throw new Error(`A repeated save was refused: ${again.said}`);
    }
    this.#acknowledged.push(review.id);
  }

  /** Acknowledged and not there, and there more than once. */
  async compare(session: Session): Promise<{ readonly lost: number; readonly twice: number }> {
    const page = (await session.openExtension('manifest.json')).page;
    await page.evaluate(await bundle(new URL('../pages/stored.ts', import.meta.url).pathname, 'stored'));
    const ids = (await page.evaluate('stored.reviewIds()')) as string[];
    await page.close();
    const times = (id: string) => ids.filter((one) => one === id).length;
    return {
      lost: this.#acknowledged.filter((id) => times(id) === 0).length,
      twice: this.#acknowledged.filter((id) => times(id) > 1).length,
    };
  }
}

async function run(bench: Bench): Promise<void> {
  const [warm, cold, killed] = bench.quick ? [3, 1, 1] : [60, 4, 4];
  const own = { p50: [] as number[], p95: [] as number[], cold: [] as number[], coldMost: [] as number[] };
  const raw = { p50: [] as number[], p95: [] as number[] };
  const lost: number[] = [];
  const twice: number[] = [];
  await withProduct(
    await bench.extension(),
    async (session) => {
      const tab = await openWithProduct(session, addressOf.roles, thread(4, 'plain'));
      const world = async () => (await tab.contentWorld()) as Surface;
      for (let round = 0; round < bench.rounds; round += 1) {
        bench.progress(`round ${round + 1} of ${bench.rounds}`);
        const book = new Book();
        const here = await world();
        const asleepTimes = new Book();
        for (let time = 0; time < cold; time += 1) {
          await asleep(session, tab);
          await asleepTimes.save(here);
        }
        own.cold.push(median(asleepTimes.times));
        own.coldMost.push(Math.max(...asleepTimes.times));
        for (let time = 0; time < warm / 3; time += 1) await new Book().save(here);
        for (let time = 0; time < warm; time += 1) await book.save(here);
        own.p50.push(median(book.times));
        own.p95.push(quantile(book.times, 0.95));
        const worker = await background(session, tab.page);
        await worker.evaluate(await bundle(new URL('../pages/stored.ts', import.meta.url).pathname, 'stored'));
        const rawTimes: number[] = [];
        for (let time = 0; time < warm; time += 1) {
          const ping = await send(here, 'endPick', {});
          rawTimes.push(ping.ms + ((await worker.evaluate('stored.rawAdd()')) as number));
        }
        raw.p50.push(median(rawTimes));
        raw.p95.push(quantile(rawTimes, 0.95));
        for (let time = 0; time < killed; time += 1) await book.saveWhileItEnds(here, session);
        const after = [await book.compare(session), await asleepTimes.compare(session)];
        lost.push(after.reduce((sum, each) => sum + each.lost, 0));
        twice.push(after.reduce((sum, each) => sum + each.twice, 0));
      }
    },
    sites,
  );
  const peerName = 'a message and a strict add';
  bench.report({
    ...{ metric: 'awake: p50', unit: 'ms', ours: own.p50, peer: raw.p50, peerName },
    ...{ gate: { of: 'ratio', most: 1.5 }, aim: { of: 'ratio', most: 1.2 } },
    note: 'from the message of the page to its answer, which comes when the transaction is complete; the peer is a message that does nothing, and one row added with strict durability in the background',
  });
  bench.report({ metric: 'awake: p50 by itself', unit: 'ms', ours: own.p50, gate: { of: 'ours', most: 3 } });
  bench.report({
    ...{ metric: 'awake: p95', unit: 'ms', ours: own.p95, peer: raw.p95, peerName },
    gate: { of: 'ours', most: 5 },
  });
  bench.report({
    ...{ metric: 'asleep: p50', unit: 'ms', ours: own.cold },
    ...{ gate: { of: 'ours', most: 60 }, aim: { of: 'ours', most: 40 } },
  });
  bench.report({ metric: 'asleep: the slowest', unit: 'ms', ours: own.coldMost });
  const none = { exact: true, gate: { of: 'ours', most: 0 } } as const;
  bench.report({ metric: 'acknowledged and lost', unit: 'count', ours: lost, ...none });
  bench.report({ metric: 'stored twice', unit: 'count', ours: twice, ...none });
}

export const row: Row = { id: 'P11', title: 'A save, until it is durable', browsers: ['chromium'], run };
