/** The part of the editor for what the team says of the answer, and for asking it: loaded where there is something of that. */
import { computed, type ReadonlySignal, type Signal, signal } from '@preact/signals';
import { CaseOffer } from '../../components/oversight/case-offer.tsx';
import { PolicyNotes } from '../../components/oversight/policy-notes.tsx';
import type { Editor } from '../../utils/editing/editor.ts';
import type { Call } from '../../utils/messaging/client.ts';
import type { EditorCalls } from '../../utils/messaging/contract.ts';
import type { EditorOversight } from '../../utils/review/oversight-view.ts';

export interface OverseenParts {
  readonly editor: Editor;
  readonly call: Call<EditorCalls>;
  /** Whether a person caused this event. */
  readonly isReal: (event: Event) => boolean;
}

/** What is known, what the reviewer types, and what became of it. */
export class Overseen {
  readonly oversight: EditorOversight;
  readonly known: Signal<EditorOversight['case']>;
  readonly approver: Signal<string> = signal('');
  readonly question: Signal<string> = signal('');
  readonly said: Signal<{ readonly ok: boolean; readonly words: string } | null> = signal(null);
  /** A policy asks for somebody else, or a save was refused for want of one. */
  readonly asksApprover: ReadonlySignal<boolean>;
  readonly isUnsure: ReadonlySignal<boolean>;
  readonly #parts: OverseenParts;

  constructor(oversight: EditorOversight, parts: OverseenParts) {
    const { phase, form } = parts.editor;
    this.oversight = oversight;
    this.known = signal(oversight.case);
    this.#parts = parts;
    this.isUnsure = computed(() => form.value.verdict === 'unsure');
    this.asksApprover = computed(() => {
      const { value } = phase;
      const wasRefused = value.is === 'failed' && value.failure.field === 'oversight.approver';
      return wasRefused || this.approver.value !== '' || oversight.policies.some(({ demand }) => demand === 'approver');
    });
  }

  readonly agree = (name: string): void => {
    this.approver.value = name;
    this.#parts.editor.claim({ approver: name.trim() || undefined });
  };

  readonly ask = (text: string): void => {
    this.question.value = text;
  };

  readonly open = (event: MouseEvent): void => {
    if (this.#parts.isReal(event)) void this.#open();
  };

  async #open(): Promise<void> {
    const question = this.question.peek().trim();
    if (question === '') return;
    const answer = await this.#parts.call('openCase', { question });
    if (!answer.ok) {
      this.said.value = { ok: false, words: `${answer.error.message} ${answer.error.next}` };
      return;
    }
    this.known.value = answer.value;
    this.said.value = { ok: true, words: 'The case is open. You find it in the workbench, under Cases.' };
  }
}

/** What stands before the reviewer's own fields. Follows the signals of its store. */
export function OverseenView({ overseen }: { readonly overseen: Overseen }) {
  const { policies, hint } = overseen.oversight;
  const asks = overseen.asksApprover.value;
  if (policies.length === 0 && !hint && !asks) return null;
  return (
    <PolicyNotes
      policies={policies}
      hint={hint}
      approver={asks ? overseen.approver.value : null}
      onApprover={overseen.agree}
    />
  );
}

/** What “not sure” leads to. */
export function CaseView({ overseen }: { readonly overseen: Overseen }) {
  if (!overseen.isUnsure.value) return null;
  return (
    <CaseOffer
      known={overseen.known.value}
      question={overseen.question.value}
      said={overseen.said.value}
      onQuestion={overseen.ask}
      onOpen={overseen.open}
    />
  );
}
