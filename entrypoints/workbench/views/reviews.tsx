import { useSignal } from '@preact/signals';
import { Download } from 'lucide';
import { useEffect, useLayoutEffect } from 'preact/hooks';
import { Button } from '../../../components/controls/button.tsx';
import type { ConditionFieldsProps } from '../../../components/workbench/condition-fields.tsx';
import { Filters } from '../../../components/workbench/filters.tsx';
import type { NothingProps } from '../../../components/workbench/nothing.tsx';
import { ReviewRow, ROW_HEIGHT } from '../../../components/workbench/review-row.tsx';
import { VirtualList } from '../../../components/workbench/virtual-list.tsx';
import { countWords } from '../../../components/workbench/wording.ts';
import type { ReviewQuery } from '../../../utils/review/query.ts';
import type { Route } from '../route.ts';
import type { Workbench } from '../workbench.ts';
import type { ExportSideProps } from './export-side.tsx';
import { Lazy, partOf } from './lazy.tsx';
import type { SelectedReviewProps } from './selected-review.tsx';

// The list comes first; what stands beside it is loaded right after.
const detail = partOf<SelectedReviewProps>(() => import('./selected-review.tsx').then((m) => m.SelectedReview));
const conditions = partOf<ConditionFieldsProps>(() =>
  import('../../../components/workbench/condition-fields.tsx').then((m) => m.ConditionFields),
);
const nothing = partOf<NothingProps>(() => import('../../../components/workbench/nothing.tsx').then((m) => m.Nothing));
const exportSide = partOf<ExportSideProps>(() => import('./export-side.tsx').then((m) => m.ExportSide));

type ReviewsRoute = Extract<Route, { view: 'reviews' }>;

const isTyping = (target: EventTarget | null) =>
  target instanceof HTMLElement && target.closest('input, textarea, select, [contenteditable]') !== null;

const focus = (selector: string) => document.querySelector<HTMLElement>(selector)?.focus();

/** Moves the focus to what is about to be there, in the frame in which it is, unless somebody moves it elsewhere first. */
function focusOnceThere(selector: string) {
  const from = document.activeElement;
  const until = performance.now() + 10_000;
  const look = () => {
    if (document.activeElement !== from || performance.now() > until) return;
    const there = document.querySelector<HTMLElement>(selector);
    if (there) there.focus();
    else requestAnimationFrame(look);
  };
  requestAnimationFrame(look);
}

/** `/` goes to the search, Escape out of a review back into the list. */
function onKeyDown(event: KeyboardEvent) {
  if (event.ctrlKey || event.altKey || event.metaKey || event.defaultPrevented || isTyping(event.target)) return;
  if (event.key === '/') focus('#search');
  else if (event.key === 'Escape') focus('.wb-list');
  else return;
  event.preventDefault();
}

/** How many the list shows, in words. */
function listWords(shown: number, more: boolean, filtered: boolean, all: number): string {
  if (!filtered) return countWords(all, 'review');
  return more ? `More than ${countWords(shown, 'review')} match` : `${countWords(shown, 'review')} match`;
}

/** The list of reviews, and the one that was chosen beside it. */
export function ReviewsView({ workbench, route }: { readonly workbench: Workbench; readonly route: ReviewsRoute }) {
  const { list, counts, now, location } = workbench;
  const exporting = useSignal(false);
  const { rows, more, searching, failure } = list.state.value;
  const stored = counts.value.value;
  const { labels } = workbench.names.value();
  const sites = (stored?.sites ?? []).map(({ site }) => site);
  const filtered = Object.keys(route.query).length > 0;
  const detailOpen = route.reviewId !== null;

  // Ready by the time that somebody has read the first line of the list.
  useEffect(() => detail.load(), []);
  // Before the list is seen: what is seen takes keys.
  useLayoutEffect(() => {
    document.addEventListener('keydown', onKeyDown);
    return () => document.removeEventListener('keydown', onKeyDown);
  }, []);

  const setQuery = (query: ReviewQuery) => location.go({ ...route, query }, 'replace');
  if (stored?.reviews === 0 && !filtered && !detailOpen)
    return (
      <>
        <h1 class="visually-hidden">Reviews</h1>
        <Lazy part={nothing} props={{ onShowAll: null }} />
      </>
    );

  return (
    <div class={`wb-reviews${detailOpen ? ' wb-has-detail' : ''}`}>
      <div class="wb-list-side">
        <h1 class="visually-hidden">Reviews</h1>
        <Filters query={route.query} labels={labels} onChange={setQuery} onLeave={() => focus('.wb-list')}>
          <Lazy part={conditions} props={{ query: route.query, sites, labels, onChange: setQuery }} />
        </Filters>
        <div class="wb-list-head">
          <span role="status" class="quiet">
            {searching && filtered ? 'Searching' : listWords(rows.length, more, filtered, stored?.reviews ?? 0)}
          </span>
          <Button
            kind="quiet"
            icon={Download}
            expanded={exporting.value}
            controls="export"
            onPress={() => {
              exporting.value = !exporting.value;
            }}
          >
            Export
          </Button>
        </div>
        <div id="export" hidden={!exporting.value}>
          {exporting.value && (
            <Lazy part={exportSide} props={{ workbench, query: route.query, reviews: stored?.reviews ?? 0 }} />
          )}
        </div>
        {failure ? (
          <p class="wb-failure" role="alert">
            {failure.message} {failure.next}
          </p>
        ) : rows.length === 0 && !searching && filtered ? (
          <Lazy part={nothing} props={{ onShowAll: () => setQuery({}) }} />
        ) : (
          <VirtualList
            label="Reviews"
            items={rows}
            keyOf={({ id }) => id}
            rowHeight={ROW_HEIGHT}
            selected={route.reviewId}
            more={more}
            onNearEnd={list.more}
            onSelect={({ id }, open) => {
              location.go({ ...route, reviewId: id }, detailOpen ? 'replace' : 'push');
              if (open) focusOnceThere('#review-title');
            }}
          >
            {(review) => <ReviewRow review={review} now={now.value} />}
          </VirtualList>
        )}
      </div>
      <div class="wb-detail-side">
        {route.reviewId !== null ? (
          <Lazy key={route.reviewId} part={detail} props={{ workbench, route, reviewId: route.reviewId }} />
        ) : (
          <p class="wb-hint quiet">Choose a review. Arrow keys move, Enter opens, / searches.</p>
        )}
      </div>
    </div>
  );
}
