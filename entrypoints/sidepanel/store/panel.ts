/** The side panel's state: the items as they are shown, the one that is selected, and what one can do with it. */
import { batch, computed, effect, type ReadonlySignal, signal } from '@preact/signals';
import type { Browser } from '../../../utils/browser.ts';
import { report } from '../../../utils/errors.ts';
import type { Call } from '../../../utils/messaging/client.ts';
import type { PageCalls } from '../../../utils/messaging/contract.ts';
import { arrange, type Filter, isOpen, nextOpen, noFilter, type QueueItem } from '../../../utils/queue/item.ts';
import { savedWords } from '../../../utils/review/mark.ts';
import type { Label } from '../../../utils/review/rubric.ts';
import type { Snapshot, Verdict } from '../../../utils/review/schema.ts';
import type { CountersignDatabase } from '../../../utils/storage/database.ts';
import { defaultSettings } from '../../../utils/storage/default-settings.ts';
import type { Settings } from '../../../utils/storage/settings-shape.ts';
import { shownSettings } from '../../../utils/storage/shown-settings.ts';
import { watch } from '../../../utils/storage/watch.ts';
import type { Acting, Done, Outcome } from './acting.ts';
import { createFollowedTab, type FollowedTab } from './followed-tab.ts';
import { createItems, type Items } from './items.ts';
import type { Labels } from './labels.ts';
import { createPageLink, type PageLink } from './page-link.ts';
import type { Session } from './session.ts';

/** What the panel says of what was done last. */
export interface Told {
  readonly tone: 'quiet' | 'good' | 'bad';
  readonly words: string;
}

export interface Panel {
  readonly tab: ReadonlySignal<FollowedTab | null>;
  readonly items: Items;
  readonly link: PageLink;
  /** null until it is loaded. */
  readonly session: ReadonlySignal<Session | null>;
  readonly settings: ReadonlySignal<Settings>;
  readonly filter: ReadonlySignal<Filter>;
  readonly shown: ReadonlySignal<readonly QueueItem[]>;
  readonly selected: ReadonlySignal<QueueItem | null>;
  /** What the reviewer is asked about the selected item. */
  readonly asking: ReadonlySignal<'reasons' | 'skip' | null>;
  readonly told: ReadonlySignal<Told | null>;
  readonly busy: ReadonlySignal<boolean>;
  readonly undoable: ReadonlySignal<boolean>;
  /** Of the rubric for the selected item's site, in the order of their digits. */
  readonly labels: ReadonlySignal<readonly Label[]>;
  /** Every label of the project. */
  readonly allLabels: ReadonlySignal<readonly Label[]>;
  readonly setFilter: (filter: Partial<Filter>) => void;
  readonly saveSettings: (change: Partial<Settings>) => Promise<void>;
  readonly select: (id: string) => void;
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

const done: Readonly<Record<Exclude<Verdict, 'correct'>, string>> = {
  approve: 'Approved',
  reject: 'Rejected',
  unsure: 'Marked unsure',
};
/** Nobody reads one answer for longer at a stretch: so much beyond twice its reading time counts, in ms. */
const MOST_LOOKED_MS = 60_000;

export function createPanel({ browser, database, call, now = Date.now }: PanelParts, stop: AbortSignal): Panel {
  const { tabs, scripting, runtime, storage } = browser;
  const tab = createFollowedTab(tabs, stop);
  const link = createPageLink({ tabs, scripting, runtime }, stop);
  const items = createItems(database, link.frames, stop);
  const settings = signal<Settings>(defaultSettings);
  const session = signal<Session | null>(null);
  const project = signal<ReadonlySignal<Labels> | null>(null);
  const filter = signal<Filter>(noFilter);
  const selectedId = signal<string | null>(null);
  const asking = signal<'reasons' | 'skip' | null>(null);
  const told = signal<Told | null>(null);
  const busy = signal(false);
  const last = signal<Done | null>(null);
  let since = now();

  watch(() => shownSettings(database), stop, {
    onValue: (value) => {
      settings.value = value;
    },
    onFailure: () => {},
  });
  const wanted = computed(() => settings.value.paceNudges);
  const acting = import('./rest.ts').then(({ createActing, createLabels, createSession }) => {
    if (!stop.aborted) {
      project.value = createLabels(database, stop);
      session.value = createSession({ database, storage: storage.session, now, wanted }, stop);
    }
    return createActing({ call, link, stored: () => items.stored.peek() });
  });
  acting.catch((thrown: unknown) => report(thrown, 'loading a part of the side panel'));

  const turned = computed(() => `${tab.value?.tabId ?? ''} ${tab.value?.loads ?? 0}`);
  const end = effect(() => {
    if (turned.value) void link.turnTo(tab.peek()?.tabId ?? null);
  });
  stop.addEventListener('abort', end);

  const shown = computed(() => arrange(items.all.value, filter.value, settings.value.queueOrder, selectedId.value));
  const selected = computed(() => shown.value.find(({ id }) => id === selectedId.value) ?? null);
  /** The selected item's text, where its labels depend on what it is about. */
  const about = signal<{ readonly id: string; readonly snapshot: Snapshot } | null>(null);
  const labels = computed(() => {
    const { site = '', id } = selected.value ?? {};
    return project.value?.value.of(site, about.value?.id === id ? (about.value?.snapshot ?? null) : null) ?? [];
  });
  const allLabels = computed(() => project.value?.value.all ?? []);

  const tell = (words: string | null, tone: Told['tone'] = 'quiet') => {
    told.value = words === null ? null : { tone, words };
  };

  function select(id: string) {
    if (id === selectedId.peek()) return;
    batch(() => {
      selectedId.value = id;
      asking.value = null;
    });
    since = now();
    // The answer comes into view where its page is in front, so that it can be read.
    const item = selected.peek();
    if (item && item.frameId !== null) link.show(item.frameId, item.key, false);
  }

  /** Reads what an item is about, before anybody is asked for labels by digit. */
  async function lookInto(item: QueueItem): Promise<void> {
    if (!project.peek()?.peek().byTopic) return;
    const snapshot = await acting.then((loaded) => loaded.capture(item)).catch(() => null);
    if (snapshot !== null && typeof snapshot !== 'string') about.value = { id: item.id, snapshot };
  }

  function advance(from: QueueItem) {
    const next = settings.peek().autoAdvance ? nextOpen(shown.peek(), from.id) : null;
    if (next) select(next.id);
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
    tell('Opening its page…');
    const answer = await call('reopen', { site: item.site, responseKey: item.key, edit });
    if (answer.ok) tell(null);
    else tell(`${answer.error.message} ${answer.error.next}`, 'bad');
  }

  /** Does one thing at a time with the selected item, says what was done, and goes on. */
  async function act(
    work: (acting: Acting, item: QueueItem) => Promise<Outcome>,
    said: string | ((what: Done) => string),
    tone: Told['tone'],
    goOn: boolean,
  ) {
    const item = selected.peek();
    if (!item || busy.peek()) return;
    if (!item.asserted) return tell('Not known to be an AI answer yet. Show it on the page and say so there.');
    busy.value = true;
    const outcome = await acting
      .then((loaded) => work(loaded, item))
      .catch((): Outcome => ({ not: 'Something unexpected went wrong. Try again.' }));
    batch(() => {
      busy.value = false;
      if ('not' in outcome) return tell(outcome.not, 'bad');
      last.value = outcome.done;
      asking.value = null;
      tell(typeof said === 'string' ? said : said(outcome.done), tone);
      if (goOn) advance(item);
    });
    // The rubric asks for more than one key can say.
    if ('not' in outcome && 'code' in outcome && outcome.code === 'incomplete') await jump(true, item);
  }

  return {
    ...{ tab, items, link, session, settings, filter, shown, selected, asking, told, busy, labels, allLabels, select },
    undoable: computed(() => last.value !== null),
    setFilter(change) {
      filter.value = { ...filter.peek(), ...change };
    },
    async saveSettings(change) {
      const answer = await call('saveSettings', change);
      if (!answer.ok) tell(`${answer.error.message} ${answer.error.next}`, 'bad');
    },
    move(step) {
      const list = shown.peek();
      const at = list.findIndex(({ id }) => id === selectedId.peek());
      const next = list[at < 0 ? 0 : Math.min(list.length - 1, Math.max(0, at + step))];
      if (next) select(next.id);
    },
    ask(what) {
      const item = selected.peek();
      if (what !== null && item?.asserted === false) return void act(async () => ({ not: '' }), '', 'quiet', false);
      if (what !== null) tell(null);
      if (what !== 'reasons' || !item) {
        asking.value = item ? what : null;
        return;
      }
      void lookInto(item).then(() => {
        if (selectedId.peek() === item.id) asking.value = what;
      });
    },
    judge(verdict, chosen = []) {
      const names = allLabels.peek().filter(({ id }) => chosen.includes(id));
      const reasons = names.length > 0 ? ` · ${names.map(({ name }) => name).join(', ')}` : '';
      const looked = now() - since;
      const spent = (item: QueueItem) => Math.min(looked, MOST_LOOKED_MS + 2 * item.readingMs);
      const words = (what: Done) => `${done[verdict]}${reasons} · ${savedWords('saved' in what ? what.saved : {})}`;
      return act((loaded, item) => loaded.judge(item, verdict, chosen, spent(item)), words, 'good', true);
    },
    skip: (why) => act((loaded, item) => loaded.queue(item, 'skipped', why), `Skipped: ${why}`, 'quiet', true),
    aside() {
      const isAside = selected.peek()?.state === 'aside';
      const words = isAside ? 'Not set aside any more' : 'Set aside for later';
      return act((loaded, item) => loaded.queue(item, isAside ? null : 'aside', null), words, 'quiet', !isAside);
    },
    async undo() {
      const undoing = last.peek();
      if (!undoing || busy.peek()) return;
      busy.value = true;
      const problem = await acting.then((loaded) => loaded.undo(undoing));
      batch(() => {
        busy.value = false;
        last.value = null;
        if (problem !== null) return tell(problem, 'bad');
        tell('Taken back');
        select(undoing.item.id);
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
