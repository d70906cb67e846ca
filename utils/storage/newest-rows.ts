/**
 * Reads the newest revisions of all reviews from the newest to the oldest, fast enough to look through all of them: a
 * cursor that goes backwards takes one turn of the event loop per row (10 s for 100,000 reviews in Chromium), while the
 * rows of a stretch of time come in one answer (a tenth of that). So this reads stretch by stretch, and makes the
 * stretches longer or shorter as they turn out thin or crowded.
 */
import type { CountersignDatabase, RevisionRow } from './database.ts';

/** Which rows; an origin, and times as ISO strings or their beginnings, both inclusive. */
export interface RowRange {
  readonly site?: string | undefined;
  readonly from?: string | undefined;
  readonly until?: string | undefined;
}

/** Place of a row: rows of the same millisecond follow each other by key. */
export interface RowPlace {
  readonly createdAt: string;
  readonly key: string;
}

/** So many rows are read backwards at most, one by one where the browser cannot do it at once. */
const PAGE = 100;
/** Sorts after every string that a time can have. */
const LAST = '\uffff';
const HOUR = 3_600_000;
/** ms. Longer than anybody has reviews for; keeps the arithmetic within what a date can be. */
const LONGEST = 20 * 365 * 24 * HOUR;

/** ISO times, or beginnings of them, sort as text. */
const isBefore = (a: string, b: string) => a < b;

function between(database: CountersignDatabase, { site }: RowRange, from: string, until: string, untilToo: boolean) {
  return site === undefined
    ? database.revisions.where('[latest+createdAt]').between([1, from], [1, until], true, untilToo)
    : database.revisions.where('[latest+site+createdAt]').between([1, site, from], [1, site, until], true, untilToo);
}

/**
 * The rows before `after` (all for null), newest first, in portions of about `portion`; a portion is larger only where so
 * many rows were stored in the same millisecond. Ends early when `signal` aborts.
 */
export async function* newestRows(
  database: CountersignDatabase,
  range: RowRange,
  after: RowPlace | null,
  portion: number,
  signal?: AbortSignal,
): AsyncGenerator<readonly RevisionRow[]> {
  const oldest = range.from ?? '';
  let span = HOUR;
  /** Rows from here on were read; `exact` where the rows of this very time were read too. */
  let end: string = after ? after.createdAt : `${range.until ?? ''}${LAST}`;
  let exact = false;
  if (after) {
    const same = await between(database, range, end, end, true).toArray();
    const rest = same.filter((row) => row.key < after.key && row.createdAt >= oldest).reverse();
    exact = true;
    if (rest.length > 0) yield rest;
  }
  if (!after && portion <= PAGE) {
    // What a page shows at first comes in one answer where the browser reads backwards at once, and in few turns elsewhere.
    const rows = await between(database, range, oldest, end, true)
      .reverse()
      .limit(portion + 1)
      .toArray();
    if (signal?.aborted) return;
    const last = rows.at(-1)?.createdAt ?? '';
    // Of the time of the last there may be more.
    const whole = rows.length > portion ? rows.filter(({ createdAt }) => createdAt !== last) : rows;
    const until = whole.at(-1)?.createdAt;
    if (until !== undefined) {
      yield whole;
      [end, exact] = [until, true];
    }
    if (rows.length <= portion) return;
  }
  while (!signal?.aborted) {
    // Where nothing is known of the time before `end`, the newest row there says where to go on.
    const newest: RevisionRow | undefined = await between(database, range, oldest, end, !exact).last();
    if (!newest || signal?.aborted) return;
    const top: string = newest.createdAt;
    for (;;) {
      const earlier = new Date(Date.parse(top) - span).toISOString();
      const start = isBefore(earlier, oldest) ? oldest : earlier;
      const stretch = between(database, range, start, top, true);
      const rows = await (span === 0 ? stretch : stretch.limit(portion + 1)).toArray();
      if (signal?.aborted) return;
      if (rows.length > portion && span > 0) {
        span = span < 8 ? 0 : Math.floor(span / 8);
        continue;
      }
      if (rows.length < portion / 4) span = Math.min(LONGEST, Math.max(1, span) * 4);
      yield rows.reverse();
      [end, exact] = [start, true];
      break;
    }
    if (!isBefore(oldest, end)) return;
  }
}
