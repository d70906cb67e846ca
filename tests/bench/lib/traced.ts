/** What scripts of one origin cost a page, call by call, as Chromium's trace has it: processor time of the page's main thread. */
import type { Page } from 'puppeteer-core';

interface TraceEvent {
  readonly name: string;
  readonly ph: string;
  readonly ts: number;
  readonly pid: number;
  readonly tid: number;
  readonly dur?: number;
  readonly tdur?: number;
  readonly args: { readonly data?: { readonly url?: string; readonly functionName?: string } };
}

export interface Traced {
  /** How often the page's thread came into such a script from outside. */
  readonly calls: number;
  /**
   * Of the thread's processor time, in ms, spent in them; with what it takes to get there, where nobody else was called as
   * well. Without style and layout that were asked for there: the page does that work once a frame in any case.
   */
  readonly ms: number;
  /** Style and layout that were asked for there, in ms. */
  readonly layout: number;
  /** The longest of them, in ms. */
  readonly worst: number;
  /** How often each function was called, and its ms: for whoever looks for a cause. */
  readonly by: Readonly<Record<string, readonly [calls: number, ms: number]>>;
}

const layouts = new Set(['Layout', 'UpdateLayoutTree']);
const ways = new Set(['RunMicrotasks', 'TimerFire', 'FireAnimationFrame', 'FireIdleCallback', 'EventDispatch']);

/** Traces `page` while `work` goes on. `ours` tells by its address whether a script is one of those. */
export async function traced(page: Page, ours: (url: string) => boolean, work: () => Promise<void>): Promise<Traced> {
  await page.tracing.start({ categories: ['-*', 'devtools.timeline', 'blink.user_timing', 'v8'] });
  await work();
  await page.evaluate(() => void performance.mark('bench-page'));
  const { traceEvents } = JSON.parse(new TextDecoder().decode(await page.tracing.stop())) as {
    traceEvents: TraceEvent[];
  };
  const at = traceEvents.find(({ name }) => name === 'bench-page');
  const own = traceEvents.filter(({ pid, tid, ph }) => pid === at?.pid && tid === at?.tid && ph === 'X');
  own.sort((a, b) => a.ts - b.ts || (b.dur ?? 0) - (a.dur ?? 0));
  const cpu = ({ tdur = 0 }: TraceEvent) => tdur / 1000;
  const end = ({ ts, dur = 0 }: TraceEvent) => ts + dur;
  const isOurs = (event: TraceEvent) => event.name === 'FunctionCall' && ours(event.args.data?.url ?? '');
  const by: Record<string, [number, number]> = {};
  let [calls, ms, worst, layout] = [0, 0, 0, 0];
  /** The way that is open, what was called on it, and what of that was ours. */
  let way: { readonly event: TraceEvent; others: number; ours: number; ms: number } | null = null;
  let inside = Number.NEGATIVE_INFINITY;
  let insideOurs = inside;
  let laidOut = inside;
  const close = () => {
    if (way && way.ours > 0) {
      const spent = way.others > 0 ? way.ms : Math.max(way.ms, cpu(way.event));
      ms += spent;
    }
    way = null;
  };
  for (const event of own) {
    if (way && event.ts >= end(way.event)) close();
    if (ways.has(event.name) && !way) way = { event, others: 0, ours: 0, ms: 0 };
    if (layouts.has(event.name) && event.ts < insideOurs && event.ts >= laidOut) {
      laidOut = end(event);
      layout += cpu(event);
    }
    if (event.name !== 'FunctionCall' || event.ts < inside) continue;
    inside = end(event);
    if (isOurs(event)) insideOurs = inside;
    else {
      if (way) way.others += 1;
      continue;
    }
    calls += 1;
    const spent = cpu(event);
    worst = Math.max(worst, spent);
    const name = `${event.args.data?.url?.split('/').at(-1)} ${event.args.data?.functionName || 'anonymous'}`;
    const before = by[name] ?? [0, 0];
    by[name] = [before[0] + 1, before[1] + spent];
    if (way) {
      way.ours += 1;
      way.ms += spent;
    } else ms += spent;
  }
  close();
  return { calls, ms: ms - layout, layout, worst, by };
}
