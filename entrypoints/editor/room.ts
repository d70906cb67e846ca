/** The editor in its document: commands from mouse and keyboard, focus, draft keeping, height, time. */
import { effect, type Signal, signal } from '@preact/signals';
import { TRACE_PLACE } from '../../components/editor/answer-trace.tsx';
import { findingsActions } from '../../components/editor/findings-model.ts';
import { focusProblem } from '../../components/editor/focus-problem.ts';
import { HELP_ID } from '../../components/editor/help.tsx';
import { type EditorActions, places, type Used } from '../../components/editor/view.ts';
import { ActiveTime } from '../../utils/editing/active-time.ts';
import { typedText } from '../../utils/editing/copied.ts';
import { Desk } from '../../utils/editing/desk.ts';
import { Editor } from '../../utils/editing/editor.ts';
import { LiveDiff } from '../../utils/editing/live-diff.ts';
import type { Call } from '../../utils/messaging/client.ts';
import type { EditorCalls, EditorSession } from '../../utils/messaging/contract.ts';
import { afterDigit } from '../../utils/review/scale.ts';
import { askToPersist } from '../../utils/storage/persist.ts';
import type { Assist } from './assist.tsx';
import type { CompareRoom } from './compare-room.ts';
import { copyText } from './copy.ts';
import { type Command, commandOf } from './keys.ts';
import type { Overseen } from './overseen.tsx';
import type { Recurring } from './recurring.tsx';
import type { Snippets } from './snippets.ts';
import { VisibilityGate } from './visibility-gate.ts';

export interface RoomParts {
  readonly call: Call<EditorCalls>;
  readonly page?: Document;
  /** Whether a person caused this event. */
  readonly isReal?: (event: Event) => boolean;
  readonly time?: ActiveTime;
  readonly gate?: VisibilityGate;
}

/** What was loaded for text blocks. */
interface TextBlocks {
  readonly store: Snippets;
  readonly View: typeof import('./snippet-part.ts').SnippetMenu;
}

/** What was loaded for a second opinion. */
interface SecondOpinion {
  readonly store: Assist;
  readonly View: typeof import('./assist.tsx').AssistView;
}

/** What was loaded for an answer like one that was corrected before. */
interface Before {
  readonly store: Recurring;
  readonly View: typeof import('./recurring.tsx').RecurringView;
}

/** What was loaded for what the team says of the answer. */
interface Team {
  readonly store: Overseen;
  readonly View: typeof import('./overseen.tsx').OverseenView;
  readonly Case: typeof import('./overseen.tsx').CaseView;
}

/** What was loaded to compare. */
interface Opened {
  readonly room: CompareRoom;
  readonly View: typeof import('./compare.tsx').Compare;
}

/** Everything that one claimed frame is made of. Inert until `start`. */
export class Room {
  readonly editor: Editor;
  readonly desk: Desk;
  readonly diff = new LiveDiff();
  readonly copied: Signal<boolean | null> = signal(null);
  readonly used: Signal<Used | null> = signal(null);
  /** Null while there are none, or they are being loaded. */
  readonly snippets: Signal<TextBlocks | null> = signal(null);
  /** Null where no model is set, or while it is being loaded. */
  readonly assist: Signal<SecondOpinion | null> = signal(null);
  /** Null where no answer like this one was corrected before, or while that is being looked up. */
  readonly before: Signal<Before | null> = signal(null);
  /** Null where the team has nothing to say, and the reviewer nothing to ask, or while it is being loaded. */
  readonly overseen: Signal<Team | null> = signal(null);
  /** The comparison, while that is what is shown. */
  readonly compare: Signal<Opened | null> = signal(null);
  readonly on: EditorActions;
  readonly #call: Call<EditorCalls>;
  readonly #page: Document;
  readonly #isReal: (event: Event) => boolean;
  readonly #time: ActiveTime;
  readonly #gate: VisibilityGate;
  #stop: AbortSignal | null = null;
  #compare: Opened | null = null;
  #stopWatching = new AbortController();

  constructor(session: EditorSession, parts: RoomParts) {
    this.#call = parts.call;
    this.#page = parts.page ?? document;
    // A script can click a button, but cannot make that click trusted.
    this.#isReal = parts.isReal ?? ((event) => event.isTrusted);
    this.#time = parts.time ?? new ActiveTime();
    this.#gate = parts.gate ?? new VisibilityGate();
    this.editor = new Editor(session, { call: parts.call });
    this.desk = new Desk(this.editor);
    const real = (act: () => void) => (event: Event) => {
      if (this.#isReal(event)) act();
    };
    this.on = {
      pickVerdict: (verdict, event) => real(() => this.editor.pickVerdict(verdict))(event),
      rate: (dimension, value, event) => {
        if (event === null || this.#isReal(event)) this.editor.rate(dimension, value);
      },
      reason: (dimension, text) => this.editor.reason(dimension, text),
      dismissNews: real(() => void this.#call('sawGuidelines', {})),
      toggleLabel: (id, event) => real(() => this.editor.toggleLabel(id))(event),
      correct: (text) => this.editor.correct(text),
      comment: (text) => this.editor.comment(text),
      link: (text) => this.editor.link(text),
      save: (event) => real(() => this.#save(event.detail > 0))(event),
      undo: real(() => void this.editor.undo()),
      discard: real(() => this.editor.discard()),
      bringBack: real(() => this.editor.bringBack()),
      takeTheirs: real(() => this.editor.takeTheirs()),
      findings: findingsActions(this.desk, this.editor, this.#isReal),
      copy: real(() => this.#copy()),
      leaves: {
        ask: () => this.#call('previewLeaving', { judgement: this.editor.judgement.peek() }),
        of: this.editor.judgement,
      },
      edit: (by, event) => real(() => this.#edit(by))(event),
      use: (how, event) => real(() => void this.#use(how))(event),
      compare: real(() => void this.openCompare()),
      close: real(() => void this.close()),
    };
  }

  /** Begins to listen, until `signal` aborts. The view must be in the document. */
  start(signal: AbortSignal): void {
    const page = this.#page;
    this.#stop = signal;
    if (this.editor.session.snippets.length > 0) void this.#loadSnippets();
    if (this.editor.session.assistance) void this.#loadAssist();
    void this.#hearTeam(signal);
    page.addEventListener('keydown', (event) => this.#onKey(event), { signal });
    // The frame may be taken away at any of these; a killed browser gives no sign, hence the timer of the draft keeper.
    const keep = () => void this.editor.keepNow();
    page.addEventListener('visibilitychange', keep, { signal });
    page.addEventListener('focusout', keep, { signal });
    page.defaultView?.addEventListener('blur', keep, { signal });
    page.defaultView?.addEventListener('pagehide', keep, { signal });
    this.#time.watch(page, signal);
    this.#watchSave();
    const stopDiff = effect(() => {
      const { correction } = this.editor.judgement.value;
      if (correction === null) this.diff.clear();
      else this.diff.compare(this.editor.answer, correction);
    });
    signal.addEventListener('abort', () => {
      stopDiff();
      this.diff.clear();
    });
  }

  /** Puts the focus where the reviewer asked for. */
  focusFirst(): void {
    const { startWith } = this.editor.session;
    if (startWith === 'compare') void this.openCompare();
    else if (startWith === 'help') this.#showHelp();
    // The verdict stands below what is to be read first, which must not be scrolled away while the frame gets its height.
    else this.#focus(startWith, { preventScroll: startWith === 'verdict' });
  }

  /** Shows the answer beside others. */
  async openCompare(): Promise<void> {
    if (!this.#compare) {
      const { Compare: View, CompareRoom: Comparison } = await import('./compare.tsx');
      const { keys, singleKeys, chord } = this.editor.session.settings;
      const room = new Comparison({
        ...{ editor: this.editor, call: this.#call, isReal: this.#isReal, keyboard: { keys, singleKeys, chord } },
        onLeave: () => {
          this.compare.value = null;
        },
      });
      this.#compare ??= { room, View };
      if (this.#stop) this.#compare.room.start(this.#stop);
    }
    this.#compare.room.enter();
    this.compare.value = this.#compare;
  }

  async #loadSnippets(): Promise<void> {
    const { SnippetMenu: View, Snippets: Store } = await import('./snippet-part.ts');
    const { snapshot, rubric, snippets } = this.editor.session;
    const store = new Store({
      blocks: snippets,
      values: () => {
        const { labels } = this.editor.form.peek();
        const names = rubric.labels.filter(({ id }) => labels.includes(id)).map(({ name }) => name);
        return { prompt: snapshot.prompt, answer: this.editor.answer, labels: names };
      },
    });
    this.snippets.value = { store, View };
  }

  async #loadAssist(): Promise<void> {
    const { assistance: offer } = this.editor.session;
    const { Assist: Store, AssistView: View } = await import('./assist.tsx');
    if (!offer || this.#stop?.aborted) return;
    const parts = { editor: this.editor, desk: this.desk, call: this.#call, isReal: this.#isReal };
    const store = new Store({ offer, ...parts });
    this.#stop?.addEventListener('abort', () => store.asking.cancel());
    this.assist.value = { store, View };
  }

  /** What the team says; loaded where it says something, where the reviewer is not sure, or where a policy refused a save. */
  async #hearTeam(signal: AbortSignal): Promise<void> {
    const answer = await this.#call('oversight', {});
    if (signal.aborted) return;
    const oversight = answer.ok ? answer.value : { policies: [], hint: null, case: null };
    const load = async () => {
      const { Overseen: Store, OverseenView: View, CaseView: Case } = await import('./overseen.tsx');
      const store = new Store(oversight, { editor: this.editor, call: this.#call, isReal: this.#isReal });
      this.overseen.value = { store, View, Case };
    };
    let asked = oversight.policies.length > 0 || oversight.hint !== null;
    if (asked) return load();
    const stop = effect(() => {
      const phase = this.editor.phase.value;
      const wasRefused = phase.is === 'failed' && phase.failure.field === 'oversight.approver';
      if (asked || !(wasRefused || this.editor.form.value.verdict === 'unsure')) return;
      asked = true;
      void load();
    });
    signal.addEventListener('abort', stop);
  }

  /** Looks for a correction of an answer like this one; nothing of it is loaded where there is none. */
  async lookBack(signal: AbortSignal): Promise<void> {
    const answer = await this.#call('correctedBefore', {});
    if (!answer.ok || answer.value === null || signal.aborted) return;
    const { Recurring: Store, RecurringView: View } = await import('./recurring.tsx');
    const store = new Store(answer.value, {
      ...{ editor: this.editor, call: this.#call, page: this.#page, isReal: this.#isReal },
    });
    store.start(signal);
    this.before.value = { store, View };
  }

  /** Another view is in the document now. */
  switched(): void {
    this.#watchSave();
    // Width and height come together: with another width, the height may well be the same.
    const height = Math.ceil(this.#page.querySelector('.ed')?.getBoundingClientRect().height ?? 0);
    void this.#call('resizeEditor', { height, ...(this.compare.peek() && { wide: true as const }) });
    const first = this.compare.peek() && this.#page.querySelector<HTMLElement>('.ed-fields .cs-button');
    if (first) first.focus();
    else this.#focus('verdict');
  }

  /** The button that saves is another one in each view. */
  #watchSave(): void {
    this.#stopWatching.abort();
    this.#stopWatching = new AbortController();
    const save = this.#page.getElementById(places.save);
    if (save && this.#stop) this.#gate.watch(save, AbortSignal.any([this.#stop, this.#stopWatching.signal]));
  }

  #showHelp(): void {
    this.#page.getElementById(HELP_ID)?.togglePopover();
  }

  /** Shows the answer to select in. */
  focusFindings(): void {
    this.desk.begin();
  }

  /** Keeps what is unsaved, then asks the overlay to take the frame away. */
  async close(): Promise<void> {
    await this.editor.keepNow();
    await this.#call('closeEditor', {});
  }

  #save(byPointer: boolean): void {
    const { sight } = this.#gate;
    const assistance = this.assist.peek()?.store.asking.outcomes() ?? [];
    this.editor.claim({ assistance: assistance.length > 0 ? assistance : undefined });
    // A page can lead a click to a button that nobody sees, but cannot press keys inside this frame.
    if (byPointer && sight === 'hidden') {
      this.editor.refuse('not-seen');
      return;
    }
    this.copied.value = null;
    const compare = this.compare.peek();
    if (compare?.room.isHalfDone) {
      this.editor.refuse('ranking');
      return;
    }
    const visibility = sight === 'verified' ? 'verified' : 'unverified';
    void this.editor.save({ visibility, spentMs: this.#time.ms }).then(() => {
      const { is } = this.editor.phase.peek();
      if (is !== 'saved') return;
      this.#time.reset();
      void askToPersist();
    });
    const missing = this.editor.refusal.peek();
    if (missing === 'verdict' || missing === 'correction') this.#focus(missing);
    if (missing === 'trace') this.#page.querySelector<HTMLElement>(`#${TRACE_PLACE} summary`)?.focus();
    if (missing === 'rubric') focusProblem(this.editor.problems.peek(), this.#page);
  }

  async #use(how: 'insert' | 'copy'): Promise<void> {
    const { correction } = this.editor.judgement.peek();
    if (correction === null) return;
    if (how === 'copy') {
      const ok = copyText(correction, this.#page);
      this.used.value = { ok, words: ok ? 'Copied' : 'The browser refused: select the text and copy it' };
      return;
    }
    this.used.value = { ok: true, words: 'Putting it there…' };
    const answer = await this.#call('insertText', { text: correction });
    this.used.value = answer.ok
      ? { ok: true, words: 'It is in the message field. Nothing was sent.' }
      : { ok: false, words: `${answer.error.message} ${answer.error.next}` };
  }

  #edit(by: 1 | -1): void {
    if (by === -1) this.editor.undoEdit();
    else this.editor.redoEdit();
  }

  #copy(): void {
    this.copied.value = copyText(typedText(this.editor.judgement.peek()), this.#page);
  }

  #onKey(event: KeyboardEvent): void {
    const { keys, singleKeys, chord } = this.editor.session.settings;
    if (!this.#isReal(event) || event.defaultPrevented) return;
    if (this.#ofAPart(event)) {
      event.preventDefault();
      return;
    }
    const command = commandOf(event, { keys, singleKeys, chord });
    if (command === null || (event.repeat && command.do !== 'part' && command.do !== 'edit')) return;
    // An open popover takes Escape for itself.
    if (command.do === 'close' && this.#page.querySelector(':popover-open')) return;
    if (this.#obey(command, event.target)) event.preventDefault();
  }

  /** Whether the press was for the text blocks or the comparison, which come first. */
  #ofAPart(event: KeyboardEvent): boolean {
    if (this.snippets.peek()?.store.onKey(event)) return true;
    if (event.repeat) return false;
    const compare = this.compare.peek();
    return compare ? compare.room.onKey(event) : this.assist.peek()?.store.onKey(event) === true;
  }

  #obey(command: Command, target: EventTarget | null): boolean {
    switch (command.do) {
      case 'save':
        this.#save(false);
        return true;
      case 'close':
        void this.close();
        return true;
      case 'undo':
        void this.editor.undo();
        return true;
      case 'finding':
        this.focusFindings();
        return true;
      case 'edit':
        this.#edit(command.by);
        return true;
      case 'compare':
        void this.openCompare();
        return true;
      case 'help':
        this.#showHelp();
        return true;
      case 'verdict':
        this.editor.pickVerdict(command.verdict);
        return true;
      case 'part':
        this.#nextPart(command.by);
        return true;
      case 'digit':
        return this.#digit(command.digit, target);
    }
  }

  /** A digit rates while a scale has the focus, and labels everywhere else. */
  #digit(digit: number, target: EventTarget | null): boolean {
    const { dimensions, labels } = this.editor.session.rubric;
    const scale = target instanceof Element ? target.closest('[data-scale]') : null;
    const dimension = dimensions.find(({ id }) => id === scale?.getAttribute('data-scale'));
    if (dimension) {
      const rated = this.editor.form.peek().ratings.find((rating) => rating.dimension === dimension.id);
      const value = afterDigit(dimension.scale, rated?.value ?? null, digit);
      if (value === undefined) return false;
      this.editor.rate(dimension.id, value);
      return true;
    }
    const label = labels[digit - 1];
    if (label) this.editor.toggleLabel(label.id);
    return label !== undefined;
  }

  #nextPart(by: 1 | -1): void {
    const order = Object.keys(places) as (keyof typeof places)[];
    const parts = order.map((name) => this.#page.getElementById(places[name]));
    const at = this.#page.activeElement ?? this.#page.body;
    // From between two parts, such as a rating, too: the nearest one that begins after the focus, or ended before it.
    const lies = (part: Element | null, where: number) =>
      part !== null && !part.contains(at) && (at.compareDocumentPosition(part) & where) !== 0;
    const next =
      by === 1
        ? Math.max(
            0,
            parts.findIndex((part) => lies(part, Node.DOCUMENT_POSITION_FOLLOWING)),
          )
        : parts.findLastIndex((part) => lies(part, Node.DOCUMENT_POSITION_PRECEDING));
    const name = order.at(next);
    if (name) this.#focus(name);
  }

  #focus(name: keyof typeof places, how: FocusOptions = {}): void {
    const part = this.#page.getElementById(places[name]);
    const isControl = part?.matches('textarea, [role="textbox"]');
    const control = isControl ? part : part?.querySelector<HTMLElement>('button:not([tabindex="-1"])');
    control?.focus(how);
    if (control instanceof HTMLTextAreaElement) control.setSelectionRange(0, 0);
  }
}
