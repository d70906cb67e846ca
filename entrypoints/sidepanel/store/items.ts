/** The queue's items: what the page lists and what was set aside elsewhere, each with what is stored about it. */
import { computed, effect, type ReadonlySignal, signal } from '@preact/signals';
import type { Failure } from '../../../utils/errors.ts';
import { excerptOf } from '../../../utils/queue/excerpt.ts';
import { onPage, type QueueItem, stateOf } from '../../../utils/queue/item.ts';
import type { Priority } from '../../../utils/queue/protocol.ts';
import { type Mark, markOf } from '../../../utils/review/mark.ts';
import { readingMs } from '../../../utils/review/reading.ts';
import { type QueueKey, reviewsOf } from '../../../utils/storage/asking.ts';
import type { CountersignDatabase, QueueRow } from '../../../utils/storage/database.ts';
import { draftsOf, queueRows } from '../../../utils/storage/queue.ts';
import { triagedOf } from '../../../utils/storage/triaged.ts';
import { watch } from '../../../utils/storage/watch.ts';
import type { FrameList } from './page-link.ts';

/** What is stored about the answers that are asked about. */
export interface Stored {
  readonly rows: ReadonlyMap<string, QueueRow>;
  readonly reviews: ReadonlyMap<string, Mark & { readonly createdAt: string }>;
  readonly drafts: ReadonlySet<string>;
  readonly triaged: ReadonlyMap<string, Priority>;
}

export const nameOf = ({ site, responseKey }: QueueKey) => `${site} ${responseKey}`;

async function read(database: CountersignDatabase, answers: readonly QueueKey[]): Promise<Stored> {
  const rows = await queueRows(database);
  const all = [...answers, ...rows];
  const reviews = await reviewsOf(database, all);
  return {
    rows: new Map(rows.map((row) => [nameOf(row), row])),
    // Without their texts: what is kept here is read again with every change.
    reviews: new Map(
      [...reviews].map(([name, { review }]) => [name, { ...markOf(review), createdAt: review.createdAt }]),
    ),
    drafts: await draftsOf(database, all),
    triaged: new Map(
      (await triagedOf(database, all)).map((row) => [
        nameOf(row),
        { value: row.priority, reasons: row.asks === 1 ? row.reasons : [], asks: row.asks === 1 },
      ]),
    ),
  };
}

const nothing: Stored = { rows: new Map(), reviews: new Map(), drafts: new Set(), triaged: new Map() };

export interface Items {
  readonly all: ReadonlySignal<readonly QueueItem[]>;
  readonly stored: ReadonlySignal<Stored>;
  readonly failure: ReadonlySignal<Failure | null>;
  /** What is stored was read once. */
  readonly read: ReadonlySignal<boolean>;
}

/** Follows page and database until `stop` aborts. */
export function createItems(
  database: CountersignDatabase,
  frames: ReadonlySignal<readonly FrameList[]>,
  stop: AbortSignal,
): Items {
  const stored = signal<Stored>(nothing);
  const failure = signal<Failure | null>(null);
  const isRead = signal(false);
  const ids = new Map<string, string>();
  const idOf = (name: string) => {
    const id = ids.get(name) ?? `q${ids.size + 1}`;
    ids.set(name, id);
    return id;
  };

  const wanted = computed(() =>
    JSON.stringify(frames.value.flatMap(({ site, answers }) => answers.map(({ key }) => [site, key]))),
  );
  const end = effect(() => {
    const answers = (JSON.parse(wanted.value) as [string, string][]).map(([site, responseKey]) => ({
      site,
      responseKey,
    }));
    const watching = new AbortController();
    watch(() => read(database, answers), watching.signal, {
      onValue: (value) => {
        stored.value = value;
        failure.value = null;
        isRead.value = true;
      },
      onFailure: (reason) => {
        failure.value = reason;
      },
    });
    return () => watching.abort();
  });
  stop.addEventListener('abort', end);

  function standing(name: string) {
    const { rows, reviews, drafts, triaged } = stored.value;
    const priority = triaged.get(name);
    const [row, review] = [rows.get(name) ?? null, reviews.get(name) ?? null];
    const state = stateOf({ review, hasDraft: drafts.has(name), queued: row });
    const queued = state === 'aside' || state === 'skipped';
    return {
      id: idOf(name),
      state,
      verdict: review?.verdict ?? null,
      labels: review?.labels ?? [],
      why: state === 'skipped' ? (row?.why ?? null) : null,
      at: queued ? (row?.addedAt ?? null) : (review?.createdAt ?? null),
      pageTitle: row?.snapshot.pageTitle ?? '',
      ...(priority && { priority }),
    };
  }

  function here(): QueueItem[] {
    let place = 0;
    return frames.value.flatMap(({ frameId, site, answers }) =>
      answers.map((answer) => {
        place += 1;
        const name = nameOf({ site, responseKey: answer.key });
        return { ...standing(name), ...onPage(answer), site, key: answer.key, frameId, place };
      }),
    );
  }

  /** Set aside and not judged since; skipped ones only where they stand. */
  function elsewhere(shown: ReadonlySet<string>): QueueItem[] {
    return [...stored.value.rows].flatMap(([name, row]) => {
      const own = standing(name);
      if (shown.has(own.id) || own.state !== 'aside') return [];
      const { snapshot, site, responseKey } = row;
      const { text, length, model, settled } = snapshot;
      return [
        {
          ...own,
          ...{ site, key: responseKey, frameId: null, place: null, excerpt: excerptOf(text), length, model, settled },
          ...{ readingMs: readingMs(text), asserted: true, confidence: 1, variants: 1 },
        },
      ];
    });
  }

  return {
    ...{ stored, failure, read: isRead },
    all: computed(() => {
      const onThisPage = here();
      return [...onThisPage, ...elsewhere(new Set(onThisPage.map(({ id }) => id)))];
    }),
  };
}
