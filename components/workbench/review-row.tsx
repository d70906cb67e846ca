import { VerdictBadge } from '../review/verdict-badge.tsx';
import type { ReviewSummary } from './types.ts';
import { fullTime, shortTime, siteName } from './wording.ts';

/** CSS px, in step with `.wb-row-lines`. */
export const ROW_HEIGHT = 85;

const deliveryWords = { none: '', pending: 'Waiting', delivered: 'Delivered', dead: 'Not delivered' } as const;

/** One review in the list: what was concluded, where and when; what was answered; labels, or else the page's title; delivery. */
export function ReviewRow({ review, now }: { readonly review: ReviewSummary; readonly now: number }) {
  const { verdict, site, createdAt, excerpt, title, labels, delivery } = review;
  return (
    <div class="wb-row-lines">
      <div class="wb-row-line">
        <VerdictBadge verdict={verdict} />
        <span class="wb-row-site captured">{siteName(site)}</span>
        <time class="wb-row-time" dateTime={createdAt} title={fullTime(createdAt)}>
          {shortTime(createdAt, now)}
        </time>
      </div>
      <p class="wb-row-excerpt captured" dir="auto">
        {excerpt}
      </p>
      <div class="wb-row-line small quiet">
        <span class="wb-row-labels captured">{labels.length > 0 ? labels.join(', ') : title}</span>
        <span class={delivery === 'dead' ? 'wb-tone-bad' : ''}>{deliveryWords[delivery]}</span>
      </div>
    </div>
  );
}
