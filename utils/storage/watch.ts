/** Live reads: a page shows what is stored, whoever changes it. */
import { liveQuery } from 'dexie';
import { type Failure, failure } from '../errors.ts';
import { asStorageError, STORAGE_TIMEOUT_MS } from './failures.ts';

export interface Watcher<T> {
  readonly onValue: (value: T) => void;
  /** The read failed, or has no answer yet; a value may still come, when the database opens or what it reads changes. */
  readonly onFailure: (failure: Failure) => void;
}

function unreadable(code: Failure['code']): Failure {
  return code === 'storage-blocked'
    ? failure(code, {
        message: 'What is stored cannot be shown: another window holds the database.',
        next: 'Close other Countersign pages, then reload this one.',
      })
    : failure(code, {
        message: 'What is stored cannot be shown: the database could not be read.',
        next: 'Reload this page; if it stays, restart the browser.',
      });
}

/** Reads now and whenever anything that `read` touched has changed, in any context, until `signal` aborts. */
export function watch<T>(
  read: () => Promise<T>,
  signal: AbortSignal,
  { onValue, onFailure }: Watcher<T>,
  timeoutMs = STORAGE_TIMEOUT_MS,
): void {
  if (signal.aborted) return;
  const late = setTimeout(() => onFailure(unreadable('storage-blocked')), timeoutMs);
  const subscription = liveQuery(read).subscribe({
    next: (value) => {
      clearTimeout(late);
      onValue(value);
    },
    error: (thrown: unknown) => {
      clearTimeout(late);
      onFailure(unreadable(asStorageError(thrown).failure.code));
    },
  });
  const stop = () => {
    clearTimeout(late);
    subscription.unsubscribe();
  };
  signal.addEventListener('abort', stop, { once: true });
}
