/** A clock for a page that stands still: its time passes when the test says so, at once, however busy the machine is. */
import type { Page } from 'puppeteer-core';
import type { DetectionWorld } from './page.ts';

type Place = Pick<Page, 'evaluate'>;

interface ClockWorld {
  /** Lets so many ms pass, with all timers that fall due. */
  passTime(ms: number): Promise<void>;
  /** Waits, by the real clock, for what the browser reports with its frames; a frame out of sight has none. */
  drawn(): Promise<void>;
  /** Gives the page its own clock back; what was due is forgotten. */
  letClockGo(): void;
}

/** Stops the clock of a page or frame; to be called before detection starts there. */
export async function stopClock(place: Place): Promise<void> {
  await place.evaluate(() => {
    const frame = window.requestAnimationFrame.bind(window);
    const later = window.setTimeout.bind(window);
    const { setTimeout, clearTimeout, requestAnimationFrame, cancelAnimationFrame } = window;
    const timers = new Map<number, { readonly at: number; readonly run: () => void }>();
    let now = performance.now();
    let last = 0;
    const wait = (run: () => void, ms = 0) => {
      last += 1;
      timers.set(last, { at: now + Math.max(0, ms), run });
      return last;
    };
    const forget = (timer: number) => void timers.delete(timer);
    const drawn = () =>
      new Promise<void>((resolve) => {
        later(resolve, 100);
        frame(() => frame(() => resolve()));
      });
    const passTime = async (ms: number) => {
      const end = now + ms;
      for (;;) {
        // What observers and promises are about to say comes before the next timer.
        for (let turn = 0; turn < 5; turn += 1) await null;
        const [id, timer] = [...timers].reduce<[number, { at: number; run: () => void } | null]>(
          (first, [id, each]) => (first[1] === null || each.at < first[1].at ? [id, each] : first),
          [0, null],
        );
        if (timer === null || timer.at > end) break;
        timers.delete(id);
        now = Math.max(now, timer.at);
        timer.run();
      }
      now = end;
    };
    Object.assign(window, {
      setTimeout: wait,
      clearTimeout: forget,
      requestAnimationFrame: (run: (at: number) => void) => wait(() => run(now), 16),
      cancelAnimationFrame: forget,
      passTime,
      drawn,
      letClockGo() {
        Object.assign(window, { setTimeout, clearTimeout, requestAnimationFrame, cancelAnimationFrame });
        Reflect.deleteProperty(performance, 'now');
      },
    });
    Object.defineProperty(performance, 'now', { value: () => now, configurable: true });
  });
}

/**
 * Writes another page into one that was watched with its clock stopped, at the same address and to be watched anew: half of
 * what opening it costs. For pages without scripts, since what they left in the window stays there.
 */
export const writeAnew = (place: Place, html: string): Promise<void> =>
  place.evaluate((text) => {
    const { letClockGo, stop } = globalThis as unknown as ClockWorld & DetectionWorld;
    stop.abort();
    letClockGo();
    document.open();
    document.write(text);
    document.close();
  }, html);

/** Lets so many ms pass in a page whose clock stands still. */
export const pass = (place: Place, ms: number): Promise<void> =>
  place.evaluate(async (time) => {
    const { drawn, passTime } = globalThis as unknown as ClockWorld;
    await drawn();
    await passTime(time);
  }, ms);

/** Lets time pass until there are so many answers, those settled that should be, and so many messages; or 6 s. */
export const passUntilStill = (
  place: Place,
  { settled, messages }: { readonly settled: readonly boolean[]; readonly messages: number },
): Promise<void> =>
  place.evaluate(
    async (wanted, count) => {
      const { drawn, passTime, detector } = globalThis as unknown as ClockWorld & DetectionWorld;
      const isStill = () => {
        const responses = detector.responses();
        const isSettled = responses.every((response, at) => response.settled || !wanted[at]);
        return responses.length >= wanted.length && isSettled && detector.survey().messages.length >= count;
      };
      // With some real time, for what scripts of the page began before its clock stood still.
      for (let step = 0; step < 60 && !isStill(); step += 1) {
        await drawn();
        await passTime(100);
      }
    },
    settled,
    messages,
  );
