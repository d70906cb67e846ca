/** Deliveries as operators see them: counts, dead letters, and what became of one review. */
import type { Database, Queries } from './database.ts';
import type { Place } from './destinations.ts';

export interface Counts {
  /** Not acknowledged yet. */
  readonly owed: number;
  readonly delivered: number;
  readonly dead: number;
}

/** The counts of each destination of a project, by id. */
export async function countDeliveries({ query }: Queries, project: string): Promise<Map<string, Counts>> {
  const rows = await query<{ destination: string; state: string; count: string }>(
    `select destination, case state when 'dead' then 'dead' else 'owed' end as state, count(*)::text as count
     from countersign.outbox where project = $1 group by 1, 2
     union all
     select destination, 'delivered', count(*)::text from countersign.ledger where project = $1 group by 1`,
    [project],
  );
  const counts = new Map<string, Counts>();
  for (const { destination, state, count } of rows) {
    const before = counts.get(destination) ?? { owed: 0, delivered: 0, dead: 0 };
    counts.set(destination, { ...before, [state]: Number(count) });
  }
  return counts;
}

/** One that could not be delivered, kept until it is sent again or its review is deleted. */
export interface DeadLetter {
  readonly key: string;
  readonly review: string;
  readonly attempts: number;
  readonly reason: string | null;
}

/** Up to `limit` dead letters, in the order of arrival, behind the one with the key `after`. */
export function listDead(
  { query }: Queries,
  { project, id }: Place,
  { after, limit }: { readonly after: string; readonly limit: number },
): Promise<DeadLetter[]> {
  return query<DeadLetter>(
    `select key, review, attempts, reason from countersign.outbox
     where project = $1 and destination = $2 and state = 'dead' and key > $3
     order by key limit $4`,
    [project, id, after, limit],
  );
}

/** Puts dead letters back in the queue, due at once and as if never tried: one, or all; answers how many. */
export async function resend({ query }: Queries, { project, id }: Place, key: string | null): Promise<number> {
  const rows = await query(
    `update countersign.outbox set state = 'pending', due_at = 0, attempts = 0, reason = null
     where project = $1 and destination = $2 and state = 'dead' and ($3::text is null or key = $3)
     returning key`,
    [project, id, key],
  );
  return rows.length;
}

/** What became, or will become, of one revision or tombstone at one destination. */
export interface Delivery {
  readonly key: string;
  readonly destination: string;
  readonly state: 'pending' | 'leased' | 'dead' | 'delivered';
  /** Failed ones; of what was delivered, the one that was acknowledged. */
  readonly attempts: number;
  readonly reason: string | null;
  /** ISO 8601, UTC; null where it is not. */
  readonly deliveredAt: string | null;
  /** Name and origin that the destination had when it acknowledged. */
  readonly to: { readonly name: string; readonly origin: string } | null;
}

/** Everything about one review: what was acknowledged, for good, and what is owed. */
export async function listDeliveries({ query }: Database, project: string, review: string): Promise<Delivery[]> {
  interface Row extends Omit<Delivery, 'deliveredAt' | 'to'> {
    readonly at: string | null;
    readonly name: string | null;
    readonly origin: string | null;
  }
  const rows = await query<Row>(
    `select key, destination, 'delivered' as state, attempt as attempts, null as reason, delivered_at::text as at,
       destination_name as name, destination_origin as origin
     from countersign.ledger where project = $1 and review = $2
     union all
     select key, destination, state, attempts, reason, null, null, null
     from countersign.outbox where project = $1 and review = $2
     order by 1, 2`,
    [project, review],
  );
  return rows.map(({ at, name, origin, ...row }) => ({
    ...row,
    deliveredAt: at === null ? null : new Date(Number(at)).toISOString(),
    to: name === null || origin === null ? null : { name, origin },
  }));
}
