/**
 * The queue of a destination: who takes what is due, and what becomes of it. One process at a time sends to a destination: it
 * holds the destination's row until a time, and whoever finds that over takes its place. What was under way then is sent
 * again, which is harmless.
 */
import type { BatchOutcome, Connector, Destination } from '../../utils/connectors/types.ts';
import { mostItems, nextBatch } from '../../utils/delivery/batch.ts';
import { type Delay, sameTarget, settle } from '../../utils/delivery/settle.ts';
import { askableAt, LEASE_MS, LONGEST_WAIT_MS, plausible } from '../../utils/delivery/times.ts';
import type { Entry, InFlight, Learnt, Numberable } from '../../utils/delivery/types.ts';
import { MOST_CLOSED, type WireEvent } from '../../utils/review/wire.ts';
import type { Database, Queries } from './database.ts';
import { type DestinationRow, findDestination, type Place, putStanding, type Secrets } from './destinations.ts';
import { close, GONE, type Gone } from './owing.ts';
import { storable } from './text.ts';

/** An event that a destination is owed. `event` is null where the review was deleted, and where it was not asked for. */
interface QueueRow extends Entry, Numberable {
  readonly review: string;
}

/** A batch in flight. */
export interface Lease extends InFlight<QueueRow> {
  readonly place: Place;
  readonly destination: Destination & { readonly takesGzip?: boolean };
  /** What is sent: the events of the rows, each with its place in the destination's stream. */
  readonly events: readonly WireEvent[];
}

/** A destination as connectors take it. What was stored is passed on as it is: it was made for this collector. */
export function targetOf({ id, settings, standing }: DestinationRow, secrets: Secrets): Lease['destination'] {
  const { plainHttp: _, ...rest } = settings;
  const { takesGzip } = standing;
  return { id, ...rest, ...secrets, ...(takesGzip === undefined ? {} : { takesGzip }) };
}

interface StoredRow extends Omit<QueueRow, 'dueAt' | 'leasedUntil' | 'sequence' | 'closes' | 'event'> {
  readonly dueAt: string;
  readonly leasedUntil: string;
  readonly sequence: string | null;
  readonly closes: string;
  readonly event: string | null;
}

const COLUMNS = `o.key, o.review, o.state, o.due_at::text as "dueAt", o.leased_until::text as "leasedUntil", o.attempts,
  o.reason, o.sequence::text as sequence, o.closes::text as closes`;

/** The event without the place that it had on its way here. */
function eventOf(text: string | null): WireEvent | null {
  if (text === null) return null;
  const { stream: _, sequence: __, closes: ___, ...event } = JSON.parse(text) as WireEvent;
  return event as WireEvent;
}

const read = ({ event, ...row }: StoredRow): QueueRow => ({
  ...row,
  dueAt: Number(row.dueAt),
  leasedUntil: Number(row.leasedUntil),
  sequence: row.sequence === null ? null : Number(row.sequence),
  closes: JSON.parse(row.closes),
  event: eventOf(event),
});

/**
 * The entries that are due, oldest first; those that only a clock set back keeps waiting come last. Passes over what others
 * are changing, so that it waits for nobody, and drops what was deleted meanwhile.
 */
async function takeDue(queries: Queries, { project, id }: Place, now: number, limit: number): Promise<QueueRow[]> {
  for (;;) {
    const rows = await queries.query<StoredRow>(
      `select ${COLUMNS}, e.event::text as event
       from countersign.outbox o left join countersign.events e on e.project = o.project and e.key = o.key
       where o.project = $1 and o.destination = $2 and o.state = 'pending'
         and (o.due_at <= $3::bigint or o.due_at > $4::bigint)
       order by o.due_at > $4::bigint, o.due_at, o.seq
       limit $5
       for update of o skip locked`,
      [project, id, now, now + LONGEST_WAIT_MS, limit],
    );
    const gone = rows.filter(({ event }) => event === null).map(({ key }) => key);
    if (gone.length === 0) return rows.map(read);
    const dropped = await queries.query<Gone>(
      `delete from countersign.outbox
       where project = $1 and destination = $2 and key in (select jsonb_array_elements_text($3::text::jsonb))
       returning ${GONE}`,
      [project, id, JSON.stringify(gone)],
    );
    await close(queries, project, dropped);
  }
}

async function write({ query }: Queries, { project, id }: Place, rows: readonly QueueRow[]): Promise<void> {
  if (rows.length === 0) return;
  const changed = rows.map(({ event: _, reason, ...row }) => ({ ...row, reason: reason && storable(reason) }));
  await query(
    `update countersign.outbox o set state = n.state, due_at = n."dueAt", leased_until = n."leasedUntil",
       attempts = n.attempts, reason = n.reason, sequence = n.sequence, closes = n.closes
     from jsonb_to_recordset($3::text::jsonb) as n(key text, state text, "dueAt" bigint, "leasedUntil" bigint,
       attempts integer, reason text, sequence bigint, closes jsonb)
     where o.project = $1 and o.destination = $2 and o.key = n.key`,
    [project, id, JSON.stringify(changed)],
  );
}

/** The entries of a sender that is gone, pending again. */
const takeBack = ({ query }: Queries, { project, id }: Place) =>
  query(
    `update countersign.outbox set state = 'pending', leased_until = 0
     where project = $1 and destination = $2 and state = 'leased'`,
    [project, id],
  );

/**
 * Leases the next batch for `LEASE_MS`, and holds the destination for as long; null when nothing may be sent now: somebody
 * else sends, nothing is due, or the destination is paused, gone, or not to be asked yet.
 */
export function leaseBatch(
  database: Database,
  place: Place,
  sender: string,
  secretsOf: (row: DestinationRow) => Secrets | null,
  limits: Connector['limits'],
  now: number,
): Promise<Lease | null> {
  return database.transaction(async (queries) => {
    const row = await findDestination(queries, place, true);
    if (row === null) return null;
    const mine = row.heldBy === sender;
    if (!mine && plausible(row.heldUntil, now, LEASE_MS) > now) return null;
    const secrets = secretsOf(row);
    if (secrets === null || row.standing.pausedBecause !== null || askableAt(row.standing, now) > now) return null;
    if (!mine) await takeBack(queries, place);
    const due = await takeDue(queries, place, now, mostItems(row.standing, limits));
    if (due.length === 0) return null;
    const closing = await queries.query<{ number: string }>(
      `select number::text as number from countersign.closing where project = $1 and destination = $2
       order by number limit $3`,
      [place.project, place.id, MOST_CLOSED],
    );
    const { stream, lastSequence, standing } = row;
    const batch = nextBatch(
      { ...standing, stream, lastSequence, closing: closing.map(({ number }) => Number(number)) },
      due,
      limits,
    );
    const until = now + LEASE_MS;
    const rows = batch.rows.map((one): QueueRow => ({ ...one, state: 'leased', leasedUntil: until }));
    await write(queries, place, rows);
    const told = rows.flatMap(({ closes }) => closes);
    if (told.length > 0) {
      await queries.query(
        `delete from countersign.closing where project = $1 and destination = $2
         and number in (select value::bigint from jsonb_array_elements_text($3::text::jsonb))`,
        [place.project, place.id, JSON.stringify(told)],
      );
    }
    await putStanding(queries, {
      ...row,
      lastSequence: batch.numbering.lastSequence,
      heldBy: sender,
      heldUntil: until,
    });
    return { place, destination: targetOf(row, secrets), rows, events: batch.events, bytes: batch.bytes, until };
  });
}

/** Lets go of a destination, for whoever wants to send to it next. */
export async function release({ query }: Queries, { project, id }: Place, sender: string): Promise<void> {
  await query(
    `update countersign.destinations set held_by = null, held_until = 0
     where project = $1 and id = $2 and held_by = $3`,
    [project, id, sender],
  );
}

const originOf = (url: string) => (URL.canParse(url) ? new URL(url).origin : url);

/**
 * Applies what a reply meant, in one transaction: the entries, the ledger and the destination's state. Entries withdrawn
 * meanwhile stay withdrawn; a destination changed meanwhile keeps its new state.
 */
export function applyOutcomes(
  database: Database,
  lease: Lease,
  secretsOf: (row: DestinationRow) => Secrets | null,
  outcome: BatchOutcome,
  now: number,
  delay: Delay,
  learnt: Learnt,
): Promise<void> {
  const { place, destination } = lease;
  const { project, id } = place;
  return database.transaction(async (queries) => {
    const { query } = queries;
    const row = await findDestination(queries, place, true);
    const secrets = row && secretsOf(row);
    const same = row && secrets && sameTarget(targetOf(row, secrets), destination) ? row : null;
    const keys = JSON.stringify(lease.rows.map(({ key }) => key));
    const stored = await query<StoredRow>(
      `select ${COLUMNS}, null as event from countersign.outbox o
       where o.project = $1 and o.destination = $2 and o.key in (select jsonb_array_elements_text($3::text::jsonb))
       for update`,
      [project, id, keys],
    );
    const known = new Map(stored.map((one) => [one.key, read(one)]));
    const current = lease.rows.map(({ key }) => known.get(key));
    const settled = settle(outcome, lease, current, same?.standing ?? null, now, delay, learnt);
    await write(
      queries,
      place,
      settled.changed.map(({ after }) => after),
    );
    const delivered = settled.delivered.map(({ sent }) => ({
      key: sent.key,
      review: sent.review,
      attempt: sent.attempts + 1,
      sequence: sent.sequence,
    }));
    if (delivered.length > 0) {
      await query(
        `insert into countersign.ledger (project, destination, key, review, destination_name, destination_origin, attempt,
           sequence, delivered_at)
         select $1, $2, n.key, n.review, $4, $5, n.attempt, n.sequence, $6::bigint
         from jsonb_to_recordset($3::text::jsonb) as n(key text, review text, attempt integer, sequence bigint)
         on conflict do nothing`,
        [project, id, JSON.stringify(delivered), storable(destination.name), originOf(destination.url), now],
      );
      await query(
        `delete from countersign.outbox
         where project = $1 and destination = $2 and key in (select jsonb_array_elements_text($3::text::jsonb))`,
        [project, id, JSON.stringify(delivered.map(({ key }) => key))],
      );
    }
    if (same) await putStanding(queries, { ...same, standing: { ...same.standing, ...settled.destination } });
  });
}

/** When a destination has something to do, if nobody else sends to it. */
export interface Due extends Place {
  readonly heldBy: string | null;
  /** ms since 1970. */
  readonly heldUntil: number;
  readonly at: number;
}

/** Every destination that is not paused and is owed something, with when. */
export async function listDue(database: Queries, rows: readonly DestinationRow[], now: number): Promise<Due[]> {
  const waiting = await database.query<{ project: string; id: string; due: string }>(
    `select d.project, d.id, (
       select min(o.due_at) from countersign.outbox o
       where o.project = d.project and o.destination = d.id and o.state in ('pending', 'leased'))::text as due
     from countersign.destinations d`,
  );
  const due = new Map(waiting.map((row) => [`${row.project}/${row.id}`, row.due]));
  return rows.flatMap(({ project, id, standing, heldBy, heldUntil }) => {
    const first = due.get(`${project}/${id}`) ?? null;
    if (first === null || standing.pausedBecause !== null) return [];
    const at = Math.max(plausible(Number(first), now, LONGEST_WAIT_MS), askableAt(standing, now));
    return [{ project, id, heldBy, heldUntil: plausible(heldUntil, now, LEASE_MS), at }];
  });
}
