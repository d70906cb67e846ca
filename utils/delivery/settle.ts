/** What the outcome of a batch does to its entries and to their destination. Whoever keeps them applies it in one transaction. */
import type { BatchOutcome, Destination } from '../connectors/types.ts';
import { LONGEST_DELAY_MS, LONGEST_WAIT_MS } from './times.ts';
import type { Entry, InFlight, Learnt, Standing } from './types.ts';

/** The most of a reason that is kept, in UTF-16 code units. */
const REASON_LIMIT = 500;

/** ms to wait before the attempt after `failures` (1 or more) failed ones. */
export type Delay = (failures: number) => number;

type Target = Pick<Destination, 'url' | 'token' | 'secret' | 'connector' | 'options'>;

/** Whether a destination is still the one that a batch was sent to. */
export const sameTarget = (a: Target, b: Target) =>
  a.url === b.url &&
  a.token === b.token &&
  a.secret === b.secret &&
  a.connector === b.connector &&
  JSON.stringify(a.options ?? {}) === JSON.stringify(b.options ?? {});

const NOTHING: Learnt = { paceMs: 0, takesGzip: null };

/** What is to be written. */
export interface Settled<Row> {
  readonly destination: Partial<Standing>;
  /** The endpoint has these, whatever became of lease and entry meanwhile; `current` is undefined where the entry is gone. */
  readonly delivered: readonly { readonly sent: Row; readonly current: Row | undefined }[];
  readonly changed: readonly { readonly before: Row; readonly after: Row }[];
}

/** Gathers what is to be written of the entries. */
class Changes<Row extends Entry> {
  readonly delivered: { readonly sent: Row; readonly current: Row | undefined }[] = [];
  readonly changed: { readonly before: Row; readonly after: Row }[] = [];
  readonly #until: number;

  constructor(until: number) {
    this.#until = until;
  }

  #change(before: Row, change: Partial<Entry>): void {
    this.changed.push({ before, after: { ...before, leasedUntil: 0, ...change } });
  }

  deliver(sent: Row, current: Row | undefined): void {
    this.delivered.push({ sent, current });
  }

  bury(row: Row, reason: string): void {
    if (row.state === 'dead') return;
    this.#change(row, { state: 'dead', reason: reason.slice(0, REASON_LIMIT), attempts: row.attempts + 1 });
  }

  /** Back in the queue, if it is still ours; `change` says what was learnt. */
  giveBack(row: Row, change: Partial<Entry> = {}): void {
    if (row.state !== 'leased' || row.leasedUntil !== this.#until) return;
    this.#change(row, { state: 'pending', ...change });
  }
}

/** What an outcome does to the destination; the entries' changes are gathered in `changes`. */
function apply<Row extends Entry>(
  outcome: BatchOutcome,
  batch: InFlight<Row>,
  current: readonly (Row | undefined)[],
  destination: Standing,
  changes: Changes<Row>,
  now: number,
  delay: Delay,
): Partial<Standing> {
  const rows = current.filter((row) => row !== undefined);
  const single = batch.rows.length === 1;
  const backOff = (retryAfterMs: number | null, reason: string): Partial<Standing> => {
    for (const row of rows) {
      changes.giveBack(row, { attempts: row.attempts + 1, reason: reason.slice(0, REASON_LIMIT) });
    }
    const failures = destination.failures + 1;
    return { failures, notBefore: now + Math.min(retryAfterMs ?? delay(failures), LONGEST_DELAY_MS) };
  };
  switch (outcome.kind) {
    case 'items': {
      const unnamed = 'The endpoint did not name this review in its answer.';
      if (!batch.rows.some((row) => outcome.items.has(row.key))) return backOff(null, unnamed);
      let delivered = false;
      for (const [index, sent] of batch.rows.entries()) {
        const row = current[index];
        const item = outcome.items.get(sent.key);
        delivered ||= item?.outcome === 'delivered';
        if (item?.outcome === 'delivered') changes.deliver(sent, row);
        else if (!row) continue;
        else if (item?.outcome === 'dead') changes.bury(row, item.reason);
        else {
          const attempts = row.attempts + 1;
          const wait = Math.min(item?.retryAfterMs ?? delay(attempts), LONGEST_WAIT_MS);
          const reason = (item?.reason ?? unnamed).slice(0, REASON_LIMIT);
          changes.giveBack(row, { attempts, reason, dueAt: now + wait });
        }
      }
      return {
        failures: 0,
        notBefore: 0,
        suspects: Math.max(0, (destination.suspects ?? 0) - batch.rows.length),
        ...(delivered ? { lastDeliveredAt: new Date(now).toISOString() } : {}),
      };
    }
    case 'too-large':
      if (single) {
        const size = Math.ceil(batch.bytes / 1024);
        for (const row of rows) changes.bury(row, `The endpoint refused this review as too large (${size} KB).`);
        return { failures: 0, notBefore: 0 };
      }
      for (const row of rows) changes.giveBack(row);
      return { failures: 0, notBefore: 0, byteLimit: Math.max(1, Math.floor(batch.bytes / 2)) };
    case 'invalid':
      if (single) {
        for (const row of rows) changes.bury(row, outcome.reason);
        return { failures: 0, notBefore: 0, suspects: 0 };
      }
      for (const row of rows) changes.giveBack(row);
      return { failures: 0, notBefore: 0, suspects: batch.rows.length };
    case 'later':
      return backOff(outcome.retryAfterMs, outcome.reason);
    case 'pause': {
      const reason = outcome.reason.slice(0, REASON_LIMIT);
      for (const row of rows) changes.giveBack(row, { reason });
      return { pausedBecause: reason };
    }
  }
}

/** The destination's own state after a reply, with the time that a wait began, by which a clock set back is recognised. */
function paced(change: Partial<Standing>, { paceMs, takesGzip }: Learnt, now: number): Partial<Standing> {
  const until = paceMs > 0 && change.pausedBecause === undefined ? now + Math.min(paceMs, LONGEST_DELAY_MS) : 0;
  const notBefore = Math.max(change.notBefore ?? 0, until);
  return {
    ...change,
    ...(notBefore > 0 ? { notBefore, waitingSince: now } : {}),
    ...(takesGzip === null ? {} : { takesGzip }),
  };
}

/**
 * What a reply means for the batch that it is about. `current` are the entries as they are now, undefined where one was
 * deleted meanwhile; `destination` is null where it is another one by now, or gone: it keeps its new state.
 */
export function settle<Row extends Entry>(
  outcome: BatchOutcome,
  batch: InFlight<Row>,
  current: readonly (Row | undefined)[],
  destination: Standing | null,
  now: number,
  delay: Delay,
  learnt: Learnt = NOTHING,
): Settled<Row> {
  const changes = new Changes<Row>(batch.until);
  const { delivered, changed } = changes;
  if (destination) {
    const change = apply(outcome, batch, current, destination, changes, now, delay);
    return { destination: paced(change, learnt, now), delivered, changed };
  }
  for (const [index, sent] of batch.rows.entries()) {
    const row = current[index];
    const has = outcome.kind === 'items' && outcome.items.get(sent.key)?.outcome === 'delivered';
    if (has) changes.deliver(sent, row);
    else if (row) changes.giveBack(row);
  }
  return { destination: {}, delivered, changed };
}
