/** Writing reviews, or what could not be delivered, to a file. */
import { type ReadonlySignal, signal } from '@preact/signals';
import type { ExportChoice, ExportState } from '../../../components/workbench/export-panel.tsx';
import { asFailure } from '../../../utils/errors.ts';
import { annotationLines } from '../../../utils/exporting/annotations.ts';
import { csvRows } from '../../../utils/exporting/csv.ts';
import { exportFileName, reviewLines, undeliveredLine } from '../../../utils/exporting/jsonl.ts';
import { preferencePairs } from '../../../utils/exporting/pairs.ts';
import type { ReviewQuery } from '../../../utils/review/query.ts';
import type { CountersignDatabase } from '../../../utils/storage/database.ts';
import { eachNewest, eachReview } from '../../../utils/storage/each-review.ts';
import { eachDeadLetter } from '../../../utils/storage/outbox.ts';
import { everyRubric } from '../../../utils/storage/projects.ts';
import { fileOf, offerFile } from './save-file.ts';

export interface Export {
  readonly state: ReadonlySignal<ExportState>;
  readonly run: (query: ReviewQuery, choice: ExportChoice) => Promise<void>;
  readonly stop: () => void;
}

/** The lines of the file, one for each thing that it holds. */
export async function linesOf(
  database: CountersignDatabase,
  query: ReviewQuery,
  choice: ExportChoice,
): Promise<AsyncIterable<string>> {
  if (choice === 'all') return reviewLines(eachReview(database, query), choice);
  const reviews = eachNewest(database, query);
  if (choice === 'pairs') return preferencePairs(reviews);
  if (choice === 'findings') return annotationLines(reviews);
  if (choice === 'newest') return reviewLines(reviews, choice);
  const rubrics = await everyRubric(database);
  const dimensions = rubrics.flatMap((rubric) => rubric.dimensions.map(({ id }) => id));
  return csvRows(reviews, dimensions);
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
      let lines = 0;
      const what = choice === 'pairs' ? 'pair' : choice === 'findings' ? 'finding' : 'review';
      state.value = { is: 'writing', lines, what };
      try {
        const onProgress = (count: number) => {
          // The first line of a table names its columns.
          lines = choice === 'csv' ? Math.max(0, count - 1) : count;
          if (!mine.signal.aborted) state.value = { is: 'writing', lines, what };
        };
        const all = await linesOf(database, query, choice);
        const file = await fileOf(all, onProgress, mine.signal, choice === 'csv' ? 'text/csv' : undefined);
        if (mine !== running) return;
        if (file === null) {
          state.value = { is: 'idle' };
          return;
        }
        const holds = choice === 'pairs' ? 'preferences' : choice === 'findings' ? 'findings' : 'reviews';
        const name = exportFileName(holds, new Date(), choice === 'csv' ? 'csv' : 'jsonl');
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
