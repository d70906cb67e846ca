/** The events of a project: each idempotency key once, in the order of their arrival, forgotten where a tombstone says so. */
import type { Database, Queries } from './database.ts';
import { owe, withdraw } from './owing.ts';

/** A number that a sender gave to an event, or told not to wait for. */
export interface Numbered {
  readonly stream: string;
  readonly source: string;
  readonly number: number;
}

export interface Incoming {
  /** The events as a JSON array without U+0000 and lone surrogates, which PostgreSQL cannot hold. */
  readonly json: string;
  readonly count: number;
  /** Ids of all reviews that the events are about. */
  readonly reviews: readonly string[];
  /** Ids of those that a tombstone names. */
  readonly deleted: readonly string[];
  readonly numbers: readonly Numbered[];
}

/**
 * Stores what is not stored yet and answers the keys that were; committed when it resolves. A key that is there keeps
 * the event that came first, whatever the new one says. A deleted review keeps its keys and loses what it said, whether
 * its tombstone comes before, with or after its revisions. What is new is owed to the project's destinations. One
 * transaction, whatever the size.
 */
export function storeEvents(database: Database, project: string, incoming: Incoming): Promise<Set<string>> {
  const { json, count, reviews, deleted, numbers } = incoming;
  return database.transaction(async (queries) => {
    const { query } = queries;
    // First, while the project's row is not locked yet: numbers are nobody else's business.
    if (numbers.length > 0) await storeNumbers(queries, project, numbers);
    // Takes the lock of the project's row first: what follows runs after whoever else stores for the project.
    const rows =
      count === 0
        ? []
        : await query<{ key: string }>(
            `with numbered as (
               insert into countersign.projects as p (project, last_seq) values ($1, $3::bigint)
               on conflict (project) do update set last_seq = p.last_seq + $3::bigint
               returning p.last_seq
             ),
             gone as (
               insert into countersign.deletions (project, review)
               select $1, value from jsonb_array_elements_text($4::text::jsonb)
               on conflict do nothing
             )
             insert into countersign.events (project, key, seq, event)
             select $1, incoming.value->>'id', numbered.last_seq - $3::bigint + incoming.ordinality, incoming.value
             from numbered, jsonb_array_elements($2::text::jsonb) with ordinality as incoming
             on conflict (project, key) do nothing
             returning key`,
            [project, json, count, JSON.stringify(deleted)],
          );
    // A statement of its own, so that it sees what was committed while the first one waited for the lock.
    if (reviews.length > 0) {
      await query(
        `update countersign.events e set event = null
         from countersign.deletions d
         where d.project = $1 and d.review in (select jsonb_array_elements_text($2::text::jsonb))
           and e.project = $1 and e.review = d.review and e.key <> d.review || ':deleted' and e.event is not null`,
        [project, JSON.stringify(reviews)],
      );
    }
    const keys = rows.map(({ key }) => key);
    if (keys.length > 0) await owe(queries, project, keys);
    // Also where the tombstone came before: a revision that arrives behind it is owed to nobody.
    if (deleted.length > 0) await withdraw(queries, project, deleted);
    return new Set(keys);
  });
}

async function storeNumbers(
  { query }: Pick<Queries, 'query'>,
  project: string,
  numbers: readonly Numbered[],
): Promise<void> {
  await query(
    `with incoming as (
       select sent.stream, sent.source, number::bigint
       from jsonb_to_recordset($2::text::jsonb) as sent(stream text, source text, numbers jsonb),
         jsonb_array_elements_text(sent.numbers) as number
     ),
     known as (
       insert into countersign.streams (project, stream, source)
       select $1, stream, min(source) from incoming group by stream order by stream
       on conflict do nothing
     )
     insert into countersign.numbers (project, stream, number)
     select distinct $1, stream, number from incoming order by stream, number
     on conflict do nothing`,
    [project, JSON.stringify(byStream(numbers))],
  );
}

/** The numbers of each stream and source together: nearly always all of a batch. */
function byStream(numbers: readonly Numbered[]) {
  const streams = new Map<string, { stream: string; source: string; numbers: number[] }>();
  for (const { stream, source, number } of numbers) {
    const key = `${stream} ${source}`;
    const its = streams.get(key) ?? { stream, source, numbers: [] };
    its.numbers.push(number);
    streams.set(key, its);
  }
  return [...streams.values()];
}

/** One stored event; `event` is the JSON text of an event as it was sent, so that an export need not parse it, null where it was deleted. */
export interface StoredEvent {
  /** Number within the project, ascending in the order of arrival, with gaps. Decimal. */
  readonly seq: string;
  /** ISO 8601, UTC. */
  readonly receivedAt: string;
  readonly key: string;
  readonly event: string | null;
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
    `select e.seq::text as seq, e.key as key, e.event::text as event,
       to_char(e.received_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as "receivedAt"
     from countersign.events e
     where e.project = $1 and e.seq > $2::bigint and e.seq <= $3::bigint
     order by e.seq
     limit $4`,
    [project, after, until, limit],
  );
}
