/** Everything that is drawn on one document, and what the background is asked meanwhile. */
import { triageWords } from '../../components/toolbar/words.ts';
import type { DetectionChange, Response } from '../../utils/detection/types.ts';
import type { OverlayParts, OverlayView } from '../../utils/handover.ts';
import { readTrace } from '../../utils/page/trace.ts';
import { type Beginning, type Picker, partOf } from '../../utils/parts.ts';
import { createBook } from './book.ts';
import { createCommands } from './commands.ts';
import { createEditorPanel } from './editor-panel.ts';
import { createFindings } from './findings.ts';
import { createFollow } from './follow.ts';
import { createOffers } from './offers.ts';
import { createSaver } from './save.ts';
import { schemeAround } from './scheme.ts';
import { selectedRange } from './selection.ts';
import { createSiblings } from './siblings.ts';
import { watchSight } from './sight.ts';
import { takeSnapshot } from './snapshot.ts';
import { createStage } from './stage.tsx';
import { createSurface, removeLeftovers } from './surface.ts';
import { createTriage } from './triage.ts';

/** Most responses that are asked about in one call; the background takes 500. */
const KEYS_PER_CALL = 200;
/** How long after a touch it is looked what is selected, in ms. */
const SELECTION_MS = 120;

const nothing: DetectionChange = { rekeyed: [], added: [], changed: [], removed: [], conversationKey: null };

/** Draws until the run is aborted. */
export function createView({ detector, call, first, extension, run }: OverlayParts): OverlayView {
  const { signal } = run;
  const { isAlive, rootOf } = extension;
  const book = createBook();
  let state = first.page;
  let asking = false;
  const page = () => state;

  /** Asks for the reviews of responses that were not asked about yet; `force` for settings that may have changed. */
  async function ask(force = false) {
    if (asking || signal.aborted) return;
    const responseKeys = book.unasked(KEYS_PER_CALL);
    if (responseKeys.length === 0 && !force) return;
    asking = true;
    const askedAt = Date.now();
    const answer = await call('openPage', { responseKeys });
    asking = false;
    if (answer.ok ? !answer.value.on : !isAlive()) return run.abort();
    if (!answer.ok) return book.forgetAsked(responseKeys);
    state = answer.value;
    book.setMarks(responseKeys, state.marks, askedAt);
    book.setTriage(responseKeys, state.triage, askedAt);
    refresh(false);
    void ask();
  }

  removeLeftovers(rootOf);
  const surface = createSurface({
    isAlive,
    signal,
    onLost: () => run.abort(),
    onRestored() {
      picker?.stop();
      sight.appeared();
      commands.reopenEditor();
    },
  });
  const slot = document.createElement('div');
  const sight = watchSight(slot, signal);
  const panel = createEditorPanel(surface, extension, signal);
  const offers = createOffers({
    ...{ detector, call },
    propose: (example) => void pick([], { example }),
    onKept: (words, undo) => void pick([], { kept: { words, undo } }),
    onChange: () => refresh(false),
  });
  const follow = createFollow({
    ...{ field: offers, signal, host: surface.host },
    onChange() {
      stage.draw();
      remember();
    },
    onScroll: () => stage.follow(),
  });
  const siblings = createSiblings({
    detector,
    capture: (response) => takeSnapshot(detector, response, state),
  });
  const findings = createFindings({ book, detector, call, signal });
  const stage = createStage({
    ...{ surface, slot, sight, book, follow, panel, page, noteOn, selectedIn: () => selectedIn, signal, isAlive },
    onGone: () => run.abort(),
    onTouch: (command, event) => commands.onTouch(command, event),
    onPress: (command, event) => commands.onPress(command, event),
    onMark: (entry, event) => commands.onMark(entry, event),
  });
  const triage = createTriage({ detector, book, call, page, signal, onChange: () => refresh(false, false) });
  const saver = createSaver({
    call,
    onChange: () => stage.say(null),
    onSlow: () => stage.say('Saving…'),
    onStale() {
      book.forgetAsked();
      void ask();
    },
  });
  const commands = createCommands({
    ...{ surface, sight, stage, detector, call, follow, panel, saver, offers, page, rootOf, book, findings },
    selected: () => selectedRange(document, rootOf),
    variantsOf: siblings.of,
  });

  let picker: Picker | null = null;
  let picking: Promise<Picker | null> | null = null;
  /** Few pages are ever pointed at: what lets a person do so is loaded for it. */
  function loadPicker(): Promise<Picker | null> {
    picking ??= partOf('pointing', () => call('loadPart', { part: 'pointing' })).then((part) => {
      if (!part) picking = null;
      else if (!signal.aborted) {
        picker = part.createPicker({
          ...{ detector, call, surface, extension, signal },
          schemeAt: (element) => (state.theme === 'system' ? schemeAround(element) : state.theme),
          onBusy: (busy) => stage.rest(busy),
          onIncluded: (response) => {
            adopt(response);
            follow.choose(response.key);
          },
        });
      }
      return picker;
    });
    return picking;
  }

  /** Key of the response of which a part is selected; looked up after a pointer or a key may have selected something. */
  let selectedIn: string | null = null;
  let looking: ReturnType<typeof setTimeout> | undefined;
  function lookForSelection() {
    clearTimeout(looking);
    looking = setTimeout(() => {
      const range = signal.aborted ? null : selectedRange(document, rootOf);
      const key = (range && detector.responseAt(range.startContainer)?.key) ?? null;
      if (key !== selectedIn) stage.draw();
      selectedIn = key;
    }, SELECTION_MS);
  }
  addEventListener('pointerup', lookForSelection, { capture: true, passive: true, signal });
  addEventListener('keyup', (event) => event.shiftKey && lookForSelection(), { capture: true, passive: true, signal });
  document.addEventListener('selectionchange', () => selectedIn && lookForSelection(), { signal });

  addEventListener('keydown', (event) => picker?.isOpen || commands.onKeyDown(event), { capture: true, signal });
  addEventListener('keyup', commands.onKeyUp, { capture: true, signal });
  addEventListener('resize', panel.arrange, { signal });

  /** Detection tells in its own time of a response that a person named; whoever named it does not wait. */
  function adopt(response: Response) {
    book.apply({ ...nothing, changed: [response] });
    refresh(false);
    void ask();
  }

  async function pick(origins: readonly string[], beginning?: Beginning) {
    panel.close();
    const it = await loadPicker();
    if (!it || signal.aborted) return;
    surface.moveTo(document.querySelector('dialog:modal'));
    it.start(origins, beginning);
  }

  function reviewSelection() {
    const range = selectedRange(document, rootOf);
    const response = range && detector.include(range);
    if (!response) {
      return void pick([], {
        kept: { words: 'That text cannot be reviewed: it is in a field, or empty.', undo: null },
      });
    }
    adopt(response);
    const entry = book.get(response.key);
    if (entry) commands.review(entry);
  }

  /** By its key, or the one that it was reviewed under before the page changed it. */
  const entryOf = (key: string) => book.get(key) ?? book.present().find(({ mark }) => mark?.responseKey === key);

  /** Brings an answer into view, and opens the editor on it if asked. */
  function show(key: string, edit: boolean) {
    const entry = entryOf(key);
    if (!entry?.response) return;
    const { element } = entry.response;
    follow.watch(element, true);
    element.scrollIntoView({ block: 'center', behavior: 'instant' });
    follow.choose(entry.key);
    if (edit) commands.review(entry);
    stage.place();
  }

  /** What else there is to say of an answer. */
  function noteOn({ key, role, variantOf }: Response): string {
    const count = variantOf === null ? 1 : detector.responses().filter((each) => each.variantOf === variantOf).length;
    const entry = book.get(key);
    const asked = entry && !entry.mark ? triageWords(entry) : '';
    const notes = [...(asked ? [asked] : []), ...(role === 'draft' ? ['AI draft, not sent yet'] : [])];
    return [...notes, ...(count > 1 ? [`${count} answers to this prompt`] : [])].join(' · ');
  }

  /** What the reviewer is at, for when another answer takes its place. */
  function remember() {
    requestIdleCallback(() => {
      const response = signal.aborted ? null : stage.active()?.response;
      if (response) siblings.see(response);
    });
  }

  function refresh(arrived: boolean, news = true) {
    remember();
    if (news) triage();
    for (const { response, mark, asks, corrected } of book.present()) {
      if ((mark || asks || corrected) && response) follow.watch(response.element);
    }
    follow.refresh(arrived);
    findings.refresh();
    stage.place();
  }

  function apply(change: DetectionChange) {
    book.apply(change);
    book.apply({ ...nothing, ...offers.refresh() });
    const newest = detector.responses().at(-1);
    refresh(!stage.isBusy() && change.added.some(({ key }) => key === newest?.key));
  }

  const { conversationKey = null } = detector.responses().at(-1) ?? {};
  apply({ rekeyed: [], added: detector.responses(), changed: [], removed: [], conversationKey });
  book.markAsked(first.responseKeys);
  book.setMarks(first.responseKeys, state.marks, first.askedAt);
  book.setTriage(first.responseKeys, state.triage, first.askedAt);
  refresh(true);
  void ask();

  return {
    capture(key) {
      const response = book.get(key)?.response;
      return response?.settled ? takeSnapshot(detector, response, state) : null;
    },
    traces: (source) => detector.responses().map((response) => readTrace(source, response, location.href)?.id ?? null),
    onChange(change) {
      apply(change);
      void ask();
    },
    onPush(push) {
      if (push.push === 'pageChanged') {
        book.forgetAsked();
        void ask(true);
      } else if (push.push === 'pick') void pick(push.origins);
      else if (push.push === 'endPick') picker?.giveWay();
      else if (push.push === 'reviewSelection') reviewSelection();
      else if (push.push === 'resizeEditor') panel.resize(push.height, push.wide);
      else if (push.push === 'showResponse') show(push.responseKey, push.edit);
      else if (push.push === 'closeEditor') {
        panel.close();
        stage.place();
      } else if (push.push === 'reviewSaved') {
        const entry = entryOf(push.saved.mark.responseKey);
        if (entry) saver.learn(entry, push.saved);
      }
    },
  };
}
