import { useSignal } from '@preact/signals';
import { Download } from 'lucide';
import { useEffect, useMemo } from 'preact/hooks';
import { Button } from '../../../components/controls/button.tsx';
import { Empty } from '../../../components/workbench/empty.tsx';
import { ExportPanel } from '../../../components/workbench/export-panel.tsx';
import { Filters } from '../../../components/workbench/filters.tsx';
import { ReviewRow, ROW_HEIGHT } from '../../../components/workbench/review-row.tsx';
import { VirtualList } from '../../../components/workbench/virtual-list.tsx';
import { countWords } from '../../../components/workbench/wording.ts';
import type { ReviewQuery } from '../../../utils/review/query.ts';
import { defaultRubric } from '../../../utils/review/rubric.ts';
import type { Route } from '../route.ts';
import { createExport } from '../store/export.ts';
import { inMoments, type Workbench } from '../workbench.ts';
import { SelectedReview } from './selected-review.tsx';

type ReviewsRoute = Extract<Route, { view: 'reviews' }>;

const isTyping = (target: EventTarget | null) =>
  target instanceof HTMLElement && target.closest('input, textarea, select, [contenteditable]') !== null;

const focus = (selector: string) => document.querySelector<HTMLElement>(selector)?.focus();

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

function NothingYet() {
  return (
    <Empty title="No reviews yet">
      <p>
        Turn on a site, open a chat there, move the pointer over an answer and press one key: it is judged, and listed
        here.
      </p>
      <p>
        <a href="#/welcome">Turn on a site and see the keys</a>
      </p>
    </Empty>
  );
}

/** The list of reviews, and the one that was chosen beside it. */
export function ReviewsView({ workbench, route }: { readonly workbench: Workbench; readonly route: ReviewsRoute }) {
  const { list, counts, now, location } = workbench;
  const exporting = useSignal(false);
  const exported = useMemo(() => createExport(workbench), [workbench]);
  const { rows, more, searching, failure } = list.state.value;
  const stored = counts.value.value;
  const filtered = Object.keys(route.query).length > 0;
  const detailOpen = route.reviewId !== null;

  useEffect(() => {
    document.addEventListener('keydown', onKeyDown);
    return () => document.removeEventListener('keydown', onKeyDown);
  }, []);

  const setQuery = (query: ReviewQuery) => location.go({ ...route, query }, 'replace');
  if (stored?.reviews === 0 && !filtered && !detailOpen) return <NothingYet />;

  return (
    <div class={`wb-reviews${detailOpen ? ' wb-has-detail' : ''}`}>
      <div class="wb-list-side">
        <h1 class="visually-hidden">Reviews</h1>
        <Filters
          query={route.query}
          sites={(stored?.sites ?? []).map(({ site }) => site)}
          labels={defaultRubric.labels}
          onChange={setQuery}
          onLeave={() => focus('.wb-list')}
        />
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
            <ExportPanel
              filtered={filtered}
              reviews={stored?.reviews ?? 0}
              state={exported.state.value}
              onExport={(choice) => void exported.run(inMoments(route.query), choice)}
              onStop={exported.stop}
            />
          )}
        </div>
        {failure ? (
          <p class="wb-failure" role="alert">
            {failure.message} {failure.next}
          </p>
        ) : rows.length === 0 && !searching && filtered ? (
          <Empty title="Nothing matches">
            <p>Search looks in answers, prompts, corrections and comments; all words must occur.</p>
            <Button onPress={() => setQuery({})}>Show all reviews</Button>
          </Empty>
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
              if (open) requestAnimationFrame(() => focus('#review-title'));
            }}
          >
            {(review) => <ReviewRow review={review} now={now.value} />}
          </VirtualList>
        )}
      </div>
      <div class="wb-detail-side">
        {detailOpen ? (
          <SelectedReview workbench={workbench} route={route} />
        ) : (
          <p class="wb-hint quiet">
            Choose a review. <kbd class="cs-kbd">↑</kbd> <kbd class="cs-kbd">↓</kbd> move, <kbd class="cs-kbd">↵</kbd>{' '}
            opens, <kbd class="cs-kbd">/</kbd> searches.
          </p>
        )}
      </div>
    </div>
  );
}
