/**
 * Drains the outbox. One sender runs at a time in all contexts of the extension (a lock, and the leases behind it);
 * destinations are served side by side, so that one that hangs holds up no other.
 */
import { connectors as registry } from '../connectors/index.ts';
import { report } from '../errors.ts';
import { leaseBatch, nextDueAt, releaseExpired, resumeDestinations } from '../storage/leases.ts';
import { applyOutcomes } from '../storage/outcomes.ts';
import { backoffMs } from './backoff.ts';
import { deliver } from './deliver.ts';
import type { Locks, Sender, SenderParts, WakeReason } from './types.ts';

const LOCK = 'countersign-sender';

const browserLocks = (): Locks | null => (globalThis.navigator?.locks as Locks | undefined) ?? null;

export function createSender(parts: SenderParts): Sender {
  const { database, connectors = registry, now = Date.now, random = Math.random, timeoutMs } = parts;
  const fetcher = parts.fetch ?? ((...args: Parameters<typeof fetch>) => fetch(...args));
  const locks = parts.locks === undefined ? browserLocks() : parts.locks;
  const delivery = { fetch: fetcher, now, ...(timeoutMs === undefined ? {} : { timeoutMs }) };
  const delay = (failures: number) => backoffMs(failures, random);

  /** Sends batch after batch until the destination has nothing due, or says stop. */
  async function drain(destinationId: string): Promise<void> {
    for (;;) {
      const row = await database.destinations.get(destinationId);
      if (!row) return;
      const connector = connectors[row.connector];
      const lease = await leaseBatch(database, destinationId, connector.limits, now());
      if (!lease) return;
      const events = lease.rows.map(({ event }) => event).filter((event) => event !== null);
      const outcome = await deliver(connector, lease.destination, events, delivery);
      await applyOutcomes(database, lease, outcome, now(), delay);
    }
  }

  async function drainAll(): Promise<void> {
    await releaseExpired(database, now());
    const ids = await database.destinations.toCollection().primaryKeys();
    const runs = await Promise.allSettled(ids.map(drain));
    for (const run of runs) if (run.status === 'rejected') report(run.reason, 'delivering reviews');
  }

  let running: Promise<void> | null = null;
  let again = false;

  async function run(): Promise<void> {
    try {
      do {
        again = false;
        if (locks === null) await drainAll();
        else await locks.request(LOCK, { ifAvailable: true }, async (lock) => (lock === null ? undefined : drainAll()));
      } while (again);
    } finally {
      // In the same step as the last look at `again`, so that no call falls in between.
      running = null;
    }
  }

  return {
    async wake(reason: WakeReason) {
      if (reason === 'user') await resumeDestinations(database, now());
      again = true;
      running ??= run();
      await running;
    },
    nextWakeAt: () => nextDueAt(database, now()),
  };
}
