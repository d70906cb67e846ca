/** The side panel's state: the items as they are shown, the one that is selected, and what one can do with it. */
import { batch, computed, effect, type ReadonlySignal, signal } from '@preact/signals';
import type { Browser } from '../../../utils/browser.ts';
import type { Failure } from '../../../utils/errors.ts';
import type { Call } from '../../../utils/messaging/client.ts';
import type { PageCalls } from '../../../utils/messaging/contract.ts';
import { excerptOf } from '../../../utils/queue/excerpt.ts';
import { arrange, type Filter, isOpen, nextOpen, noFilter, type QueueItem } from '../../../utils/queue/item.ts';
import { uuidv7 } from '../../../utils/review/ids.ts';
import type { Saved } from '../../../utils/review/mark.ts';
import type { Project } from '../../../utils/review/project.ts';
import type { Label, Rubric } from '../../../utils/review/rubric.ts';
import { hostOf, narrowed, rubricFor } from '../../../utils/review/rubric-use.ts';
import type { Snapshot, Verdict } from '../../../utils/review/schema.ts';
import type { CountersignDatabase, QueueRow } from '../../../utils/storage/database.ts';
import { defaultSettings } from '../../../utils/storage/default-settings.ts';
import { currentProject } from '../../../utils/storage/projects.ts';
import type { Settings } from '../../../utils/storage/settings-shape.ts';
import { shownSettings } from '../../../utils/storage/shown-settings.ts';
import { watch } from '../../../utils/storage/watch.ts';
import { createFollowedTab, type FollowedTab } from './followed-tab.ts';
import { createItems, type Items, nameOf } from './items.ts';
import { createPageLink, type PageLink } from './page-link.ts';
import { createSession, type Session } from './session.ts';

/** What the panel says of what was done last. */
export interface Told {
  readonly tone: 'quiet' | 'good' | 'bad';
  readonly words: string;
}

/** What can be taken back, and until when, in ms since 1970. */
type Undoable =
  | { readonly what: 'judged'; readonly id: string; readonly saved: Saved }
  | { readonly what: 'queued'; readonly id: string; readonly item: QueueItem; readonly before: QueueRow | null };

export interface Panel {
  readonly tab: ReadonlySignal<FollowedTab | null>;
  readonly items: Items;
  readonly link: PageLink;
  readonly session: Session;
  readonly settings: ReadonlySignal<Settings>;
  readonly filter: ReadonlySignal<Filter>;
  readonly shown: ReadonlySignal<readonly QueueItem[]>;
  readonly selected: ReadonlySignal<QueueItem | null>;
  /** What the reviewer is asked about the selected item. */
  readonly asking: ReadonlySignal<'reasons' | 'skip' | null>;
  readonly told: ReadonlySignal<Told | null>;
  readonly busy: ReadonlySignal<boolean>;
  readonly undoable: ReadonlySignal<boolean>;
  /** Labels of the rubric for the selected item's site, in the order of their digits. */
  readonly labels: ReadonlySignal<readonly Label[]>;
  /** Every label of the project. */
  readonly allLabels: ReadonlySignal<readonly Label[]>;
  readonly setFilter: (filter: Partial<Filter>) => void;
  readonly saveSettings: (change: Partial<Settings>) => Promise<void>;
  readonly select: (id: string | null) => void;
  readonly move: (step: number) => void;
  readonly ask: (what: 'reasons' | 'skip' | null) => void;
  readonly judge: (verdict: Exclude<Verdict, 'correct'>, labels?: readonly string[]) => Promise<void>;
  readonly skip: (why: string) => Promise<void>;
  readonly aside: () => Promise<void>;
  readonly undo: () => Promise<void>;
  /** Shows the selected answer on its page; with `edit` opens the editor on it. */
  readonly jump: (edit: boolean) => Promise<void>;
}

interface PanelParts {
  readonly browser: Browser;
  readonly database: CountersignDatabase;
  readonly call: Call<PageCalls>;
  readonly now?: () => number;
}

const words = ({ message, next }: Failure) => `${message} ${next}`;
const done: Readonly<Record<Verdict, string>> = {
  approve: 'Approved',
  correct: 'Corrected',
  reject: 'Rejected',
  unsure: 'Marked unsure',
};
/** Nobody reads one answer longer than this at a stretch without giving a sign: it counts no further, in ms beyond twice its reading time. */
const MOST_LOOKED_MS = 60_000;

export function createPanel({ browser, database, call, now = Date.now }: PanelParts, stop: AbortSignal): Panel {
  const { tabs, scripting, runtime, storage } = browser;
  const tab = createFollowedTab(tabs, stop);
  const link = createPageLink({ tabs, scripting, runtime }, stop);
  const items = createItems(database, link.frames, stop);
  const settings = signal<Settings>(defaultSettings);
  const rubrics = signal<readonly Rubric[]>([]);
  const filter = signal<Filter>(noFilter);
  const selectedId = signal<string | null>(null);
  const asking = signal<'reasons' | 'skip' | null>(null);
  const told = signal<Told | null>(null);
  const busy = signal(false);
  const last = signal<Undoable | null>(null);
  let since = now();

  const session = createSession(
    { database, storage: storage.session, now, wanted: computed(() => settings.value.paceNudges) },
    stop,
  );
  const onFailure = () => {};
  const onSettings = (value: Settings) => {
    settings.value = value;
  };
  const onProject = (value: Project) => {
    rubrics.value = value.rubrics;
  };
  watch(() => shownSettings(database), stop, { onValue: onSettings, onFailure });
  watch(() => currentProject(database), stop, { onValue: onProject, onFailure });

  const turned = computed(() => ({ tabId: tab.value?.tabId ?? null, loads: tab.value?.loads ?? 0 }));
  const end = effect(() => {
    void link.turnTo(turned.value.tabId);
  });
  stop.addEventListener('abort', end);

  const shown = computed(() => arrange(items.all.value, filter.value, settings.value.queueOrder, selectedId.value));
  const selected = computed(() => shown.value.find(({ id }) => id === selectedId.value) ?? null);
  const labels = computed<readonly Label[]>(() => {
    if (rubrics.value.length === 0) return [];
    // Topics are told by whole texts: what does not apply to the answer, the background refuses.
    const subject = { host: hostOf(selected.value?.site ?? ''), topics: new Set<string>() };
    return narrowed(rubricFor({ rubrics: rubrics.value }, subject), subject).labels;
  });
  const allLabels = computed(() => [
    ...new Map(rubrics.value.flatMap((rubric) => rubric.labels).map((label) => [label.id, label])).values(),
  ]);

  const tell = (next: Told | null) => {
    told.value = next;
  };
  const fail = (reason: Failure) => tell({ tone: 'bad', words: words(reason) });

  function select(id: string | null) {
    if (id === selectedId.peek()) return;
    batch(() => {
      selectedId.value = id;
      asking.value = null;
    });
    since = now();
  }

  /** Brings the selected answer into view where its page is in front, so that it can be read. */
  function follow() {
    const item = selected.peek();
    if (item && item.frameId !== null) link.show(item.frameId, item.key, false);
  }

  function advance(from: string) {
    if (!settings.peek().autoAdvance) return;
    const next = nextOpen(shown.peek(), from);
    if (!next) return;
    select(next.id);
    follow();
  }

  /** The answer as it stands now, or as it was set aside. */
  async function capture(item: QueueItem): Promise<Snapshot | string> {
    if (item.frameId === null) {
      const row = items.stored.peek().rows.get(nameOf({ site: item.site, responseKey: item.key }));
      return row?.snapshot ?? 'This answer is not in the queue any more.';
    }
    const snapshot = await link.capture(item.frameId, item.key);
    if (!snapshot) return 'The page does not show this answer any more, or it is still being written.';
    return excerptOf(snapshot.text) === item.excerpt ? snapshot : 'The answer just changed. Look again.';
  }

  /** Runs one thing at a time about the selected item; what is said instead of doing it is a string. */
  async function act(work: (item: QueueItem) => Promise<void>): Promise<void> {
    const item = selected.peek();
    if (!item || busy.peek()) return;
    if (!item.asserted) {
      return tell({ tone: 'quiet', words: 'Not known to be an AI answer yet. Show it on the page and say so there.' });
    }
    busy.value = true;
    try {
      await work(item);
    } finally {
      busy.value = false;
    }
  }

  async function withSnapshot(item: QueueItem, work: (snapshot: Snapshot) => Promise<void>): Promise<void> {
    const snapshot = await capture(item);
    if (typeof snapshot === 'string') tell({ tone: 'bad', words: snapshot });
    else await work(snapshot);
  }

  const judge: Panel['judge'] = (verdict, chosen = []) =>
    act((item) =>
      withSnapshot(item, async (snapshot) => {
        const name = nameOf({ site: item.site, responseKey: item.key });
        const mark = items.stored.peek().reviews.get(name);
        const looked = Math.min(now() - since, MOST_LOOKED_MS + 2 * item.readingMs);
        const answer = await call('judge', {
          id: mark?.reviewId ?? uuidv7(),
          basedOn: mark?.revision ?? 0,
          saveId: uuidv7(),
          responseKey: item.key,
          snapshot,
          judgement: { verdict, labels: [...chosen], ratings: [], correction: null, comment: null },
          surface: 'sidepanel',
          visibility: 'verified',
          spentMs: Math.max(0, Math.round(looked)),
          origin: item.site,
        });
        if (!answer.ok) {
          fail(answer.error);
          // The rubric asks for more than one key can say.
          if (answer.error.code === 'incomplete') await jump(true, item);
          return;
        }
        batch(() => {
          last.value = { what: 'judged', id: item.id, saved: answer.value };
          asking.value = null;
          const names = allLabels.peek().filter(({ id }) => chosen.includes(id));
          const reasons = names.length > 0 ? ` · ${names.map((label) => label.name).join(', ')}` : '';
          tell({ tone: 'good', words: `${done[verdict]}${reasons} · Saved on this computer` });
          advance(item.id);
        });
      }),
    );

  /** Puts the item into the queue, or takes it out; what was there before can come back. */
  async function queue(item: QueueItem, state: 'aside' | 'skipped' | null, why: string | null, said: string) {
    const key = { site: item.site, responseKey: item.key };
    const before = items.stored.peek().rows.get(nameOf(key)) ?? null;
    await withSnapshot(item, async (snapshot) => {
      const answer = await call('queue', { ...key, state, why, snapshot });
      if (!answer.ok) return fail(answer.error);
      batch(() => {
        last.value = { what: 'queued', id: item.id, item, before };
        asking.value = null;
        tell({ tone: 'quiet', words: said });
        if (state !== null) advance(item.id);
      });
    });
  }

  async function undoQueued({ item, before }: Extract<Undoable, { what: 'queued' }>) {
    const answer = await call('queue', {
      ...{ site: item.site, responseKey: item.key, state: before?.state ?? null, why: before?.why ?? null },
      ...(before ? { snapshot: before.snapshot } : {}),
    });
    return answer.ok ? null : answer.error;
  }

  async function undoJudged({ saved: { mark } }: Extract<Undoable, { what: 'judged' }>) {
    const answer = await call('undoReview', { reviewId: mark.reviewId, revision: mark.revision });
    return answer.ok ? null : answer.error;
  }

  async function jump(edit: boolean, item = selected.peek()): Promise<void> {
    if (!item) return;
    const front = tab.peek();
    if (item.frameId !== null && front) {
      link.show(item.frameId, item.key, edit);
      // Where the panel is a tab itself, the page is brought before it.
      await tabs.update(front.tabId, { active: true }).catch(() => {});
      return;
    }
    tell({ tone: 'quiet', words: 'Opening its page…' });
    const { site, key } = item;
    const answer = await call('reopen', { site, responseKey: key, edit });
    if (answer.ok) tell(null);
    else fail(answer.error);
  }

  return {
    ...{ tab, items, link, session, settings, filter, shown, selected, asking, told, busy, labels, allLabels },
    undoable: computed(() => last.value !== null),
    setFilter(change) {
      filter.value = { ...filter.peek(), ...change };
    },
    async saveSettings(change) {
      const answer = await call('saveSettings', change);
      if (!answer.ok) fail(answer.error);
    },
    select,
    move(step) {
      const list = shown.peek();
      const at = list.findIndex(({ id }) => id === selectedId.peek());
      const next = list[at < 0 ? 0 : Math.min(list.length - 1, Math.max(0, at + step))];
      if (!next || next.id === selectedId.peek()) return;
      select(next.id);
      follow();
    },
    ask(what) {
      if (what !== null && selected.peek()?.asserted === false) return void act(async () => {});
      asking.value = selected.peek() ? what : null;
      if (what !== null) tell(null);
    },
    judge,
    skip: (why) => act((item) => queue(item, 'skipped', why, `Skipped: ${why}`)),
    aside: () =>
      act((item) =>
        item.state === 'aside'
          ? queue(item, null, null, 'Not set aside any more')
          : queue(item, 'aside', null, 'Set aside for later'),
      ),
    async undo() {
      const undoing = last.peek();
      if (!undoing || busy.peek()) return;
      busy.value = true;
      const failure = undoing.what === 'judged' ? await undoJudged(undoing) : await undoQueued(undoing);
      batch(() => {
        busy.value = false;
        last.value = null;
        if (failure) return fail(failure);
        tell({ tone: 'quiet', words: 'Taken back' });
        select(undoing.id);
      });
    },
    jump: (edit) => jump(edit),
  };
}

/** How far the page's answers are judged; what was set aside elsewhere is not counted. */
export function progressOf(items: readonly QueueItem[]): { readonly done: number; readonly of: number } {
  const here = items.filter(({ frameId, asserted }) => frameId !== null && asserted);
  return { done: here.filter((item) => !isOpen(item)).length, of: here.length };
}
