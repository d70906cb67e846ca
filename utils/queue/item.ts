/** The queue's items: what an answer's state is, which of them are shown, in which order, and which comes next. */
import type { Verdict } from '../review/schema.ts';
import type { ListedResponse, Priority } from './protocol.ts';

export type State = 'pending' | 'draft' | 'done' | 'skipped' | 'aside';

/** One answer in the queue. */
export interface QueueItem {
  /** Short, without spaces, the same for the same answer while the panel is open. */
  readonly id: string;
  readonly site: string;
  readonly key: string;
  readonly state: State;
  readonly excerpt: string;
  readonly length: number;
  readonly readingMs: number;
  readonly model: string | null;
  /** The frame it is in; null where it is not on the page of the tab. */
  readonly frameId: number | null;
  /** Its place on the page; where it is not there, null. */
  readonly place: number | null;
  readonly settled: boolean;
  readonly asserted: boolean;
  readonly confidence: number;
  readonly variants: number;
  /** Of the review, where there is one. */
  readonly verdict: Verdict | null;
  readonly labels: readonly string[];
  /** Why it was skipped. */
  readonly why: string | null;
  /** When it was judged, set aside or skipped: ISO time. */
  readonly at: string | null;
  readonly pageTitle: string;
  /** Set by triage. */
  readonly priority?: Priority;
}

export type Order = 'page' | 'newest' | 'aside' | 'unsure' | 'longest' | 'priority';

export interface Filter {
  /** null for all; `open` is everything that still wants a judgement. */
  readonly state: State | 'open' | null;
  readonly site: string | null;
  readonly verdict: Verdict | null;
  /** Id of a label. */
  readonly label: string | null;
  readonly search: string;
}

export const noFilter: Filter = { state: null, site: null, verdict: null, label: null, search: '' };

/** What is stored about an answer. */
export interface Standing {
  readonly review: { readonly verdict: Verdict; readonly labels: readonly string[]; readonly createdAt: string } | null;
  readonly hasDraft: boolean;
  readonly queued: {
    readonly state: 'aside' | 'skipped';
    readonly why: string | null;
    readonly addedAt: string;
  } | null;
}

/** A judgement answers what was set aside before it; what was set aside after it wants another look. */
export function stateOf({ review, hasDraft, queued }: Standing): State {
  if (queued && queued.addedAt > (review?.createdAt ?? '')) return queued.state;
  if (review) return 'done';
  return hasDraft ? 'draft' : 'pending';
}

export const isOpen = ({ state }: Pick<QueueItem, 'state'>) => state !== 'done' && state !== 'skipped';

/** What the page says of an item, in the item's words. */
export function onPage(
  listed: ListedResponse,
): Pick<
  QueueItem,
  'excerpt' | 'length' | 'readingMs' | 'model' | 'settled' | 'asserted' | 'confidence' | 'variants'
> & { readonly priority?: Priority } {
  const { excerpt, length, readingMs, model, settled, asserted, confidence, variants, priority } = listed;
  return {
    ...{ excerpt, length, readingMs, model, settled, asserted, confidence, variants },
    ...(priority ? { priority } : {}),
  };
}

export function fits(item: QueueItem, { state, site, verdict, label, search }: Filter): boolean {
  if (state === 'open' ? !isOpen(item) : state !== null && item.state !== state) return false;
  if (site !== null && item.site !== site) return false;
  if (verdict !== null && item.verdict !== verdict) return false;
  if (label !== null && !item.labels.includes(label)) return false;
  const text = `${item.excerpt} ${item.why ?? ''} ${item.pageTitle} ${item.model ?? ''}`.toLowerCase();
  return search
    .toLowerCase()
    .split(/\s+/)
    .every((word) => text.includes(word));
}

const END = Number.POSITIVE_INFINITY;
const place = (item: QueueItem) => item.place ?? END;
const at = (item: QueueItem) => item.at ?? '';
/** In page order; what is not on the page follows, longest waiting first. */
const byPage = (one: QueueItem, other: QueueItem) =>
  place(one) === place(other) ? (at(one) < at(other) ? -1 : 1) : place(one) - place(other);

const comparisons: Readonly<Record<Order, (one: QueueItem, other: QueueItem) => number>> = {
  page: byPage,
  // A page tells no times: what stands further down is newer, and all of it is newer than what was left elsewhere.
  newest: (one, other) =>
    one.place !== null && other.place !== null
      ? other.place - one.place
      : one.place !== null
        ? -1
        : other.place !== null
          ? 1
          : at(one) < at(other)
            ? 1
            : -1,
  aside: (one, other) => {
    const waits = (item: QueueItem) => item.state === 'aside';
    if (waits(one) !== waits(other)) return waits(one) ? -1 : 1;
    return waits(one) ? (at(one) < at(other) ? -1 : 1) : byPage(one, other);
  },
  unsure: (one, other) => one.confidence - other.confidence || byPage(one, other),
  longest: (one, other) => other.length - one.length || byPage(one, other),
  priority: (one, other) => (other.priority?.value ?? 0) - (one.priority?.value ?? 0) || byPage(one, other),
};

/** The items that fit, in order; `kept` stays where it would stand although it fits no more. */
export function arrange(items: readonly QueueItem[], filter: Filter, order: Order, kept: string | null): QueueItem[] {
  return items.filter((item) => item.id === kept || fits(item, filter)).sort(comparisons[order]);
}

/** The next item that wants a judgement after this one, else the first; null where none does. What is offered is no answer yet. */
export function nextOpen(items: readonly QueueItem[], id: string | null): QueueItem | null {
  const now = items.findIndex((item) => item.id === id);
  const wants = (item: QueueItem) => item.id !== id && isOpen(item) && item.asserted;
  return items.slice(now + 1).find(wants) ?? items.slice(0, Math.max(0, now)).find(wants) ?? null;
}
