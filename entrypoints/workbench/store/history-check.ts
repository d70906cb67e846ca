/** The check of all hash chains, on demand. */
import { type ReadonlySignal, signal } from '@preact/signals';
import type { CheckState } from '../../../components/privacy/backup.tsx';
import { asFailure } from '../../../utils/errors.ts';
import { checkChains } from '../../../utils/storage/check-chains.ts';
import type { CountersignDatabase } from '../../../utils/storage/database.ts';

export interface HistoryCheckStore {
  readonly state: ReadonlySignal<CheckState>;
  readonly run: () => Promise<void>;
  readonly stop: () => void;
}

/** One check at a time; it ends when `gone` aborts. */
export function createHistoryCheck(database: CountersignDatabase, gone: AbortSignal): HistoryCheckStore {
  const state = signal<CheckState>({ is: 'idle' });
  let running = new AbortController();
  gone.addEventListener('abort', () => running.abort());
  return {
    state,
    stop: () => running.abort(),
    async run() {
      running.abort();
      running = new AbortController();
      const { signal: mine } = running;
      state.value = { is: 'checking', checked: 0, all: 0 };
      try {
        const { checked, broken } = await checkChains(database, {
          onProgress: (done, all) => {
            if (!mine.aborted) state.value = { is: 'checking', checked: done, all };
          },
          signal: mine,
        });
        if (mine.aborted) state.value = { is: 'idle' };
        else state.value = broken ? { is: 'broken', ...broken } : { is: 'intact', checked };
      } catch (thrown) {
        state.value = { is: 'failed', message: `The check could not be done. ${asFailure(thrown).message}` };
      }
    },
  };
}
