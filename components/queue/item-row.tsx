import { Bookmark, CircleDashed, PencilLine, SkipForward } from 'lucide';
import type { QueueItem, State } from '../../utils/queue/item.ts';
import type { Label } from '../../utils/review/rubric.ts';
import { Icon } from '../controls/icon.tsx';
import { VerdictBadge } from '../review/verdict-badge.tsx';
import { fullTime, numberWords, shortTime, siteName } from '../workbench/wording.ts';

/** CSS px, in step with `.qu-row`. */
export const ROW_HEIGHT = 106;

export const stateNames: Readonly<Record<State, string>> = {
  pending: 'Open',
  draft: 'Draft',
  done: 'Judged',
  skipped: 'Skipped',
  aside: 'Set aside',
};
const icons = { pending: CircleDashed, draft: PencilLine, skipped: SkipForward, aside: Bookmark } as const;

function StateBadge({ item }: { readonly item: QueueItem }) {
  if (item.state === 'done' && item.verdict) return <VerdictBadge verdict={item.verdict} />;
  const state = item.state === 'done' ? 'pending' : item.state;
  return (
    <span class={`qu-state qu-state-${state}`}>
      <Icon node={icons[state]} size={14} />
      {stateNames[item.state]}
    </span>
  );
}

/** Why a person is asked, in one line. */
const askedWords = (reasons: readonly string[]) =>
  reasons.length > 0 ? `Asked because: ${reasons.join('; ')}` : 'Asks for a review';

/** What there is to know of an item besides its text, most important first. */
function notesOf(item: QueueItem, labels: readonly Label[]): string[] {
  const { state, why, asserted, settled, variants, verdict, length, frameId } = item;
  const names = item.labels.map((id) => labels.find((label) => label.id === id)?.name ?? id);
  return [
    ...(asserted ? [] : ['Perhaps not an AI answer']),
    ...(item.priority?.asks && state !== 'done' ? [askedWords(item.priority.reasons.slice(0, 2))] : []),
    ...(settled ? [] : ['Still being written']),
    ...(state === 'skipped' ? [why ?? 'No reason given'] : []),
    ...(state !== 'done' && verdict ? ['Judged before'] : []),
    ...(state === 'done' && names.length > 0 ? [names.join(', ')] : []),
    ...(variants > 1 ? [`${variants} answers to the prompt`] : []),
    ...(length > 0 ? [`${numberWords(length)} characters`] : []),
    ...(frameId === null && item.pageTitle ? [item.pageTitle] : []),
  ];
}

interface ItemRowProps {
  readonly item: QueueItem;
  /** The site in front: of others the name is told. */
  readonly site: string | null;
  readonly labels: readonly Label[];
  readonly now: number;
}

/** One answer of the queue: its state, where it is from, how it begins, and what else to know. */
export function ItemRow({ item, site, labels, now }: ItemRowProps) {
  const { model, excerpt, place, at } = item;
  const from = [...(item.site === site ? [] : [siteName(item.site)]), ...(model ? [model] : [])];
  return (
    <div class="qu-row">
      <div class="qu-row-line">
        <StateBadge item={item} />
        <span class="qu-row-from captured">{from.join(' · ')}</span>
        {at ? (
          <time class="qu-row-at" dateTime={at} title={fullTime(at)}>
            {shortTime(at, now)}
          </time>
        ) : (
          place !== null && <span class="qu-row-at">no. {place}</span>
        )}
      </div>
      <p class="qu-row-excerpt captured" dir="auto">
        {excerpt || '…'}
      </p>
      <p class="qu-row-notes small quiet captured">{notesOf(item, labels).join(' · ')}</p>
    </div>
  );
}
