import { signal } from '@preact/signals';
import { StandingNote } from '../../../components/recurrence/standing-note.tsx';
import type { Standings } from '../../../utils/recurrence/view.ts';
import type { Review } from '../../../utils/review/schema.ts';
import { standingsOf } from '../../../utils/storage/recalling.ts';
import { watch } from '../../../utils/storage/watch.ts';
import type { Workbench } from '../workbench.ts';
import { useStore } from './use-store.ts';

export interface StandingProps {
  readonly workbench: Workbench;
  /** With a correction, or one that reminds of one. */
  readonly review: Review;
}

/** How the model stands to a correction, as it is stored now. */
export function Standing({ workbench, review }: StandingProps) {
  const recurrence = review.oversight?.recurrence ?? null;
  const since = useStore((stop) => {
    const counted = signal<Standings | null>(null);
    watch(() => standingsOf(workbench.database, recurrence?.reviewId ?? review.id), stop, {
      onValue: (standings) => {
        counted.value = standings;
      },
      // The review itself says what is wrong then.
      onFailure: () => {},
    });
    return counted;
  });
  return <StandingNote recurrence={recurrence} since={since.value} />;
}
