/** What would leave of work that is not saved yet, for whoever is about to save it. Nothing is stored. */
import { canonicalJson, sha256 } from '../../utils/review/hash.ts';
import { uuidv7 } from '../../utils/review/ids.ts';
import type { LeavingView } from '../../utils/review/leaving-view.ts';
import { withTrace } from '../../utils/review/revise.ts';
import type { Review, UnfinishedJudgement } from '../../utils/review/schema.ts';
import { traceIn } from '../../utils/review/trace-id.ts';
import { leavingViews } from '../../utils/storage/leaving-view.ts';
import { installationId, readSettings } from '../../utils/storage/settings.ts';
import type { Room } from './room.ts';

/** What the judgement is about, and the newest stored revision, null where there is none. */
interface Subject extends Pick<Review, 'origin' | 'responseKey' | 'snapshot' | 'rubric' | 'surface' | 'visibility'> {
  readonly newest: Review | null;
}

/**
 * What each destination would get if this were saved now. A verdict that is still open counts as unsure; id, times and hashes
 * are those of a trial.
 */
export async function previewOf(
  { database, now }: Room,
  { newest, ...about }: Subject,
  { trace: typed, ...judgement }: UnfinishedJudgement,
): Promise<readonly LeavingView[]> {
  const { settings } = await readSettings(database);
  const said = typed === undefined ? undefined : traceIn(typed);
  const review = {
    ...about,
    snapshot: withTrace(about.snapshot, said, newest?.snapshot),
    id: newest?.id ?? uuidv7(),
    revision: (newest?.revision ?? 0) + 1,
    previousHash: newest?.hash ?? null,
    contentHash: await sha256(about.snapshot.text),
    judgement: { ...judgement, verdict: judgement.verdict ?? 'unsure' },
    reviewer: { id: await installationId(database), name: settings.reviewerName },
    spentMs: 0,
    createdAt: new Date(now()).toISOString(),
  } satisfies Omit<Review, 'hash'>;
  return leavingViews(database, { ...review, hash: await sha256(canonicalJson(review)) });
}
