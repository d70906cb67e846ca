/**
 * Drains the outbox, each destination by itself: its own lock, order, pace and pauses, so that one that hangs holds up no
 * other. One sender serves a destination at a time in all contexts of the extension (a lock, and the leases behind it).
 */
import { loadConnector as fromRegistry } from '../connectors/index.ts';
import { backoffMs } from '../delivery/backoff.ts';
import { deliver } from '../delivery/deliver.ts';
import { createHostFloor } from '../delivery/host-floor.ts';
import { report } from '../errors.ts';
import { nextDueAt } from '../storage/due.ts';
import { leaseBatch, releaseExpired, resumeDestinations } from '../storage/leases.ts';
import { applyOutcomes } from '../storage/outcomes.ts';
import type { Locks, Sender, SenderParts, WakeReason } from './types.ts';

const LOCK = 'countersign-sender';

const browserLocks = (): Locks | null => (globalThis.navigator?.locks as Locks | undefined) ?? null;

/** One destination that is being served. */
interface Service {
  /** Somebody asked for it meanwhile: look once more before it ends. */
  again: boolean;
  /** The user asked for it: quiet hours and the cost of the connection do not hold it. */
  forced: boolean;
  done: Promise<void>;
}

export function createSender(parts: SenderParts): Sender {
  const { database, loadConnector = fromRegistry, now = Date.now, random = Math.random, timeoutMs } = parts;
  const { heldUntil = async () => null, onBatch = () => {} } = parts;
  const fetcher = parts.fetch ?? ((...args: Parameters<typeof fetch>) => fetch(...args));
  const locks = parts.locks === undefined ? browserLocks() : parts.locks;
  const delivery = { fetch: fetcher, now, ...(timeoutMs === undefined ? {} : { timeoutMs }) };
  const delay = (failures: number) => backoffMs(failures, random);
  const turn = createHostFloor(parts.hostGapMs === undefined ? {} : { gapMs: parts.hostGapMs });

  /** Sends batch after batch until the destination has nothing due, or says stop. */
  async function drain(destinationId: string, service: Service): Promise<void> {
    await releaseExpired(database, destinationId, now());
    for (;;) {
      if (!service.forced && (await heldUntil()) !== null) return;
      const row = await database.destinations.get(destinationId);
      if (!row) return;
      const connector = await loadConnector(row.connector);
      const lease = await leaseBatch(database, destinationId, connector.limitsFor?.(row) ?? connector.limits, now());
      if (!lease) return;
      await turn(lease.destination.url);
      const { outcome, ...learnt } = await deliver(connector, lease.destination, lease.events, delivery);
      await applyOutcomes(database, lease, outcome, now(), delay, learnt);
      onBatch();
    }
  }

  /** Drains while nobody else does; who holds the lock looks at all that is due. */
  async function drainAlone(id: string, service: Service): Promise<void> {
    if (locks === null) return drain(id, service);
    await locks.request(`${LOCK} ${id}`, { ifAvailable: true }, async (lock) =>
      lock === null ? undefined : drain(id, service),
    );
  }

  const services = new Map<string, Service>();

  async function run(id: string, service: Service): Promise<void> {
    try {
      while (service.again) {
        service.again = false;
        await drainAlone(id, service);
      }
    } finally {
      // In the same step as the last look at `again`, so that no call falls in between.
      services.delete(id);
    }
  }

  function serve(id: string, forced: boolean): Promise<void> {
    const running = services.get(id);
    if (running) {
      running.again = true;
      running.forced ||= forced;
      return running.done;
    }
    const service: Service = { again: true, forced, done: Promise.resolve() };
    services.set(id, service);
    service.done = run(id, service);
    return service.done;
  }

  return {
    async wake(reason: WakeReason) {
      if (reason === 'user') await resumeDestinations(database, now());
      const ids = await database.destinations.toCollection().primaryKeys();
      const runs = await Promise.allSettled(ids.map((id) => serve(id, reason === 'user')));
      for (const run of runs) if (run.status === 'rejected') report(run.reason, 'delivering reviews');
    },
    async nextWakeAt() {
      const due = await nextDueAt(database, now());
      const held = due === null ? null : await heldUntil();
      return due === null || held === null ? due : Math.max(due, held);
    },
  };
}
