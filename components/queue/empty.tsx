import './later.css';
import { keyName } from '../controls/kbd.tsx';
import type { QueueModel } from './view.ts';

export type EmptyProps = Pick<QueueModel, 'page' | 'counts' | 'keys'>;

/** Nothing to show, why, and what to do next. */
export function EmptyQueue({ page, counts, keys }: EmptyProps) {
  if (page.is === 'looking') return <p class="qu-empty quiet">Looking at the page…</p>;
  if (counts.all > 0) {
    return (
      <div class="qu-empty">
        <h2>Nothing fits</h2>
        <p class="quiet">{counts.all} answers are here. Choose “All” above, or search for less.</p>
      </div>
    );
  }
  const first =
    page.is === 'paused'
      ? 'Countersign is paused everywhere. Go on in the popup, from the browser’s toolbar button.'
      : page.is === 'off'
        ? 'Countersign is off for the page in front. Turn it on in the popup, from the browser’s toolbar button.'
        : 'No AI answer was found on this page yet. It appears here as soon as it does.';
  return (
    <div class="qu-empty">
      <h2>The queue is empty</h2>
      <p>{first}</p>
      <ul class="quiet">
        <li>Every answer of the page in front comes here by itself.</li>
        <li>Press {keyName(keys.aside)} at an answer to set it aside; you find it here from any page.</li>
        <li>Judge here by the same keys as on the page, without touching the mouse.</li>
      </ul>
    </div>
  );
}
