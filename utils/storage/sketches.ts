/**
 * By what answers that were found wrong are found again, kept in the transactions that change the reviews: a row for each
 * review whose newest revision has a correction or rejects. Each number of a sketch is a key of an index of its own, so that a
 * look-up reads a few short lists, also right after the background was started, and nothing has to be loaded first.
 */
import { sketchOfWrong } from '../recurrence/sketch.ts';
import { idempotencyKey } from '../review/ids.ts';
import type { Review } from '../review/schema.ts';
import { endsOf, rowsWithin, worthReading } from './close-rows.ts';
import type { CountersignDatabase, SketchRow } from './database.ts';
import { guarded } from './failures.ts';
import { PROGRESS, type Progress, SKETCH_VERSION, sketchProgress } from './sketched.ts';

/** Whether others should be told of an answer that resembles this one. */
function isWrong({ judgement }: Review): boolean {
  return judgement.verdict !== 'approve' && (judgement.correction !== null || judgement.verdict === 'reject');
}

/** Places of one millisecond. */
const PLACES = 1_000;

/** Removes the sketches of these reviews. Only inside a readwrite transaction over the table. */
export async function removeSketches({ sketches }: CountersignDatabase, ids: readonly string[]): Promise<void> {
  const wanted = new Set(ids);
  const near = ids.length > 1 ? await rowsWithin(sketches, 'reviewId', endsOf(ids), worthReading(ids.length)) : null;
  const rows = near ?? (await sketches.where('reviewId').anyOf(ids).toArray());
  const places = rows.filter(({ reviewId }) => wanted.has(reviewId)).map(({ place }) => place);
  if (places.length > 0) await sketches.bulkDelete(places);
}

/**
 * Sketches the newest revision of a review, instead of what was sketched of it before. Only inside a readwrite transaction over
 * the table.
 */
export async function keepSketch(database: CountersignDatabase, review: Review): Promise<void> {
  const { sketches } = database;
  if (review.revision > 1) await removeSketches(database, [review.id]);
  if (!isWrong(review)) return;
  const features = sketchOfWrong(review.snapshot, review.judgement.correction);
  if (features.length === 0) return;
  let place = -Date.parse(review.createdAt) * PLACES;
  while (await sketches.get(place)) place += 1;
  await sketches.put({ place, reviewId: review.id, revision: review.revision, features });
}

/** The revision that a row is of. */
export const keyOf = ({ reviewId, revision }: SketchRow) => idempotencyKey({ id: reviewId, revision });

/** Revisions per transaction: some tens of milliseconds. */
const SLICE = 200;

/**
 * Sketches the next few revisions that have none; answers whether there are more. It goes on where it was left, also by a
 * background that died.
 */
export function sketchMore(database: CountersignDatabase, slice = SLICE): Promise<boolean> {
  const { sketches, revisions, values } = database;
  return guarded(() =>
    database.transaction('rw', [sketches, revisions, values], async () => {
      const progress = await sketchProgress(database);
      if (progress?.after === null) return false;
      if (!progress) await sketches.clear();
      const rows = await revisions
        .where(':id')
        .above(progress?.after ?? '')
        .limit(slice)
        .toArray();
      for (const { latest, review } of rows) {
        if (latest !== 1) continue;
        await removeSketches(database, [review.id]);
        await keepSketch(database, review);
      }
      const last = rows.length < slice ? null : (rows.at(-1)?.key ?? null);
      await values.put({ name: PROGRESS, value: { version: SKETCH_VERSION, after: last } satisfies Progress });
      return last !== null;
    }),
  );
}
