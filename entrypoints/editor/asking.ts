/** Asking a model for a second opinion, and what the reviewer makes of it. Asks nothing by itself, changes nothing by itself. */
import { batch, computed, type ReadonlySignal, type Signal, signal } from '@preact/signals';
import { askBuiltIn, type LanguageModelApi } from '../../utils/assistance/built-in.ts';
import { askEndpoint } from '../../utils/assistance/endpoint.ts';
import { type Limits, limitsFor } from '../../utils/assistance/limits.ts';
import { type Card, outcomesOf } from '../../utils/assistance/outcome.ts';
import { type Proposal, proposalsOf } from '../../utils/assistance/proposals.ts';
import { MOST_ASKED, questionOf } from '../../utils/assistance/question.ts';
import { type Redacted, redactedFor } from '../../utils/assistance/redacted.ts';
import { type Reply, readReply, replySoFar } from '../../utils/assistance/reply.ts';
import {
  type AssistanceOffer,
  type AssistanceTerms,
  BUILT_IN,
  type Ended,
  type Question,
} from '../../utils/assistance/types.ts';
import type { Desk } from '../../utils/editing/desk.ts';
import type { Editor } from '../../utils/editing/editor.ts';
import type { Call } from '../../utils/messaging/client.ts';
import type { EditorCalls } from '../../utils/messaging/contract.ts';
import type { AssistanceOutcome } from '../../utils/review/schema.ts';

export type AskingState =
  | { readonly is: 'idle' }
  | { readonly is: 'asking'; readonly words: string }
  /** `note`: what is to be said of it, as that it was cut off. */
  | { readonly is: 'done'; readonly note: string | null }
  | { readonly is: 'cancelled' }
  | { readonly is: 'failed'; readonly message: string; readonly next: string };

/** What is, or would be, sent. */
export interface Sent {
  readonly question: Question;
  /** How many places were replaced in it. */
  readonly replaced: number;
}

export interface AskingParts {
  readonly offer: AssistanceOffer;
  readonly editor: Editor;
  readonly desk: Desk;
  readonly call: Call<EditorCalls>;
  readonly fetcher?: typeof fetch;
  readonly model?: LanguageModelApi | null;
  readonly limits?: Limits;
}

interface Prepared {
  readonly sent: Sent;
  readonly redacted: Redacted;
  readonly terms: AssistanceTerms;
}

/** The most of what is no proposal that is shown. */
const SHOWN_CHARS = 8_000;

export class Asking {
  readonly offer: AssistanceOffer;
  readonly state: Signal<AskingState> = signal({ is: 'idle' });
  readonly cards: Signal<readonly Card[]> = signal([]);
  /** What the model said in place of a proposal: text, whatever stands in it. */
  readonly plain: Signal<string | null> = signal(null);
  readonly sent: Signal<Sent | null> = signal(null);
  /** A model may be asked now, and what it proposed be seen: the reviewer has a verdict of their own, or need not. */
  readonly allowed: ReadonlySignal<boolean>;
  readonly #parts: AskingParts;
  #run: AbortController | null = null;
  /** What earlier questions brought. */
  #earlier: readonly Card[] = [];

  constructor(parts: AskingParts) {
    this.#parts = parts;
    this.offer = parts.offer;
    this.allowed = computed(() => parts.offer.when === 'at-once' || parts.editor.form.value.verdict !== null);
  }

  /** Shows what would be sent, and sends nothing. */
  async look(): Promise<void> {
    if (this.sent.peek() !== null) return;
    const prepared = await this.#prepare(false);
    if ('is' in prepared) this.state.value = prepared;
    else this.sent.value = prepared.sent;
  }

  /** Asks the model, unless it is being asked; resolves when that has ended. */
  async ask(): Promise<void> {
    if (this.#run || !this.allowed.peek()) return;
    const run = new AbortController();
    this.#run = run;
    this.state.value = { is: 'asking', words: 'Checking what may be sent…' };
    try {
      const prepared = await this.#prepare(true);
      if (run.signal.aborted) return;
      if ('is' in prepared) this.state.value = prepared;
      else await this.#send(prepared, run);
    } finally {
      if (this.#run === run) this.#run = null;
    }
  }

  /** Stops listening to the model. What it had proposed in full stays. */
  cancel(): void {
    if (!this.#run) return;
    this.#run.abort();
    this.#run = null;
    this.state.value = { is: 'cancelled' };
  }

  /** Puts a proposal into the form, as a draft of the reviewer's; answers the id of the finding that it became, if any. */
  take(id: string): string | null {
    const card = this.#cardOf(id);
    if (!card || card.is === 'taken') return null;
    const { editor } = this.#parts;
    const { proposal } = card;
    let findingId: string | null = null;
    if (proposal.kind === 'correction') editor.takeCorrection(proposal.text);
    else if (proposal.kind === 'label') {
      if (!editor.form.peek().labels.includes(proposal.label)) editor.toggleLabel(proposal.label);
    } else {
      if (typeof proposal.place === 'string') return null;
      const { place, label, note, replacement } = proposal;
      findingId = editor.addFinding(place.start, place.end, label, { note, replacement });
      if (findingId === null) return null;
    }
    this.#set({ ...card, is: 'taken', findingId });
    return findingId;
  }

  /** Takes a finding and opens its fields; takes anything else. */
  edit(id: string): void {
    const findingId = this.take(id);
    if (findingId === null) return;
    this.#parts.desk.begin();
    this.#parts.desk.hold(findingId);
  }

  /** Puts a proposal away. */
  dismiss(id: string): void {
    const card = this.#cardOf(id);
    if (card?.is === 'open') this.#set({ ...card, is: 'dismissed' });
  }

  /** What a save of the form as it is says of the proposals that were shown. */
  outcomes(): AssistanceOutcome[] {
    const { by, model, when } = this.offer;
    const about = { model: by === 'endpoint' ? model : BUILT_IN, shown: when };
    return outcomesOf([...this.#earlier, ...this.cards.peek()], this.#parts.editor.judgement.peek(), about);
  }

  #cardOf(id: string): Card | undefined {
    return this.cards.peek().find(({ proposal }) => proposal.id === id);
  }

  #set(card: Card): void {
    this.cards.value = this.cards.peek().map((one) => (one.proposal.id === card.proposal.id ? card : one));
  }

  async #prepare(ask: boolean): Promise<Prepared | Extract<AskingState, { is: 'failed' }>> {
    const { editor, call } = this.#parts;
    const { snapshot, rubric } = editor.session;
    const failed = (message: string, next: string) => ({ is: 'failed', message, next }) as const;
    if (snapshot.truncated || snapshot.text.length > MOST_ASKED)
      return failed('This answer is too long for a second opinion.', 'Nothing was sent.');
    const answer = await call('assistanceTerms', { ask });
    if (!answer.ok) return failed(answer.error.message, answer.error.next);
    const redacted = redactedFor(snapshot, answer.value.redaction);
    if (!redacted.ok) return failed(redacted.error, 'Review this answer without a second opinion.');
    const { answer: text, prompt, replaced } = redacted.value;
    const question = questionOf({ answer: text, prompt, labels: rubric.labels });
    return { sent: { question, replaced }, redacted: redacted.value, terms: answer.value };
  }

  async #send({ sent, redacted, terms }: Prepared, run: AbortController): Promise<void> {
    const { editor, fetcher, model, limits = limitsFor(editor.answer.length) } = this.#parts;
    const words =
      terms.by === 'endpoint' ? `Asked ${new URL(terms.url).host}, waiting…` : 'Asked the browser’s model, waiting…';
    batch(() => {
      this.sent.value = sent;
      // What was proposed before stays on record and makes room.
      this.#earlier = [...this.#earlier, ...this.cards.peek()];
      this.cards.value = [];
      this.plain.value = null;
      this.state.value = { is: 'asking', words };
    });
    const hearing = {
      signal: run.signal,
      onThinking: (thinking: string) => this.#tell(run, thinking),
      onText: (text: string) => {
        if (run.signal.aborted) return;
        const reply = replySoFar(text);
        if (reply) this.#show(reply, redacted);
        this.#tell(run, 'The model is answering…');
      },
    };
    const ended =
      terms.by === 'endpoint'
        ? await askEndpoint(sent.question, terms, hearing, { limits, ...(fetcher && { fetcher }) })
        : await askBuiltIn(sent.question, hearing, { limits, ...(model !== undefined && { model }) });
    if (!run.signal.aborted) this.#finish(ended, redacted);
  }

  #tell(run: AbortController, words: string): void {
    if (!run.signal.aborted) this.state.value = { is: 'asking', words };
  }

  #finish(ended: Ended, redacted: Redacted): void {
    batch(() => {
      if (ended.is === 'failed') this.state.value = ended;
      else if (ended.is === 'cancelled') this.state.value = { is: 'cancelled' };
      else {
        const note = ended.is === 'cut' ? ended.why : null;
        const reply = readReply(ended.text);
        if (reply) this.#show(reply, redacted);
        else if (ended.text.trim() !== '') this.plain.value = redacted.restored(ended.text.slice(0, SHOWN_CHARS));
        this.state.value = { is: 'done', note: note ?? (ended.text.trim() === '' ? 'The model said nothing.' : null) };
      }
    });
  }

  /** Adds what is new in the reply; what is shown already stays as the reviewer left it. */
  #show(reply: Reply, redacted: Redacted): void {
    const { editor } = this.#parts;
    const { text } = editor.session.snapshot;
    const shown = this.cards.peek();
    const isOn = (one: Proposal) => one.kind === 'label' && editor.form.peek().labels.includes(one.label);
    const isNew = (one: Proposal) => !shown.some(({ proposal }) => proposal.id === one.id) && !isOn(one);
    const more = proposalsOf(reply, { text, labels: editor.session.rubric.labels, redacted }).filter(isNew);
    if (more.length > 0)
      this.cards.value = [...shown, ...more.map((proposal): Card => ({ proposal, is: 'open', findingId: null }))];
  }
}
