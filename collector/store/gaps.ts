/** Whether anything is missing, by the numbers that each sender gives to what it sends. */
import type { Queries } from './database.ts';

/** One sender's stream. */
export interface StreamState {
  readonly stream: string;
  readonly source: string;
  /** The highest number that arrived, or that it was told not to wait for. */
  readonly highest: number;
  /** Ranges of numbers below it that neither came nor were closed, both ends inclusive; cut after `MOST_RANGES` of all. */
  readonly missing: readonly (readonly [from: number, to: number])[];
}

/** Ranges that one answer names. */
const MOST_RANGES = 1000;

/** The streams of a project, and what each of them lacks. */
export async function readGaps({ query }: Queries, project: string): Promise<StreamState[]> {
  const streams = await query<{ stream: string; source: string; highest: string }>(
    `select s.stream, s.source, max(n.number)::text as highest
     from countersign.streams s join countersign.numbers n on n.project = s.project and n.stream = s.stream
     where s.project = $1
     group by s.stream, s.source
     order by s.source, s.stream`,
    [project],
  );
  const gaps = await query<{ stream: string; from: string; to: string }>(
    `select stream, (before + 1)::text as from, (number - 1)::text as to
     from (
       select stream, number, lag(number, 1, 0::bigint) over (partition by stream order by number) as before
       from countersign.numbers
       where project = $1
     ) as followed
     where number > before + 1
     order by stream, number
     limit $2`,
    [project, MOST_RANGES],
  );
  return streams.map(({ stream, source, highest }) => ({
    stream,
    source,
    highest: Number(highest),
    missing: gaps.filter((gap) => gap.stream === stream).map(({ from, to }) => [Number(from), Number(to)] as const),
  }));
}
