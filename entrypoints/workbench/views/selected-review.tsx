import '../../../components/review/review.css';
import '../../../components/workbench/detail.css';
import { useState } from 'preact/hooks';
import { LateDisclosure } from '../../../components/controls/disclosure.tsx';
import { Empty } from '../../../components/workbench/empty.tsx';
import { ReviewDetail } from '../../../components/workbench/review-detail.tsx';
import type { DeliveryView } from '../../../components/workbench/types.ts';
import type { Delivery } from '../../../utils/storage/outbox.ts';
import type { Route } from '../route.ts';
import { destinationViews } from '../store/destinations.ts';
import { createReopening } from '../store/reopening.ts';
import { createSelected } from '../store/selected.ts';
import type { Workbench } from '../workbench.ts';
import { Lazy, partOf } from './lazy.tsx';
import type { LeavingProps } from './leaving.tsx';
import type { ReviseProps } from './revise.tsx';
import type { StandingProps } from './standing.tsx';
import { useStore } from './use-store.ts';

const leaving = partOf<LeavingProps>(() => import('./leaving.tsx').then((module) => module.Leaving));
const standing = partOf<StandingProps>(() => import('./standing.tsx').then((module) => module.Standing));
const revise = partOf<ReviseProps>(() => import('./revise.tsx').then((module) => module.Revise));

type ReviewsRoute = Extract<Route, { view: 'reviews' }>;

function deliveryView(delivery: Delivery): DeliveryView {
  return { ...delivery, revision: Number(delivery.key.slice(delivery.key.lastIndexOf(':') + 1)) };
}

export interface SelectedReviewProps {
  readonly workbench: Workbench;
  readonly route: ReviewsRoute;
  /** The same as the route's; another one needs another instance of this view. */
  readonly reviewId: string;
}

/** The review that the address names. */
export function SelectedReview({ workbench, route, reviewId }: SelectedReviewProps) {
  const { database, location, notices, now } = workbench;
  const selected = useStore((stop) => createSelected(database, reviewId, stop));
  const reopening = useStore(() => createReopening({ tabs: workbench.browser.tabs, call: workbench.call }));
  const failure = selected.failure.value;
  const revisions = selected.revisions.value;
  const review = selected.shown.value;
  const [revising, setRevising] = useState(false);
  const back = () => location.go({ ...route, reviewId: null });

  if (failure) {
    return (
      <p class="wb-failure" role="alert">
        {failure.message} {failure.next}
      </p>
    );
  }
  if (revisions === null) return null;
  if (!review) {
    return (
      <Empty title="This review is not stored here">
        <p>It was deleted, or belongs to another browser profile.</p>
        <p>
          <a href="#/reviews">All reviews</a>
        </p>
      </Empty>
    );
  }
  const remove = async () => {
    if (!(await workbench.act('deleteReviews', { ids: [review.id] }))) return;
    location.go({ ...route, reviewId: null }, 'replace');
    notices.tell({ tone: 'quiet', text: 'The review was deleted.' });
  };
  const resend = async (entryId: number) => {
    if (await workbench.act('resend', { entryId })) notices.tell({ tone: 'quiet', text: 'It is sent again.' });
  };
  const reopen = async () => {
    if (!(await reopening.reopen(review.id))) setRevising(true);
  };
  const draft = selected.draft.value;
  const closeForm = () => {
    setRevising(false);
    requestAnimationFrame(() => document.getElementById('review-title')?.focus());
  };
  return (
    <ReviewDetail
      review={review}
      revisions={revisions}
      chain={selected.chain.value}
      diff={selected.diff.value}
      deliveries={selected.deliveries.value.map(deliveryView)}
      destinations={destinationViews(workbench)}
      {...workbench.names.value(review)}
      now={now.value}
      onShow={selected.show}
      onRevise={() => setRevising(true)}
      onReopen={() => void reopen()}
      reopening={reopening.busy.value}
      note={reopening.note.value}
      hasDraft={draft !== null}
      form={revising && <Lazy part={revise} props={{ workbench, history: revisions, draft, onClose: closeForm }} />}
      standing={
        (review.judgement.correction !== null || review.oversight?.recurrence) && (
          <Lazy key={review.hash} part={standing} props={{ workbench, review }} />
        )
      }
      leaving={
        <LateDisclosure key={review.hash} summary="What would leave">
          {() => <Lazy part={leaving} props={{ workbench, review }} />}
        </LateDisclosure>
      }
      onResend={(entryId) => void resend(entryId)}
      onDelete={() => void remove()}
      onBack={back}
    />
  );
}
