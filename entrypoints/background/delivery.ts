/**
 * When delivery runs. The worker dies 30 s after its last event, so the alarm is what guarantees a delivery; a timer only
 * makes it prompt while the worker happens to live.
 */
import type { Browser } from '../../utils/browser.ts';
import { report } from '../../utils/errors.ts';
import type { Sender, WakeReason } from '../../utils/sync/types.ts';

export const ALARM = 'deliver';
/** ms. A timer further ahead would not outlive the worker. */
const TIMER_LIMIT_MS = 25_000;
/** ms. What a run left undone although it is due waits for something else, such as another sender; asking at once would spin. */
const SOONEST_MS = 1_000;

export interface Delivery {
  /** Does work that may owe something, with the alarm set before and kept throughout, so that nothing owed is forgotten. */
  owing<T>(work: () => Promise<T>): Promise<T>;
  /** Sends what is due, if sending is allowed at all, and sets alarm and timer for what is not. Never rejects. */
  wake(reason: WakeReason): Promise<void>;
  /** Looks when to wake next, without sending. Never rejects. */
  schedule(): Promise<void>;
}

interface DeliveryParts {
  readonly sender: Sender;
  readonly alarms: Browser['alarms'];
  /** The user has agreed to sending, where the browser asks. */
  readonly mayTransmit: () => Promise<boolean>;
  /** Called after every run: counts and pauses may have changed. */
  readonly onChange: () => Promise<void>;
  readonly now?: () => number;
  readonly setTimer?: (call: () => void, ms: number) => unknown;
  readonly clearTimer?: (timer: unknown) => void;
}

export function createDelivery(parts: DeliveryParts): Delivery {
  const { sender, alarms, mayTransmit, onChange, now = Date.now } = parts;
  const { setTimer = setTimeout, clearTimer = (timer) => clearTimeout(timer as number) } = parts;
  let timer: unknown;
  /** How much work is going on that may owe something. */
  let owing = 0;

  async function arm(): Promise<void> {
    if (!(await alarms.get(ALARM))) alarms.create(ALARM, { periodInMinutes: 1 });
  }

  let last: Promise<void> = Promise.resolve();
  /** Sets alarm and timer by what is owed now. One plan after the other, so that none acts on what was owed before. */
  function plan(): Promise<void> {
    last = last.then(planNow, planNow);
    return last;
  }

  async function planNow(): Promise<void> {
    clearTimer(timer);
    const next = (await mayTransmit()) ? await sender.nextWakeAt() : null;
    if (next === null) {
      if (owing === 0) await alarms.clear(ALARM);
      return;
    }
    await arm();
    const wait = Math.max(SOONEST_MS, next - now());
    if (wait <= TIMER_LIMIT_MS) timer = setTimer(() => void wake('alarm'), wait);
  }

  async function wake(reason: WakeReason): Promise<void> {
    try {
      if (await mayTransmit()) await sender.wake(reason);
      await plan();
      await onChange();
    } catch (thrown) {
      report(thrown, 'delivering reviews');
    }
  }

  async function schedule(): Promise<void> {
    try {
      await plan();
    } catch (thrown) {
      report(thrown, 'planning the next delivery');
    }
  }

  return {
    async owing(work) {
      owing += 1;
      try {
        await arm();
        return await work();
      } finally {
        owing -= 1;
        void schedule();
      }
    },
    wake,
    schedule,
  };
}
