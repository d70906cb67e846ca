/** Waits for the database to open, and says soon and honestly why it does not. */
import { CountersignError, failure } from '../errors.ts';
import type { CountersignDatabase } from './database.ts';
import { asStorageError } from './failures.ts';
import { isUpgrading } from './upgrades.ts';
import { afterWaiting } from './waiting.ts';

/** ms. A database that is free opens in far less, 100,000 reviews or none. */
const OPENING_MS = 2_500;
/** ms. Bringing a large database up to date takes its time, once. */
const UPGRADING_MS = 25_000;

const upgrading = () =>
  new CountersignError(
    failure('storage-blocked', {
      message: 'Not saved yet: the database is being brought up to date. Your text is still here.',
      next: 'Wait a moment, then save again.',
    }),
  );

function late(ms: number): { readonly rejects: Promise<never>; stop(): void } {
  let stop = () => {};
  const rejects = new Promise<never>((_, reject) => {
    stop = afterWaiting(ms, () =>
      reject(isUpgrading() ? upgrading() : new CountersignError(failure('storage-blocked'))),
    );
  });
  return { rejects, stop };
}

/** ms. Who asks after the time was up gets the same answer soon, not after the same time again. */
const AGAIN_MS = 200;
/** When the opening began that is still under way. */
const waiting = new WeakMap<CountersignDatabase, number>();

/**
 * Resolves when the database is open, at once where it is. Throws `storage-blocked` where another window holds it, or it is
 * still being upgraded, and a storage failure where it cannot be opened. Nothing was written then, and nothing will be.
 */
export async function opened(
  database: CountersignDatabase,
  { openingMs = OPENING_MS, upgradingMs = UPGRADING_MS } = {},
): Promise<void> {
  if (database.isOpen()) return;
  const opening = database.open();
  const since = waiting.get(database) ?? performance.now();
  waiting.set(database, since);
  const over = () => waiting.delete(database);
  opening.then(over, over);
  const soon = late(Math.max(AGAIN_MS, openingMs - (performance.now() - since)));
  try {
    await Promise.race([opening, soon.rejects]);
  } catch (thrown) {
    if (!isUpgrading()) throw asStorageError(thrown);
    const later = late(upgradingMs);
    await Promise.race([opening, later.rejects]).finally(later.stop);
  } finally {
    soon.stop();
  }
}
