/** The review that is looked at: its revisions, whether their chain holds, its deliveries, its diff. */
import { batch, computed, effect, type ReadonlySignal, signal } from '@preact/signals';
import type { ChainState } from '../../../components/workbench/types.ts';
import type { Failure } from '../../../utils/errors.ts';
import type { TextDiff } from '../../../utils/review/diff.ts';
import { diffInSlices } from '../../../utils/review/diff-slices.ts';
import { verifyChain } from '../../../utils/review/revise.ts';
import type { Review } from '../../../utils/review/schema.ts';
import type { Delivery } from '../../../utils/storage/outbox.ts';
import { watch } from '../../../utils/storage/watch.ts';

export interface Selected {
  /** Oldest first; empty where it is not stored (any more); null while it is read. */
  readonly revisions: ReadonlySignal<readonly Review[] | null>;
  readonly deliveries: ReadonlySignal<readonly Delivery[]>;
  readonly failure: ReadonlySignal<Failure | null>;
  readonly chain: ReadonlySignal<ChainState>;
  /** The revision that is shown: the newest unless another was picked. */
  readonly shown: ReadonlySignal<Review | null>;
  readonly show: (revision: number) => void;
  /** From the answer to the correction of the shown revision; null where there is none, or it is not compared yet. */
  readonly diff: ReadonlySignal<TextDiff | null>;
}

interface SelectedParts {
  readonly reviewId: ReadonlySignal<string | null>;
  readonly readRevisions: (id: string) => Promise<readonly Review[]>;
  readonly readDeliveries: (id: string) => Promise<readonly Delivery[]>;
}

/** Follows the review with this id until `stop` aborts. */
export function createSelected(
  { reviewId, readRevisions, readDeliveries }: SelectedParts,
  stop: AbortSignal,
): Selected {
  const revisions = signal<readonly Review[] | null>(null);
  const deliveries = signal<readonly Delivery[]>([]);
  const failure = signal<Failure | null>(null);
  const chain = signal<ChainState>({ is: 'checking' });
  const picked = signal<number | null>(null);
  const diff = signal<TextDiff | null>(null);
  const shown = computed(
    () => revisions.value?.find(({ revision }) => revision === picked.value) ?? revisions.value?.at(-1) ?? null,
  );

  const check = async (history: readonly Review[], now: AbortSignal) => {
    const result = await verifyChain(history);
    if (now.aborted) return;
    chain.value = result.ok ? { is: 'intact' } : { is: 'broken', ...result.error };
  };

  const ends = [
    effect(() => {
      const id = reviewId.value;
      const following = new AbortController();
      batch(() => {
        revisions.value = null;
        deliveries.value = [];
        failure.value = null;
        picked.value = null;
        chain.value = { is: 'checking' };
      });
      if (id === null) return;
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
        void check(history, following.signal);
      };
      const onDeliveries = (entries: readonly Delivery[]) => {
        deliveries.value = entries;
      };
      watch(() => readRevisions(id), following.signal, { onValue: onRevisions, onFailure });
      watch(() => readDeliveries(id), following.signal, { onValue: onDeliveries, onFailure });
      return () => following.abort();
    }),
    effect(() => {
      const review = shown.value;
      const comparing = new AbortController();
      diff.value = null;
      const correction = review?.judgement.correction ?? null;
      if (review && correction !== null) {
        void diffInSlices(review.snapshot.text, correction, { signal: comparing.signal }).then((found) => {
          if (!comparing.signal.aborted) diff.value = found;
        });
      }
      return () => comparing.abort();
    }),
  ];
  stop.addEventListener('abort', () => {
    for (const end of ends) end();
  });
  const show = (revision: number) => {
    picked.value = revision;
  };
  return { revisions, deliveries, failure, chain, shown, show, diff };
}
