/** Writing reviews, or what could not be delivered, to a file. */
import { type ReadonlySignal, signal } from '@preact/signals';
import type { ExportChoice, ExportState } from '../../../components/workbench/export-panel.tsx';
import { asFailure } from '../../../utils/errors.ts';
import { annotationLines } from '../../../utils/exporting/annotations.ts';
import { exportFileName, reviewLines, undeliveredLine } from '../../../utils/exporting/jsonl.ts';
import { preferencePairs } from '../../../utils/exporting/pairs.ts';
import type { ReviewQuery } from '../../../utils/review/query.ts';
import type { CountersignDatabase } from '../../../utils/storage/database.ts';
import { eachNewest, eachReview } from '../../../utils/storage/each-review.ts';
import { eachDeadLetter } from '../../../utils/storage/outbox.ts';
import { fileOf, offerFile } from './save-file.ts';

export interface Export {
  readonly state: ReadonlySignal<ExportState>;
  readonly run: (query: ReviewQuery, choice: ExportChoice) => Promise<void>;
  readonly stop: () => void;
}

/** One export at a time. */
export function createExport({ database }: { readonly database: CountersignDatabase }): Export {
  const state = signal<ExportState>({ is: 'idle' });
  let running = new AbortController();
  return {
    state,
    stop: () => running.abort(),
    async run(query, choice) {
      running.abort();
      running = new AbortController();
      const mine = running;
      const reviews = choice !== 'all' ? eachNewest(database, query) : eachReview(database, query);
      let lines = 0;
      const what = choice === 'pairs' ? 'pair' : choice === 'findings' ? 'finding' : 'review';
      state.value = { is: 'writing', lines, what };
      try {
        const onProgress = (count: number) => {
          lines = count;
          if (!mine.signal.aborted) state.value = { is: 'writing', lines, what };
        };
        const all =
          choice === 'pairs'
            ? preferencePairs(reviews)
            : choice === 'findings'
              ? annotationLines(reviews)
              : reviewLines(reviews, choice);
        const file = await fileOf(all, onProgress, mine.signal);
        if (mine !== running) return;
        if (file === null) {
          state.value = { is: 'idle' };
          return;
        }
        const name = exportFileName(
          choice === 'pairs' ? 'preferences' : choice === 'findings' ? 'findings' : 'reviews',
        );
        offerFile(file, name);
        state.value = { is: 'done', lines, what, name };
      } catch (thrown) {
        state.value = { is: 'failed', message: `Nothing was written. ${asFailure(thrown).message}` };
      }
    },
  };
}

/** Offers all that a destination could not be given as a file; answers how many. */
export async function exportDead(
  database: CountersignDatabase,
  destination: { readonly id: string; readonly name: string },
): Promise<number> {
  let count = 0;
  const lines = async function* () {
    for await (const letter of eachDeadLetter(database)) {
      if (letter.destinationId === destination.id) yield undeliveredLine({ ...letter, destination: destination.name });
    }
  };
  const onProgress = (done: number) => {
    count = done;
  };
  const file = await fileOf(lines(), onProgress, new AbortController().signal);
  if (file) offerFile(file, exportFileName('undelivered'));
  return count;
}
