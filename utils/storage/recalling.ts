/** Which answers that were found wrong an answer resembles, and how the model stood since. */
import { candidatesIn, LIST } from '../recurrence/candidates.ts';
import { prepared, RESEMBLES, similarity } from '../recurrence/similar.ts';
import { type Subject, sketchOf } from '../recurrence/sketch.ts';
import type { Standings } from '../recurrence/view.ts';
import type { Review } from '../review/schema.ts';
import type { CountersignDatabase } from './database.ts';
import { guarded } from './failures.ts';
import { keyOf } from './sketches.ts';

/** Below, what was judged later counts more than what is more similar. */
const AS_SIMILAR = 0.02;

/** An answer that may be under review already: itself it does not resemble. */
export interface Asked extends Subject {
  readonly site: string;
  readonly responseKey: string;
}

/** A stored review whose answer the new one resembles. */
export interface Resembled {
  readonly review: Review;
  readonly similarity: number;
}

/** What is remembered about answers like this one. */
export interface Recalled {
  /** The closest with a correction; of several that are as close, the newest. */
  readonly corrected: Resembled | null;
  /** How many that were rejected or corrected it resembles, as far as they were compared. */
  readonly wrong: number;
}

const NOTHING: Recalled = { corrected: null, wrong: 0 };

/** The reviews that share most with these numbers, the best first. */
async function candidates(database: CountersignDatabase, features: readonly number[]): Promise<Review[]> {
  const { sketches, revisions } = database;
  return database.transaction('r', [sketches, revisions], async () => {
    const lists = await Promise.all(
      features.map((feature) => sketches.where('features').equals(feature).limit(LIST).primaryKeys()),
    );
    const rows = await sketches.bulkGet([...candidatesIn(lists)]);
    const keys = rows.flatMap((row) => (row ? [keyOf(row)] : []));
    const found = await revisions.bulkGet(keys);
    return found.flatMap((row) => (row ? [row.review] : []));
  });
}

/** What is remembered about answers like this one: one look-up of a few milliseconds, however much is remembered. */
export function recall(database: CountersignDatabase, asked: Asked): Promise<Recalled> {
  return guarded(async () => {
    const features = sketchOf(asked);
    if (features.length === 0) return NOTHING;
    const own = prepared(asked);
    const found: Resembled[] = [];
    for (const review of await candidates(database, features)) {
      if (review.origin === asked.site && review.responseKey === asked.responseKey) continue;
      const alike = similarTo(own, review);
      if (alike >= RESEMBLES) found.push({ review, similarity: alike });
    }
    const corrected = found.filter(({ review }) => review.judgement.correction !== null);
    const most = Math.max(0, ...corrected.map((one) => one.similarity));
    const closest = corrected
      .filter((one) => one.similarity >= most - AS_SIMILAR)
      .sort((a, b) => (a.review.createdAt < b.review.createdAt ? 1 : -1));
    return { corrected: closest[0] ?? null, wrong: found.length };
  });
}

/** To what was wrong, or to what it was corrected to: a model that says it right by now resembles that. */
function similarTo(own: ReturnType<typeof prepared>, { snapshot, judgement }: Review): number {
  const { text, prompt } = snapshot;
  const wrong = similarity(own, prepared({ text, prompt }));
  if (judgement.correction === null) return wrong;
  return Math.max(wrong, similarity(own, prepared({ text: judgement.correction, prompt })));
}

/** No more reviews than this are counted. */
const MOST_COUNTED = 500;

/** Counts the newest revisions that say how the model stands to this correction, without the review `except`. */
export async function standingsOf(
  { revisions }: CountersignDatabase,
  reviewId: string,
  except: string | null = null,
): Promise<Standings> {
  const rows = await revisions
    .where('[latest+review.oversight.recurrence.reviewId]')
    .equals([1, reviewId])
    .limit(MOST_COUNTED)
    .toArray();
  const counts = { fixed: 0, same: 0, regressed: 0 };
  for (const { id, review } of rows) {
    const state = review.oversight?.recurrence?.state;
    if (state && id !== except) counts[state] += 1;
  }
  return counts;
}
