/**
 * Passes on what is stored to the destinations of each project, each by itself: its own order, pace and pauses, so that one
 * that hangs holds up no other. Several processes on one database share the work: one of them sends to a destination at a
 * time. Holds nothing in memory that matters.
 */
import { randomUUID } from 'node:crypto';
import { loadConnector } from '../../utils/connectors/index.ts';
import { backoffMs } from '../../utils/delivery/backoff.ts';
import { deliver } from '../../utils/delivery/deliver.ts';
import { createHostFloor } from '../../utils/delivery/host-floor.ts';
import { describeError, type Log } from '../log.ts';
import type { Database } from '../store/database.ts';
import { databaseNow, findDestination, listDestinations, type Place } from '../store/destinations.ts';
import { applyOutcomes, type Lease, leaseBatch, listDue, release, targetOf } from '../store/queue.ts';
import type { SecretsOf } from './secrets.ts';

export interface FanOutParts {
  readonly database: Database;
  readonly log: Log;
  readonly secretsOf: SecretsOf;
  readonly fetch?: typeof fetch;
  /** ms since 1970; the database's clock by default, which all processes share. */
  readonly now?: () => Promise<number>;
  /** In [0, 1), for the jitter of the backoff. */
  readonly random?: () => number;
  /** ms until it looks again by itself: what another process stored, or left undone, shows only so. */
  readonly pollMs?: number;
}

export interface FanOut {
  /** Something was stored or changed: looks soon. */
  wake(): void;
  /** Begins nothing more, and lets what is under way end for up to `drainMs`. */
  stop(drainMs: number): Promise<void>;
}

const POLL_MS = 5000;

export function createFanOut(parts: FanOutParts): FanOut {
  const { database, log, secretsOf, random = Math.random, pollMs = POLL_MS } = parts;
  const now = parts.now ?? (() => databaseNow(database));
  const sender = randomUUID();
  const ending = new AbortController();
  const asking = parts.fetch ?? ((...args: Parameters<typeof fetch>) => fetch(...args));
  const fetcher: typeof fetch = (url, init) =>
    asking(url, { ...init, signal: AbortSignal.any([ending.signal, ...(init?.signal ? [init.signal] : [])]) });
  const delay = (failures: number) => backoffMs(failures, random);
  const turn = createHostFloor();
  const services = new Map<string, Promise<void>>();
  let stopping = false;
  let looking: Promise<void> | null = null;
  let again = false;
  let timer: NodeJS.Timeout | null = null;
  let plannedFor = 0;

  async function sendBatch({ project, id }: Place, lease: Lease): Promise<boolean> {
    await turn(lease.destination.url);
    const connector = await loadConnector(lease.destination.connector);
    const delivery = { fetch: fetcher, now: Date.now };
    const { outcome, ...learnt } = await deliver(connector, lease.destination, lease.events, delivery);
    // Cut off by our own end: nothing is known, and whoever comes next sends it again.
    if (ending.signal.aborted) return false;
    await applyOutcomes(database, lease, secretsOf, outcome, await now(), delay, learnt);
    const count = (what: string) =>
      outcome.kind === 'items' ? [...outcome.items.values()].filter((item) => item.outcome === what).length : 0;
    log.info('passed on', {
      ...{ project, destination: id, events: lease.rows.length, outcome: outcome.kind },
      ...{ delivered: count('delivered'), dead: count('dead') },
    });
    return true;
  }

  /** Sends batch after batch until nothing is due, or somebody says stop. */
  async function drain(place: Place): Promise<void> {
    try {
      while (!stopping) {
        const row = await findDestination(database, place);
        const secrets = row && secretsOf(row);
        if (!row || !secrets) return;
        const connector = await loadConnector(row.settings.connector);
        const limits = connector.limitsFor?.(targetOf(row, secrets)) ?? connector.limits;
        const lease = await leaseBatch(database, place, sender, secretsOf, limits, await now());
        if (lease === null || !(await sendBatch(place, lease))) return;
      }
    } finally {
      await release(database, place, sender);
    }
  }

  function serve(place: Place): void {
    const name = `${place.project}/${place.id}`;
    if (services.has(name)) return;
    const service = drain(place)
      .catch((error) => log.error('passing on failed', { ...place, ...describeError(error) }))
      .finally(() => {
        services.delete(name);
        // What was stored after its last look; not at once where it failed.
        plan(1000);
      });
    services.set(name, service);
  }

  /** Looks again in so many ms, or before, where that was planned. */
  function plan(ms: number): void {
    const at = performance.now() + ms;
    if (stopping || (timer !== null && plannedFor <= at)) return;
    if (timer) clearTimeout(timer);
    plannedFor = at;
    timer = setTimeout(() => {
      timer = null;
      void look();
    }, ms);
  }

  /** Serves what is due, and plans the next look. */
  async function lookOnce(): Promise<void> {
    const at = await now();
    const rows = (await listDestinations(database)).filter((row) => secretsOf(row) !== null);
    let next = at + pollMs;
    for (const due of rows.length === 0 ? [] : await listDue(database, rows, at)) {
      const others = due.heldBy !== null && due.heldBy !== sender && due.heldUntil > at;
      if (others) continue;
      if (due.at <= at) serve(due);
      else next = Math.min(next, due.at);
    }
    plan(next - at);
  }

  function look(): Promise<void> {
    again = true;
    looking ??= (async () => {
      try {
        while (again && !stopping) {
          again = false;
          await lookOnce();
        }
      } catch (error) {
        log.error('looking for what to pass on failed', describeError(error));
        plan(pollMs);
      } finally {
        looking = null;
      }
    })();
    return looking;
  }

  return {
    wake: () => void look(),
    async stop(drainMs) {
      stopping = true;
      if (timer) clearTimeout(timer);
      await looking;
      const late = setTimeout(() => ending.abort(), drainMs);
      await Promise.all(services.values());
      clearTimeout(late);
    },
  };
}
