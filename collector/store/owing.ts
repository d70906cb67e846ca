/** What destinations are owed: written in the transaction that stores the events. */
import type { Queries } from './database.ts';
import type { Place } from './destinations.ts';

/** Owes these new events to every destination of the project. Tombstones are owed by `withdraw`. */
export async function owe({ query }: Queries, project: string, keys: readonly string[]): Promise<void> {
  await query(
    `insert into countersign.outbox (project, destination, key, review, seq)
     select e.project, d.id, e.key, e.review, e.seq
     from countersign.events e join countersign.destinations d on d.project = e.project and d.active
     where e.project = $1 and e.key in (select jsonb_array_elements_text($2::text::jsonb))
       and e.event is not null and e.key <> e.review || ':deleted'
     on conflict do nothing`,
    [project, JSON.stringify(keys)],
  );
}

/** Owes a destination all that was stored before it was there. */
export async function oweEarlier({ query }: Queries, { project, id }: Place): Promise<void> {
  await query(
    `insert into countersign.outbox (project, destination, key, review, seq)
     select e.project, $2, e.key, e.review, e.seq
     from countersign.events e
     where e.project = $1 and e.event is not null and e.key <> e.review || ':deleted'
       and not exists (select 1 from countersign.ledger l
         where l.project = $1 and l.destination = $2 and l.key = e.key)
     on conflict do nothing`,
    [project, id],
  );
}

/** An entry that leaves the queue unsent, or sent and not acknowledged. */
export interface Gone {
  readonly destination: string;
  readonly review: string;
  readonly sequence: string | null;
  /** JSON. */
  readonly closes: string;
}

/** What a statement that deletes entries answers. */
export const GONE = 'destination, review, sequence::text as sequence, closes::text as closes';

/** Notes the numbers of entries that are gone as ones that will not come, those that they were to tell of among them. */
export async function close({ query }: Queries, project: string, gone: readonly Gone[]): Promise<void> {
  const numbers = gone.flatMap(({ destination, sequence, closes }) =>
    [...(sequence === null ? [] : [Number(sequence)]), ...(JSON.parse(closes) as number[])].map((number) => ({
      destination,
      number,
    })),
  );
  if (numbers.length === 0) return;
  await query(
    `insert into countersign.closing (project, destination, number)
     select $1, destination, number from jsonb_to_recordset($2::text::jsonb) as n(destination text, number bigint)
     on conflict do nothing`,
    [project, JSON.stringify(numbers)],
  );
}

/**
 * Takes what these deleted reviews said out of the queues, and owes their tombstones to each destination that was or may have
 * been given any of it; one that was given nothing never hears of it. What is in flight is left alone: should it come back,
 * it is dropped before it is sent again.
 */
export async function withdraw(queries: Queries, project: string, deleted: readonly string[]): Promise<void> {
  const reviews = JSON.stringify(deleted);
  const gone = await queries.query<Gone>(
    `delete from countersign.outbox
     where project = $1 and review in (select jsonb_array_elements_text($2::text::jsonb))
       and key <> review || ':deleted' and state <> 'leased'
     returning ${GONE}`,
    [project, reviews],
  );
  await close(queries, project, gone);
  const given = gone
    .filter(({ sequence }) => sequence !== null)
    .map(({ destination, review }) => ({ destination, review }));
  // After the deletion, which waited for who was just leasing: what is in flight is seen as such.
  await queries.query(
    `insert into countersign.outbox (project, destination, key, review, seq)
     select e.project, d.id, e.key, e.review, e.seq
     from countersign.events e join countersign.destinations d on d.project = e.project
     where e.project = $1 and e.key in (select value || ':deleted' from jsonb_array_elements_text($2::text::jsonb))
       and not exists (select 1 from countersign.ledger l
         where l.project = $1 and l.destination = d.id and l.key = e.key)
       and (exists (select 1 from countersign.ledger l
           where l.project = $1 and l.destination = d.id and l.review = e.review)
         or exists (select 1 from countersign.outbox o
           where o.project = $1 and o.destination = d.id and o.review = e.review and o.sequence is not null)
         or exists (select 1 from jsonb_to_recordset($3::text::jsonb) as g(destination text, review text)
           where g.destination = d.id and g.review = e.review))
     on conflict do nothing`,
    [project, reviews, JSON.stringify(given)],
  );
}
