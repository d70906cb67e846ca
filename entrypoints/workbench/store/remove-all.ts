/** Removing everything, after the destinations have been told where that is wished. */
import { effect, type ReadonlySignal, signal } from '@preact/signals';
import type { RemovingState } from '../../../components/privacy/remove-all.tsx';
import type { Failure } from '../../../utils/errors.ts';
import type { Call } from '../../../utils/messaging/client.ts';
import type { PageCalls } from '../../../utils/messaging/contract.ts';
import type { Counts } from '../../../utils/storage/counters.ts';
import { forgetAll } from './forget.ts';
import type { Live } from './live.ts';

export interface RemoveAll {
  readonly state: ReadonlySignal<RemovingState>;
  /** `tell`: the reviews are deleted first, and their tombstones delivered. */
  readonly run: (tell: boolean) => Promise<void>;
  /** Waits no longer for destinations. */
  readonly goOn: () => void;
  /** Leaves it at what is done. */
  readonly stop: () => void;
}

interface Parts {
  readonly call: Call<PageCalls>;
  readonly counts: ReadonlySignal<Live<Counts>>;
  readonly onDone: () => void;
}

export function createRemoveAll({ call, counts, onDone }: Parts, stop: AbortSignal): RemoveAll {
  const state = signal<RemovingState>({ is: 'idle' });
  let decide: (how: 'told' | 'go-on' | 'stop') => void = () => {};
  const fail = ({ message, next }: Failure) => {
    state.value = { is: 'failed', message: `${message} ${next}` };
  };
  const stillOwed = () => {
    const { owed = 0, dead = 0 } = counts.value.value ?? {};
    return owed + dead;
  };

  /** Until nothing is owed any more, or the reviewer decides otherwise. What a destination refused is still owed. */
  async function told(): Promise<'told' | 'go-on' | 'stop'> {
    const decided = new Promise<'told' | 'go-on' | 'stop'>((resolve) => {
      decide = resolve;
    });
    const unfollow = effect(() => {
      const waiting = stillOwed();
      state.value = { is: 'telling', waiting };
      if (waiting === 0) decide('told');
    });
    stop.addEventListener('abort', () => decide('stop'), { once: true });
    return decided.finally(unfollow);
  }

  return {
    state,
    goOn: () => decide('go-on'),
    stop: () => decide('stop'),
    async run(tell) {
      if (tell) {
        state.value = { is: 'deleting' };
        const gone = await forgetAll(call, { all: true, everywhere: true });
        if (!gone.ok) return fail(gone.error);
        if (gone.value.tombstones > 0 || stillOwed() > 0) {
          const asked = call('deliverNow', {});
          if ((await told()) === 'stop') {
            state.value = { is: 'idle' };
            return;
          }
          await asked;
        }
      }
      state.value = { is: 'removing' };
      const answer = await call('removeEverything', {});
      if (!answer.ok) return fail(answer.error);
      state.value = { is: 'idle' };
      onDone();
    },
  };
}
