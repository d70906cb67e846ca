/**
 * Preferences as lines of chosen and rejected, one pair each, in the columns that trainers of preferences (DPO and its kin) read:
 * `prompt`, `chosen`, `rejected`; beside them what tells where a pair comes from. A tie, and answers of which none is good,
 * give no pair; three ranked answers give three.
 */
import { pairsOf } from '../review/ranking.ts';
import type { Review } from '../review/schema.ts';
import { jsonLine } from './jsonl.ts';

/** The lines of one review; none where nothing was compared, or nobody was ahead. */
export function pairLines({ id, revision, judgement, snapshot, createdAt }: Review): string[] {
  const { preference } = judgement;
  if (!preference) return [];
  return pairsOf(preference).map(({ chosen, rejected, strength }) =>
    jsonLine({
      prompt: snapshot.prompt,
      chosen: chosen.text,
      rejected: rejected.text,
      strength,
      chosenModel: chosen.model,
      rejectedModel: rejected.model,
      /** Places in which they were shown, the first being 1: who reads what is first prefers it more often. */
      chosenShown: preference.shown.indexOf(chosen) + 1,
      rejectedShown: preference.shown.indexOf(rejected) + 1,
      review: `${id}:${revision}`,
      createdAt,
    }),
  );
}

/** The pairs of all these; `reviews` gives one revision of each. */
export async function* preferencePairs(reviews: AsyncIterable<Review>): AsyncGenerator<string> {
  for await (const review of reviews) yield* pairLines(review);
}
