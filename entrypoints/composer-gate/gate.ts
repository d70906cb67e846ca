/**
 * The gate: holds what is about to be sent until a person has let it go. It fails open: where it cannot ask, or something of
 * its own breaks, the page sends as if it were not there, and says so.
 */
import type { ComposerState, Decision } from '../../utils/composer/types.ts';
import type { Call } from '../../utils/messaging/client.ts';
import type { ContentCalls, Push } from '../../utils/messaging/contract.ts';
import { uuidv7 } from '../../utils/review/ids.ts';
import { type Attempt, createAttempts, replay, watched } from './attempts.ts';
import { type Composer, composerIn, composersOf, pathOf } from './composers.ts';
import { createDeltas } from './deltas.ts';
import { createDrafts, type Draft, type Weight } from './drafts.ts';
import { note } from './hands.ts';
import { createOffer } from './offer.ts';
import { LOOK_EVERY_MS, timesShown, watchPassing } from './passing.ts';
import { promptHere, snapshotOf } from './snapshot.ts';
import type { Surface } from './surface.ts';

/** How long the background may take to weigh a text, in ms. */
const PATIENCE_MS = 4_000;
/** How long after a press a page may take to put a draft in, or to send, in ms. */
const SOON_MS = 250;
const LATER_MS = 1_200;
/** How often it is seen whether the page has sent, in ms. */
const CHECK_MS = 60;
/** How often at most a page that shows no composer is looked through for one, in ms: within a press, once. */
const LOOK_AGAIN_MS = 50;
/** So many times a text is weighed anew because the page has changed it meanwhile. */
const MOST_WEIGHINGS = 4;

interface GateParts {
  readonly call: Call<ContentCalls>;
  readonly surface: Surface;
  readonly signal: AbortSignal;
}

export interface Gate {
  use(state: ComposerState): void;
  onPush(push: Push): void;
}

interface Hold {
  readonly id: string;
  readonly attempt: Attempt;
  readonly draft: Draft;
  readonly text: string;
}

const nothing: ComposerState = {
  ...{ holds: 'none', delta: false, composers: [], theme: 'system', promptLimit: 0 },
  ...{ labels: [], singleKeys: false, chord: '' },
};

export function createGate({ call, surface, signal }: GateParts): Gate {
  let state = nothing;
  let composers: readonly Composer[] = [];
  let lookedAt = Number.NEGATIVE_INFINITY;
  let hold: Hold | null = null;
  let isReplaying = false;
  let toldUnchecked = false;
  const drafts = createDrafts();
  const deltas = createDeltas({ call, surface, state: () => state });
  const offerField = createOffer({
    call,
    surface,
    theme: () => state.theme,
    isNeedless: () => knownComposers().length > 0,
  });
  const seen = new WeakSet<Event>();
  const roots = new WeakSet<Node>();
  const watching = new WeakMap<Draft, { readonly text: string; readonly stop: () => void }>();

  const isWanted = () => state.holds !== 'none' || state.delta;
  const isActive = () => isWanted() && state.composers.length > 0;
  const fieldOf = (draft: Draft) => () => draft.field;
  const warn = (words: string, draft: Draft) =>
    surface.say({ words, tone: 'warn' }, fieldOf(draft), state.theme, 12_000);

  function knownComposers(): readonly Composer[] {
    const now = performance.now();
    const isStale = composers.length === 0 || composers.some(({ field }) => !field.isConnected);
    if (isStale && now - lookedAt > (composers.length === 0 ? LOOK_AGAIN_MS : 0)) {
      lookedAt = now;
      composers = composersOf(document, state.composers);
      for (const composer of composers) meet(composer);
    }
    return composers;
  }

  /** Events that do not leave a shadow root are heard in it. */
  function meet({ field }: Composer) {
    for (let node = field.getRootNode(); node instanceof ShadowRoot; node = node.host.getRootNode()) listenTo(node);
  }

  function know(composer: Composer): Draft {
    if (!composers.some(({ field }) => field === composer.field)) {
      composers = [...composers.filter(({ field }) => field.isConnected), composer];
      meet(composer);
    }
    return drafts.of(composer);
  }

  const isDrafted = ({ typing }: Draft) => typing.draft !== null;
  /** Whether anything could hold this text. */
  const isGoverned = (draft: Draft) => state.holds === 'all' || (state.holds === 'ai' && isDrafted(draft));

  function weightOf(draft: Draft): Weight | null {
    const { weighed, text } = draft;
    return weighed && weighed.text === text && weighed.drafted === isDrafted(draft) ? weighed.as : null;
  }

  /** Asks whether this text may go. Where nobody answers it may, and that is said. */
  async function weigh(draft: Draft): Promise<Weight> {
    const { text } = draft;
    const drafted = isDrafted(draft);
    const late = new Promise<null>((resolve) => setTimeout(resolve, PATIENCE_MS, null));
    const asked = call('weighDraft', { text, prompt: promptHere(state), drafted });
    const answer = await Promise.race([asked, late]);
    if (!answer?.ok) {
      if (answer?.error.code !== 'off')
        warn('The gate could not check this draft in time, and lets it through.', draft);
      return 'free';
    }
    const as = answer.value.hold ? 'hold' : 'free';
    draft.weighed = { text, drafted, as };
    if (as === 'free' && answer.value.unchecked && !toldUnchecked) {
      toldUnchecked = true;
      warn('A policy is broken and off: this draft goes without its check.', draft);
    }
    if (as === 'hold') watchFor(draft, text);
    return as;
  }

  /** Weighed before anybody wants to send it, a text that is free goes out untouched. */
  function weighAhead(draft: Draft) {
    drafts.look(draft);
    if (draft.text === '' || !isGoverned(draft) || weightOf(draft) !== null || draft.passed === draft.text) return;
    void weigh(draft);
  }

  /** Sees that a text which was to wait has gone out. */
  function watchFor(draft: Draft, text: string) {
    const before = watching.get(draft);
    if (before?.text === text) return;
    before?.stop();
    const isOver = () => signal.aborted || draft.passed === text || (draft.text !== text && draft.text !== '');
    const stopWatching = watchPassing(draft, text, isOver, () => {
      if (hold?.draft === draft) letGo();
      warn('Sent without a verdict: this page sends in a way that cannot be held. It is in the queue.', draft);
      void call('notePassed', { snapshot: snapshotOf(text, state) });
    });
    watching.set(draft, { text, stop: stopWatching });
  }

  function letGo() {
    hold = null;
    surface.close();
  }

  async function ask(attempt: Attempt, draft: Draft) {
    const { text } = draft;
    const known: Hold = { id: uuidv7(), attempt, draft, text };
    hold = known;
    const drafted = isDrafted(draft);
    const snapshot = snapshotOf(draft.typing.draft ?? text, state);
    const answer = await call('holdDraft', { holdId: known.id, text, drafted, snapshot });
    if (hold !== known) return;
    if (!answer.ok) return failOpen(known, 'The gate could not open, and lets this draft through.');
    surface.open(fieldOf(draft), answer.value.token, state.theme, () => {
      if (hold === known) failOpen(known, 'This page does not let the gate open. Send again: it goes through.');
    });
  }

  function failOpen({ draft, text }: Hold, words: string) {
    letGo();
    draft.passed = text;
    warn(words, draft);
  }

  /** The page does what the person wanted, once. */
  function send({ attempt, draft, text }: Pick<Hold, 'attempt' | 'draft' | 'text'>) {
    draft.passed = text;
    watching.get(draft)?.stop();
    watching.delete(draft);
    draft.field.focus({ preventScroll: true });
    again(attempt, draft);
    const until = performance.now() + LATER_MS;
    const timer = setInterval(() => {
      drafts.look(draft);
      // Gone, and its verdict with it: the same words another time are another message.
      if (draft.text !== text || !draft.field.isConnected) {
        clearInterval(timer);
        if (draft.text !== text || timesShown(text, draft) > 0) draft.passed = null;
      } else if (performance.now() > until) {
        clearInterval(timer);
        const words = 'Approved. Send once more: this page takes only a real press.';
        surface.say({ words }, fieldOf(draft), state.theme);
      }
    }, CHECK_MS);
  }

  function again(attempt: Attempt, draft: Draft) {
    isReplaying = true;
    try {
      replay({ ...attempt, composer: { ...attempt.composer, field: draft.field } });
    } finally {
      isReplaying = false;
    }
  }

  const stop = (event: Event, whole: boolean) => {
    event.stopImmediatePropagation();
    if (whole && event.cancelable) event.preventDefault();
  };

  /** The verdict belongs to the text: the very text that was approved passes, however it is sent. */
  function onAttempt(event: Event, attempt: Attempt) {
    const draft = know(attempt.composer);
    drafts.look(draft);
    const { text } = draft;
    if (text === '') return;
    const isWhole = attempt.kind !== 'part';
    if (draft.passed === text || !isGoverned(draft) || weightOf(draft) === 'free') {
      if (isWhole && event.isTrusted && draft.passed !== text) onSending(draft);
      return;
    }
    // On a button the browser makes the click of a key, which is the event that counts.
    stop(event, isWhole || (event.type === 'keypress' && attempt.control === null));
    if (!isWhole || (hold?.draft === draft && hold.text === text && (surface.isOpen() || weightOf(draft) === null)))
      return;
    letGo();
    void decide(attempt, draft, event.isTrusted);
  }

  /**
   * Asks, or lets go, what was stopped. The page may still be at work on the text meanwhile: what stands there when its
   * weight is known is what counts, and the press is not lost.
   */
  async function decide(attempt: Attempt, draft: Draft, byPerson: boolean, left = MOST_WEIGHINGS): Promise<void> {
    if (weightOf(draft) === 'hold') return ask(attempt, draft);
    const { text } = draft;
    const waiting: Hold = { id: '', attempt, draft, text };
    hold = waiting;
    const weight = await weigh(draft);
    if (hold !== waiting) return;
    hold = null;
    drafts.look(draft);
    if (draft.text !== text)
      return draft.text === '' || left === 0 ? undefined : decide(attempt, draft, byPerson, left - 1);
    if (weight === 'hold') return ask(attempt, draft);
    if (byPerson) onSending(draft);
    again(attempt, draft);
  }

  /** A person sends an edited draft that nothing holds. */
  function onSending(draft: Draft) {
    const { text, typing, since } = draft;
    const { draft: began } = typing;
    if (!state.delta || began === null || !typing.isEdited || began === text) return;
    const snapshot = snapshotOf(began, state);
    const spent = performance.now() - since;
    const until = performance.now() + 5_000;
    const timer = setInterval(() => {
      drafts.look(draft);
      if (draft.text === '' || draft.typing.draft !== began || !draft.field.isConnected) {
        clearInterval(timer);
        void deltas.keep(snapshot, text, spent, fieldOf(draft));
      } else if (draft.text !== text || performance.now() > until) clearInterval(timer);
    }, LOOK_EVERY_MS / 2);
  }

  function handle(event: Event) {
    if (isReplaying || !isWanted() || seen.has(event)) return;
    seen.add(event);
    const path = pathOf(event);
    if (event.type === 'focusin' && event.isTrusted) offerField(path);
    if (!isActive()) return;
    if (event instanceof KeyboardEvent && event.type === 'keydown' && deltas.takes(event)) return stop(event, true);
    const composer = composerIn(path, state.composers);
    const draft = composer && know(composer);
    const attempt = attemptIn(event, path);
    if (draft && !(attempt && attempt.kind === 'key')) {
      drafts.look(draft);
      note(event, draft);
    }
    if (draft && hold?.draft === draft) {
      // While it is weighed, only a person who writes on takes the press back; the page may go on putting a draft in.
      const isOver = hold.id ? draft.text !== hold.text : !attempt && event.type === 'beforeinput' && event.isTrusted;
      if (isOver) letGo();
    }
    if (attempt) onAttempt(event, attempt);
    else if (draft) later(draft);
    // A press anywhere may put a draft in.
    else if (event.type === 'click' || event.type === 'pointerup') for (const each of drafts.all()) later(each);
    if (event.type === 'click' && knownComposers().length > 0) for (const each of composers) later(drafts.of(each));
  }

  const timers = new WeakMap<Draft, [ReturnType<typeof setTimeout>, ReturnType<typeof setTimeout>]>();
  function later(draft: Draft) {
    const [soon, late] = timers.get(draft) ?? [];
    clearTimeout(soon);
    clearTimeout(late);
    timers.set(draft, [setTimeout(weighAhead, SOON_MS, draft), setTimeout(weighAhead, LATER_MS, draft)]);
  }

  /** The page is never worse off for an error of ours. */
  function safely(event: Event) {
    try {
      handle(event);
    } catch (thrown) {
      const [draft] = drafts.all();
      if (draft) warn('The gate met an error of its own, and lets this draft through.', draft);
      console.warn('Countersign: the gate failed open', thrown);
    }
  }

  const attemptIn = createAttempts(() => state.composers, knownComposers);
  const others = ['input', 'paste', 'drop', 'cut', 'compositionend', 'focusin'];

  function listenTo(target: EventTarget & Partial<Node>) {
    if (roots.has(target as Node)) return;
    roots.add(target as Node);
    for (const type of [...watched, ...others]) target.addEventListener(type, safely, { capture: true, signal });
  }

  const decided: Readonly<Record<Decision, (held: Hold) => void>> = {
    approve: send,
    override: send,
    edit: ({ draft }) => draft.field.focus({ preventScroll: true }),
    reject({ draft }) {
      draft.field.focus({ preventScroll: true });
      const page = draft.field.ownerDocument;
      if ('select' in draft.field) (draft.field as HTMLTextAreaElement).select();
      else page.getSelection()?.selectAllChildren(draft.field);
      surface.say({ words: 'Rejected. Write another reply.' }, fieldOf(draft), state.theme);
    },
    line({ draft }) {
      const { field, send: button } = draft.place;
      draft.field.focus({ preventScroll: true });
      void call('keepComposer', { field, send: button, enter: 'line' });
      surface.say({ words: 'Enter makes a new line here from now on.' }, fieldOf(draft), state.theme);
    },
  };

  listenTo(window);
  signal.addEventListener('abort', () => surface.end());
  return {
    use(next) {
      state = next;
      composers = [];
      lookedAt = Number.NEGATIVE_INFINITY;
      if (!isActive() && hold) letGo();
      // A draft may have come before it was known that drafts wait here.
      if (isActive()) for (const each of knownComposers()) later(drafts.of(each));
    },
    onPush(push) {
      if (push.push === 'resizeGate' && push.holdId === hold?.id) surface.resize(push.height);
      if (push.push !== 'draftDecided' || push.holdId !== hold?.id) return;
      const held = hold;
      letGo();
      decided[push.decision](held);
    },
  };
}
