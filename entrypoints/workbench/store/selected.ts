/** The review that is looked at: its revisions, whether their chain holds, its deliveries, its diff. */
import { batch, computed, effect, type ReadonlySignal, signal } from '@preact/signals';
import type { ChainState } from '../../../components/workbench/types.ts';
import type { Failure } from '../../../utils/errors.ts';
import type { TextDiff } from '../../../utils/review/diff.ts';
import { verifyChain } from '../../../utils/review/revise.ts';
import type { Review, UnfinishedJudgement } from '../../../utils/review/schema.ts';
import type { CountersignDatabase } from '../../../utils/storage/database.ts';
import { getDraft } from '../../../utils/storage/drafts.ts';
import { readRevisions } from '../../../utils/storage/list.ts';
import { type Delivery, deliveriesOf } from '../../../utils/storage/outbox.ts';
import { watch } from '../../../utils/storage/watch.ts';

export interface Selected {
  /** Oldest first; empty where it is not stored (any more); null while it is read. */
  readonly revisions: ReadonlySignal<readonly Review[] | null>;
  readonly deliveries: ReadonlySignal<readonly Delivery[]>;
  /** Unsaved work on it. */
  readonly draft: ReadonlySignal<UnfinishedJudgement | null>;
  readonly failure: ReadonlySignal<Failure | null>;
  readonly chain: ReadonlySignal<ChainState>;
  /** The revision that is shown: the newest unless another was picked. */
  readonly shown: ReadonlySignal<Review | null>;
  readonly show: (revision: number) => void;
  /** From the answer to the correction of the shown revision; null where there is none, or it is not compared yet. */
  readonly diff: ReadonlySignal<TextDiff | null>;
}

/** Loads the comparison only when there is something to compare. */
async function compare(before: string, after: string, stop: AbortSignal): Promise<TextDiff | null> {
  const { diffInSlices } = await import('../../../utils/review/diff-slices.ts');
  return diffInSlices(before, after, { signal: stop });
}

/** Follows the review with this id until `stop` aborts. */
export function createSelected(database: CountersignDatabase, reviewId: string, stop: AbortSignal): Selected {
  const revisions = signal<readonly Review[] | null>(null);
  const deliveries = signal<readonly Delivery[]>([]);
  const draft = signal<UnfinishedJudgement | null>(null);
  const failure = signal<Failure | null>(null);
  const chain = signal<ChainState>({ is: 'checking' });
  const picked = signal<number | null>(null);
  const diff = signal<TextDiff | null>(null);
  const shown = computed(
    () => revisions.value?.find(({ revision }) => revision === picked.value) ?? revisions.value?.at(-1) ?? null,
  );

  const onFailure = (reason: Failure) => {
    failure.value = reason;
  };
  const onRevisions = (history: readonly Review[]) => {
    batch(() => {
      // A new revision is what one wants to see.
      if (history.length !== revisions.peek()?.length) picked.value = null;
      revisions.value = history;
      failure.value = null;
    });
    void verifyChain(history).then((result) => {
      if (revisions.peek() !== history) return;
      chain.value = result.ok ? { is: 'intact' } : { is: 'broken', ...result.error };
    });
  };
  const onDeliveries = (entries: readonly Delivery[]) => {
    deliveries.value = entries;
  };
  const onDraft = (work: UnfinishedJudgement | null) => {
    draft.value = work;
  };
  const readDraft = async () => {
    const newest = (await readRevisions(database, reviewId)).at(-1);
    const row = newest ? await getDraft(database, newest) : null;
    if (!newest || !row || row.snapshot.text === newest.snapshot.text) return row?.judgement ?? null;
    const { draftOn } = await import('../../../utils/anchoring/carry.ts');
    return draftOn(newest.snapshot, row);
  };
  watch(() => readRevisions(database, reviewId), stop, { onValue: onRevisions, onFailure });
  watch(() => deliveriesOf(database, reviewId), stop, { onValue: onDeliveries, onFailure });
  watch(readDraft, stop, { onValue: onDraft, onFailure });

  const end = effect(() => {
    const review = shown.value;
    const comparing = new AbortController();
    diff.value = null;
    const correction = review?.judgement.correction ?? null;
    if (review && correction !== null) {
      void compare(review.snapshot.text, correction, comparing.signal).then((found) => {
        if (!comparing.signal.aborted) diff.value = found;
      });
    }
    return () => comparing.abort();
  });
  stop.addEventListener('abort', end);

  const show = (revision: number) => {
    picked.value = revision;
  };
  return { revisions, deliveries, draft, failure, chain, shown, show, diff };
}
