/** The part of the editor for answers that resemble one corrected before: loaded where there is one. */
import '../../components/review/review.css';
import { effect, type Signal, signal } from '@preact/signals';
import type { Used } from '../../components/editor/view.ts';
import { type BeforeAction, CorrectedBeforeCard } from '../../components/recurrence/corrected-before.tsx';
import type { Editor } from '../../utils/editing/editor.ts';
import { LiveDiff } from '../../utils/editing/live-diff.ts';
import type { Call } from '../../utils/messaging/client.ts';
import type { EditorCalls } from '../../utils/messaging/contract.ts';
import type { CorrectedBefore } from '../../utils/recurrence/view.ts';
import { copyText } from './copy.ts';

export interface RecurringParts {
  readonly editor: Editor;
  readonly call: Call<EditorCalls>;
  readonly page: Document;
  /** Whether a person caused this event. */
  readonly isReal: (event: Event) => boolean;
}

/** What was corrected before, and what the reviewer does with it. */
export class Recurring {
  readonly before: CorrectedBefore;
  readonly diff = new LiveDiff();
  readonly dismissed: Signal<boolean> = signal(false);
  readonly done: Signal<Used | null> = signal(null);
  readonly #parts: RecurringParts;

  constructor(before: CorrectedBefore, parts: RecurringParts) {
    this.before = before;
    this.#parts = parts;
    this.diff.compare(parts.editor.answer, before.correction);
  }

  /** Tells with each save what this answer was taken for, until the signal aborts. */
  start(signal: AbortSignal): void {
    const { reviewId, similarity, says } = this.before;
    const stop = effect(() => {
      const state = says === 'right' ? 'fixed' : 'same';
      this.#parts.editor.claim({ recurrence: this.dismissed.value ? undefined : { reviewId, similarity, state } });
    });
    signal.addEventListener('abort', () => {
      stop();
      this.diff.clear();
    });
  }

  readonly act = (action: BeforeAction, event: MouseEvent): void => {
    if (!this.#parts.isReal(event)) return;
    const { correction } = this.before;
    const { editor, page } = this.#parts;
    this.done.value = null;
    if (action === 'dismiss' || action === 'bring-back') this.dismissed.value = action === 'dismiss';
    else if (action === 'take') {
      editor.takeCorrection(correction);
      this.done.value = { ok: true, words: 'It is your correction now: see the field below. Undo takes it back.' };
    } else if (action === 'copy') {
      const ok = copyText(correction, page);
      this.done.value = { ok, words: ok ? 'Copied' : 'The browser refused: select the text and copy it' };
    } else void this.#insert(correction);
  };

  async #insert(text: string): Promise<void> {
    this.done.value = { ok: true, words: 'Putting it there…' };
    const answer = await this.#parts.call('insertText', { text });
    this.done.value = answer.ok
      ? { ok: true, words: 'It is in the message field. Nothing was sent.' }
      : { ok: false, words: `${answer.error.message} ${answer.error.next}` };
  }
}

/** Follows the signals of its store. */
export function RecurringView({ recurring }: { readonly recurring: Recurring }) {
  return (
    <CorrectedBeforeCard
      before={recurring.before}
      diff={recurring.diff.diff.value}
      dismissed={recurring.dismissed.value}
      done={recurring.done.value}
      onAct={recurring.act}
    />
  );
}
