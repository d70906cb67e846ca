/** Where the reviewer is among the findings: what is selected of the answer, and which finding is at hand. Knows no DOM. */
import { batch, computed, type ReadonlySignal, type Signal, signal } from '@preact/signals';
import type { Finding, Severity } from '../review/schema.ts';
import type { Span, Standing } from '../review/trace.ts';
import type { Editor } from './editor.ts';
import { standing } from './findings.ts';
import { nextSentence, nextWord, previousSentence, previousWord, sentenceAt } from './stepping.ts';

/** A stretch of the answer that may become a finding. `page`: it was selected outside of this frame. */
export interface Selected extends Span {
  readonly from: 'here' | 'page';
}

/** One step with the keyboard. `grow` and `shrink` move the end of what is selected, all others select something else. */
export type Step =
  | 'next-sentence'
  | 'previous-sentence'
  | 'next-word'
  | 'previous-word'
  | 'grow-sentence'
  | 'shrink-sentence'
  | 'grow-word'
  | 'shrink-word'
  | 'first'
  | 'last'
  | 'all'
  /** The place behind what is selected: something is missing there. */
  | 'gap';

/** A finding with how its replacement stands in the correction. */
export interface FindingView extends Finding {
  /** Counted from 1, in the order of the list. */
  readonly number: number;
  readonly standing: Standing | null;
}

const severities: readonly Severity[] = ['minor', 'major', 'critical'];
const count = (many: number, one: string) => `${many} ${one}${many === 1 ? '' : 's'}`;

export class Desk {
  readonly #editor: Editor;
  readonly #selected = signal<Selected | null>(null);
  readonly #atHand = signal<string | null>(null);
  readonly #said = signal('');
  readonly #open: Signal<boolean>;
  /** How often the reviewer asked to go to the answer. */
  readonly #calls: Signal<number>;
  /** The pointer is on this finding in the list, or in the answer. */
  readonly hovered: Signal<string | null> = signal(null);
  /** The pointer is on this finding on the page. */
  readonly pointed: Signal<string | null> = signal(null);
  /** The findings as they are shown. */
  readonly findings: ReadonlySignal<readonly FindingView[]>;

  constructor(editor: Editor) {
    this.#editor = editor;
    const { selection, startWith } = editor.session;
    this.#open = signal(startWith === 'finding' || selection !== null || editor.form.peek().findings.length > 0);
    this.#calls = signal(startWith === 'finding' ? 1 : 0);
    this.findings = computed(() => {
      const form = editor.form.value;
      return form.findings.map((finding, index) => ({
        ...finding,
        number: index + 1,
        standing: standing(form, finding, editor.texts),
      }));
    });
    if (selection) this.propose(selection);
  }

  get text(): string {
    return this.#editor.texts.text;
  }
  /** What is selected, or null. */
  get selected(): ReadonlySignal<Selected | null> {
    return this.#selected;
  }
  /** The finding whose fields are open; null for none. */
  get atHand(): ReadonlySignal<string | null> {
    return this.#atHand;
  }
  /** The finding that keys in the answer are about: the one at hand, else the newest of what is selected. */
  get current(): string | null {
    const span = this.#selected.peek();
    const isHere = ({ utf16, orphan }: Finding) => !orphan && utf16.start === span?.start && utf16.end === span.end;
    return this.#atHand.peek() ?? this.#editor.form.peek().findings.findLast(isHere)?.id ?? null;
  }
  /** What the last command came to, in words; '' for nothing. */
  get said(): ReadonlySignal<string> {
    return this.#said;
  }
  /** The answer is shown. */
  get isOpen(): ReadonlySignal<boolean> {
    return this.#open;
  }

  /** Grows each time that the answer should have the focus. */
  get calls(): ReadonlySignal<number> {
    return this.#calls;
  }

  /** Goes to the answer, with the first sentence selected where nothing is. */
  begin(): void {
    batch(() => {
      this.#open.value = true;
      this.#calls.value += 1;
      if (this.#selected.peek() === null) this.step('first');
    });
  }

  /** What somebody selected outside of this frame: it becomes a finding only by the reviewer's hand in here. */
  propose({ start, end }: Span): void {
    const { length } = this.text;
    if (!Number.isSafeInteger(start) || !Number.isSafeInteger(end) || start < 0 || end > length || start > end) return;
    batch(() => {
      this.#open.value = true;
      this.#select({ start, end }, 'page');
    });
  }

  /** Selects [start, end) of the text; blanks at its ends are left out. */
  select(start: number, end: number): void {
    const words = this.text.slice(start, end);
    const lead = words.length - words.trimStart().length;
    const length = words.trim().length;
    if (length > 0) this.#select({ start: start + lead, end: start + lead + length });
  }

  step(step: Step): void {
    const next = this.#after(step);
    if (next) this.#select(next);
  }

  /** Makes a finding of what is selected; answers its id. Null where nothing is, or there are too many. */
  take(label: string | null): string | null {
    const span = this.#selected.peek();
    if (!span) return null;
    const id = this.#editor.addFinding(span.start, span.end, label);
    batch(() => {
      this.#atHand.value = id;
      this.#said.value = id === null ? 'There are 500 findings already: no more can be stored.' : '';
    });
    return id;
  }

  /** Opens a finding's fields, or closes those that are open. */
  hold(id: string | null): void {
    batch(() => {
      this.#atHand.value = id;
      this.#said.value = '';
      const finding = this.#editor.form.peek().findings.find((one) => one.id === id);
      if (finding && !finding.orphan) this.#select(finding.utf16);
    });
  }

  /** One step more or less severe. */
  worsen(id: string, by: 1 | -1): void {
    const finding = this.#editor.form.peek().findings.find((one) => one.id === id);
    const severity = finding && severities[severities.indexOf(finding.severity) + by];
    if (severity) this.#editor.changeFinding(id, { severity });
  }

  /** Removes a finding; the one after it is not at hand then, lest a second press removes it too. */
  remove(id: string): void {
    this.#editor.removeFinding(id);
    batch(() => {
      if (this.#atHand.peek() === id) this.#atHand.value = null;
      this.hovered.value = null;
      this.#said.value = 'Removed. Undo brings it back.';
    });
  }

  /** Puts the finding at hand on what is selected. */
  move(id: string): void {
    const span = this.#selected.peek();
    if (span) this.#editor.moveFinding(id, span.start, span.end);
  }

  /** Takes replacements over into the correction, and says what became of them. */
  accept(ids: readonly string[]): void {
    this.#editor.acceptFindings(ids);
    const views = this.findings.peek().filter(({ id, standing: is }) => ids.includes(id) && is !== null);
    const other = views.filter(({ standing: is }) => is !== 'made');
    const done = views.length - other.length;
    const words = [
      done > 0 && `${count(done, 'replacement')} ${done === 1 ? 'is' : 'are'} in the correction.`,
      other.length > 0 &&
        `Not taken over: ${other.map(({ number }) => `finding ${number}`).join(', ')}. The correction says something else there, which is kept.`,
    ];
    this.#said.value = words.filter(Boolean).join(' ');
  }

  /** Puts the answer's own words back. */
  takeBack(id: string): void {
    this.#editor.takeBackFinding(id);
    this.#said.value = '';
  }

  #select({ start, end }: Span, from: Selected['from'] = 'here'): void {
    batch(() => {
      this.#selected.value = { start, end, from };
      if (from === 'page') this.#atHand.value = null;
    });
  }

  #after(step: Step): Span | null {
    const { text } = this;
    const now = this.#selected.peek() ?? { start: 0, end: 0 };
    const { start, end } = now;
    switch (step) {
      case 'next-sentence': {
        const here = sentenceAt(text, start);
        return nextSentence(text, here && start !== end ? Math.max(here.end, end) : end);
      }
      case 'previous-sentence':
        return previousSentence(text, sentenceAt(text, start)?.start ?? start);
      case 'next-word': {
        // Into the sentence that is selected first, then on from word to word.
        const first = nextWord(text, start);
        return first && first.end < end ? first : nextWord(text, end);
      }
      case 'previous-word':
        return previousWord(text, start);
      case 'grow-sentence': {
        const more = nextSentence(text, end);
        return more && { start, end: more.end };
      }
      case 'shrink-sentence': {
        const last = previousSentence(text, end);
        const before = last && last.start > start ? previousSentence(text, last.start) : null;
        return before && before.end > start ? { start, end: before.end } : null;
      }
      case 'grow-word': {
        const more = nextWord(text, end);
        return more && { start, end: more.end };
      }
      case 'shrink-word': {
        const last = previousWord(text, end);
        const before = last && previousWord(text, last.start);
        return before && before.end > start ? { start, end: before.end } : null;
      }
      case 'first':
        return nextSentence(text, 0);
      case 'last':
        return previousSentence(text, text.length);
      case 'all':
        return text === '' ? null : { start: 0, end: text.length };
      case 'gap':
        return { start: end, end };
    }
  }
}
