/** What went wrong with the database, in the program's words. */
import Dexie from 'dexie';
import { CountersignError, type FailureCode, failure } from '../errors.ts';
import { afterWaiting } from './waiting.ts';

/** Names of the errors that mean "another context holds the database, or closed it under us". */
const BLOCKED = new Set(['BlockedException', 'DatabaseClosedError', 'DatabaseClosed', 'VersionError', 'VersionChange']);

/** Error names through `inner`, `cause` and `failures`, as Dexie nests them: an aborted transaction hides its reason there. */
function names(thrown: unknown, depth = 0): string[] {
  if (typeof thrown !== 'object' || thrown === null || depth > 4) return [];
  const { name, inner, cause, failures } = thrown as Record<string, unknown>;
  const nested = [inner, cause, ...(Array.isArray(failures) ? failures : [])];
  return [typeof name === 'string' ? name : '', ...nested.flatMap((each) => names(each, depth + 1))];
}

function codeOf(thrown: unknown): FailureCode {
  const all = names(thrown);
  if (all.some((name) => name.startsWith('QuotaExceeded'))) return 'storage-full';
  if (all.some((name) => BLOCKED.has(name))) return 'storage-blocked';
  // A unique index refused: another context stored the same revision a moment earlier.
  if (all.some((name) => name.startsWith('Constraint') || name === 'BulkError')) return 'conflict';
  return 'storage-failed';
}

/** The named failure for whatever the database threw; our own failures pass unchanged. */
export function asStorageError(thrown: unknown): CountersignError {
  if (thrown instanceof CountersignError) return thrown;
  if (names(thrown).includes('VersionError')) {
    const message = 'Not saved: a newer version of Countersign made this database. Your text is still here.';
    const next = 'Update Countersign, then save again.';
    return new CountersignError(failure('storage-blocked', { message, next }), { cause: thrown });
  }
  return new CountersignError(failure(codeOf(thrown)), { cause: thrown });
}

/** Whether the database threw this; anything else is a mistake of the program, and must not pass for a full disk. */
function isOfDatabase(thrown: unknown): boolean {
  const known: readonly string[] = Object.values(Dexie.errnames);
  return names(thrown).some((name) => known.includes(name));
}

/** Bytes. Where less is left, a write that failed without saying why had no room. */
const ROOM = 1_000_000;

/**
 * The same failure, or a full disk where that is what it must have been: Chromium says of a write on a full disk only that it
 * failed, and tells by its estimate that nothing is left.
 */
export async function withReason(
  thrown: unknown,
  storage: Pick<StorageManager, 'estimate'> | undefined = globalThis.navigator?.storage,
): Promise<unknown> {
  if (!(thrown instanceof CountersignError) || thrown.failure.code !== 'storage-failed') return thrown;
  const estimate = await storage?.estimate?.().catch(() => null);
  if (estimate?.quota === undefined || estimate.usage === undefined) return thrown;
  const isFull = estimate.quota - estimate.usage < ROOM;
  return isFull ? new CountersignError(failure('storage-full'), { cause: thrown }) : thrown;
}

/** ms. A database that does not open is held by another context: say so instead of waiting for it. */
export const STORAGE_TIMEOUT_MS = 10_000;

/**
 * Runs work on the database; what the database throws comes out as a named failure, and work that does not end in time as
 * `storage-blocked`. A write that was given up on may still be stored later: repeating it with the same `saveId` is safe.
 */
export async function guarded<T>(work: () => PromiseLike<T>, timeoutMs = STORAGE_TIMEOUT_MS): Promise<T> {
  let stopWaiting = () => {};
  const late = new Promise<never>((_, reject) => {
    stopWaiting = afterWaiting(timeoutMs, () => reject(new CountersignError(failure('storage-blocked'))));
  });
  try {
    return await Promise.race([work(), late]);
  } catch (thrown) {
    throw isOfDatabase(thrown) ? asStorageError(thrown) : thrown;
  } finally {
    stopWaiting();
  }
}
