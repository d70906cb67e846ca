/** The events of a project: each idempotency key once, in the order of their arrival. */
import type { ReviewEvent } from '../../utils/review/wire.ts';
import type { Queries } from './database.ts';

/**
 * Stores what is not stored yet and answers the keys that were; committed when it resolves. A key that is there keeps
 * the event that came first, whatever the new one says. One statement and one transaction, whatever the size.
 */
export async function storeEvents(
  { query }: Queries,
  project: string,
  /** The events as a JSON array without U+0000 and lone surrogates, which PostgreSQL cannot hold. */
  eventsJson: string,
  count: number,
): Promise<Set<string>> {
  const rows = await query<{ key: string }>(
    `with numbered as (
       insert into countersign.projects as p (project, last_seq) values ($1, $3::bigint)
       on conflict (project) do update set last_seq = p.last_seq + $3::bigint
       returning p.last_seq
     )
     insert into countersign.events (project, key, seq, event)
     select $1, incoming.value->>'id', numbered.last_seq - $3::bigint + incoming.ordinality, incoming.value
     from numbered, jsonb_array_elements($2::text::jsonb) with ordinality as incoming
     on conflict (project, key) do nothing
     returning key`,
    [project, eventsJson, count],
  );
  return new Set(rows.map(({ key }) => key));
}

/** One stored event; `event` is JSON text of a `ReviewEvent`, so that an export need not parse it. */
export interface StoredEvent {
  /** Number within the project, ascending in the order of arrival, with gaps. Decimal. */
  readonly seq: string;
  /** ISO 8601, UTC. */
  readonly receivedAt: string;
  readonly event: string;
}

/** What a line of the export holds once parsed. */
export interface ExportedEvent {
  readonly seq: number;
  readonly receivedAt: string;
  readonly event: ReviewEvent;
}

/** The number of the newest event, 0 where there is none. */
export async function newestSeq({ query }: Queries, project: string): Promise<number> {
  const [row] = await query<{ seq: string }>(
    'select last_seq::text as seq from countersign.projects where project = $1',
    [project],
  );
  return Number(row?.seq ?? 0);
}

/** Up to `limit` events numbered above `after`, up to `until`, in order. */
export function readEvents(
  { query }: Queries,
  project: string,
  { after, until, limit }: { readonly after: number; readonly until: number; readonly limit: number },
): Promise<StoredEvent[]> {
  return query<StoredEvent>(
    `select e.seq::text as seq, e.event::text as event,
       to_char(e.received_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as "receivedAt"
     from countersign.events e
     where e.project = $1 and e.seq > $2::bigint and e.seq <= $3::bigint
     order by e.seq
     limit $4`,
    [project, after, until, limit],
  );
}
