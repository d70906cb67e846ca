/** Everything that is stored to a file, and back from one, a portion at a time. */
import { type ReadonlySignal, signal } from '@preact/signals';
import type { BackupState } from '../../../components/privacy/backup.tsx';
import { asFailure } from '../../../utils/errors.ts';
import { jsonLine } from '../../../utils/exporting/jsonl.ts';
import type { Call } from '../../../utils/messaging/client.ts';
import type { PageCalls } from '../../../utils/messaging/contract.ts';
import type { CountersignDatabase } from '../../../utils/storage/database.ts';
import { exportAll } from '../../../utils/storage/export-all.ts';
import { fileOf, offerFile } from './save-file.ts';

/** Most lines and UTF-16 code units of one call. */
const LINES = 500;
const CHARS = 2_000_000;

export interface BackupStore {
  readonly state: ReadonlySignal<BackupState>;
  readonly write: () => Promise<void>;
  readonly take: (file: File) => Promise<void>;
}

/** The lines of a file, without those that are empty; never all of it at once. */
async function* linesOf(file: Blob): AsyncGenerator<string> {
  const reader = file.stream().pipeThrough(new TextDecoderStream()).getReader();
  let rest = '';
  for (;;) {
    const { value, done } = await reader.read();
    const lines = `${rest}${value ?? ''}`.split('\n');
    rest = done ? '' : (lines.pop() ?? '');
    for (const line of lines) if (line.trim() !== '') yield line;
    if (done) return;
  }
}

/** Portions that one call may carry. */
async function* portionsOf(lines: AsyncIterable<string>): AsyncGenerator<readonly string[]> {
  let portion: string[] = [];
  let chars = 0;
  for await (const line of lines) {
    if (portion.length > 0 && (portion.length >= LINES || chars + line.length > CHARS)) {
      yield portion;
      portion = [];
      chars = 0;
    }
    portion.push(line);
    chars += line.length;
  }
  if (portion.length > 0) yield portion;
}

export function createBackup(
  database: CountersignDatabase,
  call: Call<PageCalls>,
  offer: typeof offerFile = offerFile,
  now = Date.now,
): BackupStore {
  const state = signal<BackupState>({ is: 'idle' });
  async function* lines() {
    for await (const line of exportAll(database, now())) yield jsonLine(line);
  }
  return {
    state,
    async write() {
      let written = 0;
      const onProgress = (count: number) => {
        written = count;
        state.value = { is: 'writing', lines: count };
      };
      onProgress(0);
      try {
        const file = await fileOf(lines(), onProgress, new AbortController().signal);
        if (!file) return;
        const name = `countersign-backup-${new Date(now()).toISOString().slice(0, 10)}.jsonl`;
        offer(file, name);
        state.value = { is: 'written', lines: written, name };
      } catch (thrown) {
        state.value = { is: 'failed', message: `Nothing was written. ${asFailure(thrown).message}` };
      }
    },
    async take(file) {
      let [done, added, kept] = [0, 0, 0];
      const refused: { line: number; why: string }[] = [];
      state.value = { is: 'taking', lines: 0 };
      try {
        for await (const portion of portionsOf(linesOf(file))) {
          const answer = await call('importBackup', { lines: [...portion] });
          if (!answer.ok) {
            const { message, next } = answer.error;
            state.value = {
              is: 'failed',
              message: `Stopped after ${done} lines; what was taken is stored. ${message} ${next}`,
            };
            return;
          }
          added += answer.value.added;
          kept += answer.value.kept;
          refused.push(...answer.value.refused.map(({ line, why }) => ({ line: done + line, why })));
          done += portion.length;
          state.value = { is: 'taking', lines: done };
        }
        state.value =
          done === 0
            ? { is: 'failed', message: `${file.name} is empty.` }
            : { is: 'taken', name: file.name, added, kept, refused };
      } catch {
        state.value = { is: 'failed', message: `${file.name} could not be read. Choose it again.` };
      }
    },
  };
}
