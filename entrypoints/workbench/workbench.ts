/** The workbench's state, put together: what is stored, live, and what one can do to it. The views only show and call. */
import { computed, type ReadonlySignal, signal } from '@preact/signals';
import type { Browser } from '../../utils/browser.ts';
import { report } from '../../utils/errors.ts';
import type { Call } from '../../utils/messaging/client.ts';
import type { PageCalls } from '../../utils/messaging/contract.ts';
import type { ReviewQuery } from '../../utils/review/query.ts';
import type { Review } from '../../utils/review/schema.ts';
import type { AssistanceShown } from '../../utils/storage/assistance.ts';
import { type Counts, counts } from '../../utils/storage/counters.ts';
import type { CountersignDatabase } from '../../utils/storage/database.ts';
import { defaultSettings } from '../../utils/storage/default-settings.ts';
import type { DestinationView } from '../../utils/storage/destinations.ts';
import type { Names } from '../../utils/storage/judging.ts';
import { listReviews } from '../../utils/storage/list.ts';
import type { Loss } from '../../utils/storage/loss.ts';
import { type Managed, managedTerms } from '../../utils/storage/managed.ts';
import { isMemoryOnly } from '../../utils/storage/memory/reviewed.ts';
import type { Settings } from '../../utils/storage/settings-shape.ts';
import { shownSettings } from '../../utils/storage/shown-settings.ts';
import { watch } from '../../utils/storage/watch.ts';
import { type Live, live, liveLater } from './store/live.ts';
import { createLocation, type Location } from './store/location.ts';
import { createNotices, type Notices } from './store/notices.ts';
import { createReviewList, type ReviewList } from './store/review-list.ts';

type Telling = Pick<typeof import('./store/telling.ts'), 'notesOf' | 'stateWords'>;

export interface Workbench {
  readonly browser: Browser;
  readonly database: CountersignDatabase;
  readonly call: Call<PageCalls>;
  readonly location: Location;
  readonly counts: ReadonlySignal<Live<Counts>>;
  readonly settings: ReadonlySignal<Settings>;
  /** Whether what is reviewed is kept off the disk. */
  readonly memoryOnly: ReadonlySignal<Live<boolean>>;
  readonly destinations: ReadonlySignal<Live<readonly DestinationView[]>>;
  /** The model for a second opinion. */
  readonly assistance: ReadonlySignal<Live<{ readonly set: AssistanceShown | null }>>;
  /** What the browser has lost of what was stored here; null for nothing. */
  readonly loss: ReadonlySignal<Live<Loss | null>>;
  /** What the organisation sets. */
  readonly managed: ReadonlySignal<Live<Managed>>;
  /** How many cases wait for a ruling. */
  readonly openCases: ReadonlySignal<Live<number>>;
  /** The names of labels and questions, by the rubric of a review. */
  readonly names: ReadonlySignal<(review?: Pick<Review, 'rubric'>) => Names>;
  /** What says how things stand; null until it is loaded. */
  readonly telling: ReadonlySignal<Telling | null>;
  readonly list: ReviewList;
  readonly notices: Notices;
  /** ms since 1970, moved on now and then, so that times in words stay true. */
  readonly now: ReadonlySignal<number>;
  /** Calls the background; tells why where it does not work. Answers whether it did. */
  readonly act: <Verb extends keyof PageCalls & string>(
    verb: Verb,
    body: Parameters<PageCalls[Verb]>[0],
  ) => Promise<boolean>;
}

/** ms between two looks at the clock. */
const TICK_MS = 15_000;

/** The query as the database understands it: days of the reviewer become moments. */
export function inMoments({ from, until, ...query }: ReviewQuery): ReviewQuery {
  const moment = (day: string, time: string) => new Date(`${day}T${time}`).toISOString();
  return {
    ...query,
    ...(from && { from: moment(from, '00:00:00.000') }),
    ...(until && { until: moment(until, '23:59:59.999') }),
  };
}

export function createWorkbench(
  browser: Browser,
  database: CountersignDatabase,
  call: Call<PageCalls>,
  stop: AbortSignal,
): Workbench {
  const location = createLocation(stop);
  const { route } = location;
  const notices = createNotices();
  const stored = live(() => counts(database), stop);
  const readings = live(() => shownSettings(database), stop);

  // Compared as text, so that moving to another review of the same list does not read the list again.
  const asked = computed(() => JSON.stringify(route.value.view === 'reviews' ? inMoments(route.value.query) : {}));
  const query = computed(() => JSON.parse(asked.value) as ReviewQuery);

  // The names of labels come a moment after the list: what reads them is loaded apart.
  const naming = import('../../utils/storage/judging.ts');
  const named = signal<(review?: Pick<Review, 'rubric'>) => Names>(() => nobody);
  naming
    .then(({ readNames }) =>
      watch(() => readNames(database), stop, {
        onValue: (value) => {
          named.value = value;
        },
        onFailure: () => {},
      }),
    )
    .catch((thrown: unknown) => report(thrown, 'loading a part of the workbench'));
  const nobody: Names = { labels: [], dimensions: [] };

  const asides = import('./store/asides.ts');
  const telling = signal<Telling | null>(null);
  asides.then(
    (loaded) => {
      telling.value = loaded;
    },
    // Said by whoever reads through it.
    () => {},
  );
  const destinations = liveLater(asides, (from) => from.listDestinations(database), stop);

  const now = signal(Date.now());
  const timer = setInterval(() => {
    now.value = Date.now();
  }, TICK_MS);
  stop.addEventListener('abort', () => clearInterval(timer));

  return {
    ...{ browser, database, call, location, notices, destinations, telling, now },
    counts: stored,
    memoryOnly: live(() => isMemoryOnly(database), stop),
    assistance: liveLater(asides, async (from) => ({ set: await from.shownAssistance(database) }), stop),
    loss: liveLater(asides, (from) => from.lossOf(database), stop),
    managed: live(() => managedTerms(database), stop),
    openCases: liveLater(asides, (from) => from.countOpenCases(database), stop),
    names: named,
    settings: computed(() => readings.value.value ?? defaultSettings),
    list: createReviewList(
      {
        query,
        changes: stored,
        read: (wanted, request) => listReviews(database, wanted, request),
        names: async () => (await naming).readNames(database),
      },
      stop,
    ),
    async act(verb, body) {
      const answer = await call(verb, body as never);
      if (!answer.ok) notices.fail(answer.error);
      return answer.ok;
    },
  };
}
