/** The reviewer's session: its goal, its pace, and the word that is due when judgements become hasty or the session long. */
import { computed, type ReadonlySignal, signal } from '@preact/signals';
import type { Browser } from '../../../utils/browser.ts';
import { report } from '../../../utils/errors.ts';
import { type Judged, type Nudge, type Pace, paceOf } from '../../../utils/review/pace.ts';
import { readingMs } from '../../../utils/review/reading.ts';
import type { Review } from '../../../utils/review/schema.ts';
import type { CountersignDatabase, RevisionRow } from '../../../utils/storage/database.ts';
import { watch } from '../../../utils/storage/watch.ts';

/** What the reviewer wants to get done; chosen by them, gone with the browser. */
export interface Goal {
  readonly kind: 'reviews' | 'minutes';
  readonly amount: number;
  /** When it was set, in ms since 1970. */
  readonly since: number;
}

export interface Session {
  readonly pace: ReadonlySignal<Pace>;
  readonly goal: ReadonlySignal<(Goal & { readonly done: number }) | null>;
  readonly setGoal: (goal: Pick<Goal, 'kind' | 'amount'> | null) => void;
  /** Takes the nudge away for half an hour. */
  readonly dismiss: (kind: Nudge['kind']) => void;
}

interface Kept {
  readonly goal: Goal | null;
  /** When each kind of nudge was dismissed, in ms since 1970. */
  readonly dismissed: Readonly<Partial<Record<Nudge['kind'], number>>>;
}

interface SessionParts {
  readonly database: CountersignDatabase;
  readonly storage: Pick<Browser['storage']['session'], 'get' | 'set'>;
  readonly now: () => number;
  /** Whether nudges are wanted at all. */
  readonly wanted: ReadonlySignal<boolean>;
}

const KEY = 'session';
/** As many of the newest reviews tell what is usual. */
const PAST = 300;
const TICK_MS = 15_000;
const SILENCE_MS = 30 * 60_000;

function judgedOf({ createdAt, spentMs, snapshot, judgement }: Review): Judged {
  const { text, length } = snapshot;
  return { at: Date.parse(createdAt), spentMs, length, readingMs: readingMs(text), verdict: judgement.verdict };
}

const newest = ({ revisions }: CountersignDatabase, from: string, until: string) =>
  revisions.where('[latest+createdAt]').between([1, from], [1, until], true, false);

const oldestFirst = (rows: readonly RevisionRow[]) =>
  rows.map(({ review }) => judgedOf(review)).sort((one, other) => one.at - other.at);

/** Follows what is judged, here and on the pages, until `stop` aborts. */
export function createSession(parts: SessionParts, stop: AbortSignal): Session {
  const { database, storage, now, wanted } = parts;
  const past = signal<readonly Judged[]>([]);
  const fresh = signal<readonly Judged[]>([]);
  const kept = signal<Kept>({ goal: null, dismissed: {} });
  const clock = signal(now());
  const opened = new Date(now()).toISOString();

  const timer = setInterval(() => {
    clock.value = now();
  }, TICK_MS);
  stop.addEventListener('abort', () => clearInterval(timer));

  const readPast = async () => {
    past.value = oldestFirst(await newest(database, '', opened).reverse().limit(PAST).toArray());
  };
  readPast().catch((thrown: unknown) => report(thrown, 'reading the pace'));
  // The texts of the past are read once; from then on only what is new.
  watch(async () => oldestFirst(await newest(database, opened, '\uffff').toArray()), stop, {
    onValue: (judged) => {
      fresh.value = judged;
      clock.value = now();
    },
    onFailure: () => {},
  });
  const readKept = async () => {
    kept.value = { ...kept.peek(), ...((await storage.get(KEY))[KEY] as Kept | undefined) };
  };
  readKept().catch((thrown: unknown) => report(thrown, 'reading the session'));
  const keep = (change: Partial<Kept>) => {
    kept.value = { ...kept.peek(), ...change };
    storage.set({ [KEY]: kept.peek() }).catch((thrown: unknown) => report(thrown, 'keeping the session'));
  };

  const silent = computed(() => {
    if (!wanted.value) return ['hasty', 'unread', 'long'] as const;
    const { dismissed } = kept.value;
    return (Object.keys(dismissed) as Nudge['kind'][]).filter(
      (kind) => clock.value - (dismissed[kind] ?? 0) < SILENCE_MS,
    );
  });
  return {
    pace: computed(() => paceOf([...past.value, ...fresh.value], clock.value, silent.value)),
    goal: computed(() => {
      const { goal } = kept.value;
      if (!goal) return null;
      const since = [...past.value, ...fresh.value].filter(({ at }) => at >= goal.since);
      const minutes = Math.floor(Math.max(0, clock.value - goal.since) / 60_000);
      return { ...goal, done: goal.kind === 'reviews' ? since.length : minutes };
    }),
    setGoal: (goal) => keep({ goal: goal && { ...goal, since: now() } }),
    dismiss: (kind) => keep({ dismissed: { ...kept.peek().dismissed, [kind]: now() } }),
  };
}
