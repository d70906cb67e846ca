import { ArrowLeft, CornerUpRight, ExternalLink, PenLine, Trash2 } from 'lucide';
import type { ComponentChildren } from 'preact';
import type { TextDiff } from '../../utils/review/diff.ts';
import type { Dimension, Label } from '../../utils/review/rubric.ts';
import type { Review } from '../../utils/review/schema.ts';
import { Button } from '../controls/button.tsx';
import { Confirm } from '../controls/confirm.tsx';
import { Icon } from '../controls/icon.tsx';
import { LabelList } from '../review/label-list.tsx';
import { PreferenceView } from '../review/preference-view.tsx';
import { RatingList } from '../review/rating-list.tsx';
import { VerdictBadge } from '../review/verdict-badge.tsx';
import { Answer, PlainText } from './answer.tsx';
import { Deliveries } from './deliveries.tsx';
import { Facts } from './facts.tsx';
import { History } from './history.tsx';
import { OversightPart } from './oversight.tsx';
import { Turns } from './turns.tsx';
import type { ChainState, DeliveryView, DestinationView } from './types.ts';
import { countWords, fullTime, siteName, timeWords } from './wording.ts';

interface ReviewDetailProps {
  /** The revision that is shown. */
  readonly review: Review;
  /** All of them, oldest first. */
  readonly revisions: readonly Review[];
  readonly chain: ChainState;
  readonly diff: TextDiff | null;
  readonly deliveries: readonly DeliveryView[];
  readonly destinations: readonly DestinationView[];
  readonly labels: readonly Label[];
  readonly dimensions: readonly Dimension[];
  readonly now: number;
  readonly onShow: (revision: number) => void;
  readonly onRevise: () => void;
  /** Shows the answer where it was judged, with the editor open on it. */
  readonly onReopen: () => void;
  readonly reopening: boolean;
  /** How that went, in words. */
  readonly note: string | null;
  /** There is unsaved work on it. */
  readonly hasDraft: boolean;
  readonly onResend: (entryId: number) => void;
  readonly onDelete: () => void;
  /** Back to the list, where both do not fit. */
  readonly onBack: () => void;
  /** Stands under the judgement: how the model stands to a correction. */
  readonly standing: ComponentChildren;
  /** Stands under the deliveries: what would leave of it. */
  readonly leaving: ComponentChildren;
  /** Stands instead of the judgement: the form that revises it. */
  readonly form: ComponentChildren;
}

/** Only what a page can be opened with; anything else a page claimed as its address stays text. */
function pageLink(address: string): string | null {
  return /^https?:\/\//.test(address) ? address : null;
}

/** Who judged, where and when, in one line. */
function Byline({ review, now }: Pick<ReviewDetailProps, 'review' | 'now'>) {
  const { snapshot, createdAt, reviewer } = review;
  return (
    <p class="quiet captured">
      {siteName(review.origin)}
      {snapshot.model && ` · ${snapshot.model}`}
      {' · '}
      <time dateTime={createdAt} title={fullTime(createdAt)}>
        judged {timeWords(createdAt, now)}
      </time>
      {reviewer.name && ` by ${reviewer.name}`}
    </p>
  );
}

/** One review with all that is known of it. */
export function ReviewDetail(props: ReviewDetailProps) {
  const { review, revisions, now, dimensions, labels } = props;
  const { judgement, snapshot } = review;
  const newest = revisions.at(-1)?.revision ?? review.revision;
  const link = pageLink(snapshot.pageUrl);
  const title = snapshot.pageTitle.trim() || siteName(review.origin);
  const many = revisions.length > 1 ? ` with its ${countWords(revisions.length, 'revision')}` : '';

  return (
    <article class="wb-detail" aria-labelledby="review-title">
      <header class="wb-detail-head">
        <div class="wb-back">
          <Button kind="quiet" icon={ArrowLeft} onPress={props.onBack}>
            All reviews
          </Button>
        </div>
        <div class="wb-detail-title">
          <h2 id="review-title" class="captured" tabIndex={-1}>
            {link === null ? (
              title
            ) : (
              <a href={link} target="_blank" rel="noreferrer noopener" class="wb-page-link">
                <span>{title}</span>
                <Icon node={ExternalLink} size={14} />
                <span class="visually-hidden">Open the page in a new tab</span>
              </a>
            )}
          </h2>
          <Byline review={review} now={now} />
        </div>
        <div class="wb-buttons">
          <Button icon={CornerUpRight} disabled={props.reopening} onPress={props.onReopen}>
            Open on its page
          </Button>
          {!props.form && (
            <Button icon={PenLine} onPress={props.onRevise}>
              {props.hasDraft ? 'Continue revising' : 'Revise'}
            </Button>
          )}
          <Confirm
            icon={Trash2}
            question={`Delete this review${many}? This cannot be undone. Destinations that were given it are told to delete it too.`}
            action="Delete this review"
            onConfirm={props.onDelete}
          >
            Delete
          </Confirm>
        </div>
      </header>

      <div role="status">{props.note !== null && <p class="wb-older">{props.note}</p>}</div>

      {review.revision !== newest && (
        <div class="wb-older" role="status">
          <span>
            This is revision {review.revision} of {newest}.
          </span>
          <Button onPress={() => props.onShow(newest)}>Show the newest</Button>
        </div>
      )}

      {props.form || (
        <section class="wb-part" aria-label="Judgement">
          <div class="wb-judgement">
            <VerdictBadge verdict={judgement.verdict} />
            <LabelList ids={judgement.labels} labels={labels} />
          </div>
          <RatingList ratings={judgement.ratings} dimensions={dimensions} />
          {judgement.preference && (
            <PreferenceView
              preference={judgement.preference}
              responseKey={review.responseKey}
              dimensions={dimensions}
            />
          )}
          {judgement.comment !== null && (
            <p class="wb-comment captured" dir="auto">
              {judgement.comment}
            </p>
          )}
          {props.standing}
        </section>
      )}

      {!props.form && <Answer key={review.hash} review={review} diff={props.diff} labels={labels} />}
      <OversightPart oversight={review.oversight} />
      {snapshot.prompt !== null && (
        <section class="wb-part" aria-labelledby="prompt-title">
          <h3 id="prompt-title">Prompt</h3>
          <PlainText text={snapshot.prompt} label="The prompt" />
        </section>
      )}
      {snapshot.context && <Turns context={snapshot.context} />}
      <Deliveries
        deliveries={props.deliveries}
        destinations={props.destinations}
        revisions={revisions.length}
        now={now}
        onResend={props.onResend}
      />
      {props.leaving}
      <History revisions={revisions} shown={review.revision} chain={props.chain} now={now} onShow={props.onShow} />
      <Facts review={review} />
    </article>
  );
}
