/** The comparison in its document: its store, its keys, the diffs on demand. */
import { effect, type Signal, signal } from '@preact/signals';
import type { CompareActions } from '../../components/editor/compare-view.tsx';
import { type Candidate, Comparing } from '../../utils/editing/comparing.ts';
import type { Editor } from '../../utils/editing/editor.ts';
import type { Call } from '../../utils/messaging/client.ts';
import type { EditorCalls } from '../../utils/messaging/contract.ts';
import type { TextDiff } from '../../utils/review/diff.ts';
import { diffInSlices } from '../../utils/review/diff-slices.ts';
import { afterDigit } from '../../utils/review/scale.ts';
import { compareCommandOf } from './compare-keys.ts';
import { isTyping, type Keyboard } from './keys.ts';

export interface CompareRoomParts {
  readonly editor: Editor;
  readonly call: Call<EditorCalls>;
  readonly keyboard: Keyboard;
  readonly isReal: (event: Event) => boolean;
  readonly onLeave: () => void;
  readonly random?: () => number;
}

export class CompareRoom {
  readonly comparing: Signal<Comparing>;
  /** Names are shown although nothing is saved. */
  readonly named = signal(false);
  /** The reviewer wants to see what differs. */
  readonly differences = signal(false);
  /** From the first answer to each, by its key, as far as they are there. */
  readonly diffs: Signal<ReadonlyMap<string, TextDiff>> = signal(new Map());
  /** The answer under review is pinned. */
  readonly pinned: Signal<boolean>;
  readonly on: CompareActions;
  readonly #parts: CompareRoomParts;

  constructor(parts: CompareRoomParts) {
    this.#parts = parts;
    this.comparing = signal(this.#anew());
    const { pins, responseKey, snapshot } = parts.editor.session;
    this.pinned = signal(pins.some((pin) => pin.responseKey === responseKey && pin.snapshot.text === snapshot.text));
    const real = (act: () => void) => (event: Event) => {
      if (parts.isReal(event)) act();
    };
    this.on = {
      press: (press, event) => real(() => this.#now.press(press))(event),
      strengthen: (strength, event) => real(() => this.#now.strengthen(strength))(event),
      rate: (key, dimension, value, event) => {
        if (event === null || parts.isReal(event)) this.#now.rate(key, dimension, value);
      },
      reason: (key, dimension, text) => this.#now.reason(key, dimension, text),
      choose: (key, on, event) =>
        real(() => {
          this.named.value = false;
          this.#now.choose(key, on);
        })(event),
      undo: real(() => this.#now.undo()),
      redo: real(() => this.#now.redo()),
      pin: real(() => void this.#pin()),
      unpin: (pinId, event) => real(() => void this.#unpin(pinId))(event),
      showNames: real(() => {
        this.named.value = !this.named.peek();
      }),
      showDifferences: real(() => this.#toggleDifferences()),
      leave: real(parts.onLeave),
    };
  }

  get #now(): Comparing {
    return this.comparing.peek();
  }

  /** The reviewer comes here: what the form says by now is what is shown. */
  enter(): void {
    if (!this.#now.isInStep) this.comparing.value = this.#anew();
  }

  /** Something was ranked, and not all. */
  get isHalfDone(): boolean {
    const { isDone, ranking } = this.#now;
    return !isDone && ranking.groups.length > 0;
  }

  /** Whether the press was for the comparison. */
  onKey(event: KeyboardEvent): boolean {
    const { keyboard } = this.#parts;
    const comparing = this.#now;
    const count = comparing.shown.peek().length;
    if (this.#digit(event)) return true;
    const command = compareCommandOf(event, keyboard, count);
    switch (command?.do) {
      case 'press':
        comparing.press(command.press);
        return true;
      case 'strength':
        comparing.strengthen(command.strength);
        return true;
      case 'undo':
        // With nothing to take back here, it takes the save back, as everywhere.
        if (!comparing.canUndo) return false;
        comparing.undo();
        return true;
      case 'redo':
        comparing.redo();
        return true;
      case 'differences':
        this.#toggleDifferences();
        return true;
      case 'leave':
        this.#parts.onLeave();
        return true;
      default:
        return false;
    }
  }

  /** Compares what is shown as long as that is wanted, until `stop` aborts. */
  start(stop: AbortSignal): void {
    let run = new AbortController();
    const end = effect(() => {
      const [first, ...others] = this.comparing.value.shown.value;
      const wanted = this.differences.value;
      run.abort();
      run = new AbortController();
      this.diffs.value = new Map();
      if (wanted && first) for (const other of others) void this.#compare(first, other, run.signal);
    });
    stop.addEventListener('abort', () => {
      end();
      run.abort();
    });
  }

  async #compare(first: Candidate, other: Candidate, stopped: AbortSignal): Promise<void> {
    const diff = await diffInSlices(first.text, other.text, { signal: stopped });
    if (diff && !stopped.aborted) this.diffs.value = new Map([...this.diffs.peek(), [other.key, diff]]);
  }

  #anew(): Comparing {
    const { editor, random } = this.#parts;
    return new Comparing(editor, random ? { random } : {});
  }

  #toggleDifferences(): void {
    this.differences.value = !this.differences.peek();
  }

  /** A digit rates while a scale has the focus. */
  #digit(event: KeyboardEvent): boolean {
    const target = event.target instanceof Element ? event.target.closest('[data-scale][data-answer]') : null;
    if (
      !target ||
      isTyping(event.target) ||
      !/^[1-9]$/.test(event.key) ||
      event.ctrlKey ||
      event.metaKey ||
      event.altKey
    )
      return false;
    const { rubric } = this.#parts.editor.session;
    const dimension = rubric.dimensions.find(({ id }) => id === target.getAttribute('data-scale'));
    const key = target.getAttribute('data-answer') ?? '';
    if (!dimension) return false;
    const before = this.#now.ratingsOf(key).find((rating) => rating.dimension === dimension.id)?.value ?? null;
    const value = afterDigit(dimension.scale, before, Number(event.key));
    if (value !== undefined) this.#now.rate(key, dimension.id, value);
    return value !== undefined;
  }

  async #pin(): Promise<void> {
    const answer = await this.#parts.call('pin', {});
    if (answer.ok) this.pinned.value = true;
  }

  async #unpin(pinId: string): Promise<void> {
    const answer = await this.#parts.call('unpin', { id: pinId });
    if (answer.ok) this.#now.unpinned(pinId);
  }
}
