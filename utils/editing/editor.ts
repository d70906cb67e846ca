/** One editing session: what is filled in, what is kept, what is saved. The views show it and call it; it knows no DOM. */
import { batch, computed, type ReadonlySignal, signal } from '@preact/signals';
import { type Failure, failure } from '../errors.ts';
import type { Call } from '../messaging/client.ts';
import type { EditorCalls, EditorSession } from '../messaging/contract.ts';
import { diffInSlices } from '../review/diff-slices.ts';
import { uuidv7 } from '../review/ids.ts';
import type { Saved } from '../review/mark.ts';
import { type Problem, problemsOf, settled } from '../review/rubric-use.ts';
import type {
  Comparison,
  Finding,
  Judgement,
  Preference,
  Rating,
  Review,
  ReviewDraft,
  Trace,
  UnfinishedJudgement,
  Verdict,
} from '../review/schema.ts';
import { traceOf } from '../review/trace.ts';
import { traceIn, traceWords } from '../review/trace-id.ts';
import { DraftKeeper, type DraftState } from './draft-keeper.ts';
import { EditHistory } from './edit-history.ts';
import {
  type Answer,
  type FindingChange,
  newFinding,
  replacementOf,
  withAccepted,
  withFinding,
  withFindingChanged,
  withFindingMoved,
  withoutFinding,
  withTakenBack,
} from './findings.ts';
import {
  badSourceIn,
  type Form,
  formOf,
  isComplete,
  judgementOf,
  type Missing,
  missingIn,
  noJudgement,
  plainLines,
  rated,
  reasoned,
  sameJudgement,
  withCorrection,
  withLabel,
  withPreference,
  withVerdict,
} from './form.ts';

/** The most findings of one review. */
const MOST_FINDINGS = 500;

/** A stored revision as far as the editor needs it. */
export type Line = Pick<Review, 'revision' | 'createdAt' | 'judgement'> & {
  /** The trace that it was saved with, where that was in this session. */
  readonly trace?: Trace | null;
};

/** What the reviewer did last with the work as a whole. */
export type Phase =
  | { readonly is: 'editing' }
  | { readonly is: 'saving' }
  /** `undoUntil` in ms since 1970. */
  | ({ readonly is: 'saved'; readonly revision: number } & Omit<Saved, 'mark'>)
  | { readonly is: 'undoing' }
  | { readonly is: 'undone' }
  | { readonly is: 'discarded'; readonly form: Form; readonly comparison: Comparison | null }
  /** Another tab or surface saved this revision meanwhile. The next save comes after it. */
  | { readonly is: 'conflict'; readonly theirs: Line }
  | { readonly is: 'failed'; readonly failure: Failure };

/** Why a save was not even tried. */
export type Refusal =
  | Exclude<Missing, null>
  | 'rubric'
  | 'source'
  | 'trace'
  | 'ranking'
  | 'nothing-new'
  | 'not-seen'
  | null;

/** What a save says about the moment of saving. */
export type Moment = Pick<ReviewDraft, 'visibility' | 'spentMs'>;

/** What a session asks of the background; the workbench offers the same. */
export type SessionCalls = Pick<EditorCalls, 'saveDraft' | 'saveReview' | 'undoReview' | 'readHistory'>;

export interface EditorParts {
  readonly call: Call<SessionCalls>;
  /** ms since 1970. */
  readonly now?: () => number;
  readonly newId?: () => string;
}

export class Editor {
  readonly session: EditorSession;
  /** The answer as the correction field shows it. */
  readonly answer: string;
  readonly #texts: Answer;
  readonly #parts: Required<EditorParts>;
  readonly #keeper: DraftKeeper;
  readonly #form = signal<Form>(formOf(noJudgement, ''));
  readonly #phase = signal<Phase>({ is: 'editing' });
  readonly #refusal = signal<Refusal>(null);
  readonly #history = signal<readonly Line[]>([]);
  readonly #comparison = signal<Comparison | null>(null);
  readonly #edits: EditHistory<Form>;
  #reviewId: string;
  /** The newest revision's findings on this snapshot, where it was made on another text; see `EditorSession`. */
  #carried: readonly Finding[] | null;
  /** The last attempt to save that got no good answer: it may have been stored all the same. */
  #attempt: {
    readonly saveId: string;
    readonly basedOn: number;
    readonly judgement: Judgement;
    readonly trace: string;
  } | null = null;

  #claims: NonNullable<ReviewDraft['oversight']> = {};

  /** What the form amounts to. */
  readonly judgement: ReadonlySignal<UnfinishedJudgement>;
  /** The answer's trace as it is typed, as it was found or stored, and whether the first says something else. */
  readonly answerTrace: ReadonlySignal<{ readonly text: string; readonly known: string; readonly isOwn: boolean }>;
  /** There is work that no stored revision has. */
  readonly dirty: ReadonlySignal<boolean>;
  /** What the rubric asks for and the form does not have. */
  readonly problems: ReadonlySignal<readonly Problem[]>;

  constructor(session: EditorSession, parts: EditorParts) {
    this.session = session;
    this.#parts = { now: Date.now, newId: uuidv7, ...parts };
    this.answer = plainLines(session.snapshot.text);
    this.#texts = { text: session.snapshot.text, plain: this.answer };
    this.#edits = new EditHistory(this.#parts.now);
    this.#carried = session.carried;
    this.#history.value = session.history;
    this.#reviewId = session.history.at(-1)?.id ?? this.#parts.newId();
    this.#form.value = formOf(session.draft ?? this.#newest, this.answer);
    this.judgement = computed(() => judgementOf(this.#form.value, this.answer));
    this.answerTrace = computed(() => {
      const line = this.#history.value.at(-1);
      const known = traceWords(line?.trace === undefined ? session.trace : line.trace);
      const typed = this.#form.value.answerTrace ?? known;
      const said = traceIn(typed);
      return { text: typed, known, isOwn: said === undefined || traceWords(said) !== known };
    });
    this.dirty = computed(() => {
      this.#history.value;
      const differs = !sameJudgement(settled(this.judgement.value, session.rubric), this.#newest);
      return differs || this.answerTrace.value.isOwn;
    });
    this.problems = computed(() => {
      const newest = this.#history.value.at(-1)?.judgement ?? null;
      return problemsOf(settled(this.judgement.value, session.rubric), session.rubric, newest);
    });
    this.#comparison.value = session.draft?.comparison ?? null;
    this.#keeper = new DraftKeeper(
      (judgement) => this.#parts.call('saveDraft', { judgement }),
      session.draft !== null && this.#unfinished() !== null,
    );
    void this.#traceCorrection();
  }

  get form(): ReadonlySignal<Form> {
    return this.#form;
  }
  get phase(): ReadonlySignal<Phase> {
    return this.#phase;
  }
  get refusal(): ReadonlySignal<Refusal> {
    return this.#refusal;
  }
  /** Stored revisions, oldest first; grows with each save. */
  get history(): ReadonlySignal<readonly Line[]> {
    return this.#history;
  }
  get draft(): ReadonlySignal<DraftState> {
    return this.#keeper.state;
  }
  /** A comparison that was begun and not ended; its end is `prefer`. Kept with the draft, in no review. */
  get comparison(): ReadonlySignal<Comparison | null> {
    return this.#comparison;
  }

  /** There is a change to the form that can be undone, or done again. */
  get canUndoEdit(): ReadonlySignal<boolean> {
    return this.#edits.canUndo;
  }
  get canRedoEdit(): ReadonlySignal<boolean> {
    return this.#edits.canRedo;
  }

  get #newest(): UnfinishedJudgement {
    const judgement = this.#history.peek().at(-1)?.judgement ?? noJudgement;
    if (this.#carried === null) return judgement;
    const { findings: _, ...rest } = judgement;
    return this.#carried.length === 0 ? rest : { ...rest, findings: [...this.#carried] };
  }
  get #revision(): number {
    return this.#history.peek().at(-1)?.revision ?? 0;
  }

  pickVerdict(verdict: Verdict): void {
    this.#change(withVerdict(this.#form.peek(), verdict));
  }
  toggleLabel(id: string): void {
    this.#change(withLabel(this.#form.peek(), id, this.session.rubric.labels));
  }
  rate(dimension: string, value: Rating['value'] | null): void {
    const form = this.#form.peek();
    this.#change({ ...form, ratings: rated(form.ratings, dimension, value) });
  }
  reason(dimension: string, text: string): void {
    const form = this.#form.peek();
    this.#change({ ...form, ratings: reasoned(form.ratings, dimension, text) }, `reason ${dimension}`);
  }
  correct(text: string): void {
    this.#change(withCorrection(this.#form.peek(), text, this.answer), 'correction');
  }
  comment(text: string): void {
    this.#change({ ...this.#form.peek(), comment: text }, 'comment');
  }

  /** What the reviewer says is the answer's trace: an id, or a link to it; empty for none. */
  link(typed: string): void {
    this.#change({ ...this.#form.peek(), answerTrace: typed }, 'trace');
  }

  /** What the reviewer prefers among several answers; null where that is open, with what was said of it so far. */
  prefer(preference: Preference | null, begun: Comparison | null = null): void {
    const form = this.#form.peek();
    this.#comparison.value = preference === null ? begun : null;
    if (preference === null && form.preference === null) this.#touchDraft();
    else this.#change(withPreference(form, preference, this.session.responseKey, this.answer));
  }

  /** Puts a whole correction into the field that somebody else wrote, as one change to undo. */
  takeCorrection(text: string): void {
    this.#change(withCorrection(this.#form.peek(), plainLines(text), this.answer));
  }

  /**
   * Adds a finding on [start, end) of the snapshot's text, in UTF-16 code units, with what is `said` of it; answers its id,
   * null where there are too many.
   */
  addFinding(start: number, end: number, label: string | null, said: FindingChange = {}): string | null {
    const form = this.#form.peek();
    if (form.findings.length >= MOST_FINDINGS) return null;
    const id = this.#parts.newId();
    const its = this.session.rubric.labels.find((one) => one.id === label) ?? null;
    this.#change(withFinding(form, { ...newFinding(id, this.#texts.text, start, end, its), ...said }));
    return id;
  }
  /** Changes a finding; `typing` names the field of it that is typed in. */
  changeFinding(id: string, change: FindingChange, typing: 'note' | 'replacement' | 'source' | null = null): void {
    this.#change(withFindingChanged(this.#form.peek(), id, change, this.#texts), typing && `${typing} ${id}`);
  }
  /** Puts a finding on other words: for one whose text is gone. */
  moveFinding(id: string, start: number, end: number): void {
    this.#change(withFindingMoved(this.#form.peek(), id, this.#texts.text, start, end));
  }
  removeFinding(id: string): void {
    this.#change(withoutFinding(this.#form.peek(), id));
  }
  /** Takes the replacements of these findings over into the correction; what somebody changed there is kept instead. */
  acceptFindings(ids: readonly string[]): void {
    const form = this.#form.peek();
    const next = withAccepted(form, ids, this.#texts);
    if (next !== form) this.#change(next);
  }
  /** Puts the original words back into the correction. */
  takeBackFinding(id: string): void {
    this.#change(withTakenBack(this.#form.peek(), id, this.#texts));
  }
  /** What the findings refer to. */
  get texts(): Answer {
    return this.#texts;
  }

  /** Undoes the last change to the form, typing as a whole. What is stored stays. */
  undoEdit(): void {
    if (!this.#isBusy()) this.#show(this.#edits.back(this.#form.peek()));
  }
  /** Does again what was undone. */
  redoEdit(): void {
    if (!this.#isBusy()) this.#show(this.#edits.again(this.#form.peek()));
  }

  /** The other surface's revision instead of one's own work, which `undoEdit` brings back. */
  takeTheirs(): void {
    if (this.#phase.peek().is !== 'conflict') return;
    this.#phase.value = { is: 'editing' };
    this.#comparison.value = null;
    this.#change(formOf(this.#newest, this.answer));
    void this.#traceCorrection();
  }

  /** Keeps the draft now: the frame may go away. */
  keepNow(): Promise<void> {
    return this.#keeper.flush();
  }

  /** Back to what is stored. The work stays at hand until the next change, for `bringBack`. */
  discard(): void {
    if (this.#isBusy() || this.#unfinished() === null) return;
    const form = this.#form.peek();
    const comparison = this.#comparison.peek();
    this.#comparison.value = null;
    this.#change(formOf(this.#newest, this.answer));
    this.#phase.value = { is: 'discarded', form, comparison };
    void this.#traceCorrection();
  }

  /** The discarded work again. */
  bringBack(): void {
    const phase = this.#phase.peek();
    if (phase.is !== 'discarded') return;
    this.#comparison.value = phase.comparison;
    this.#change(phase.form);
  }

  /** Tells with the next saves how the reviewer came to it, beside what was told before; undefined takes a part back. */
  claim(part: NonNullable<ReviewDraft['oversight']>): void {
    const claims = Object.entries({ ...this.#claims, ...part }).filter(([, value]) => value !== undefined);
    this.#claims = Object.fromEntries(claims);
  }

  /** Tells why a press of "Save" was not accepted. */
  refuse(reason: Refusal): void {
    this.#refusal.value = reason;
  }

  /** Stores the form as the next revision, or says why not. Never throws; nothing is lost whatever happens. */
  async save(moment: Moment): Promise<void> {
    if (this.#isBusy()) return;
    // What the form still holds of questions that are not asked any more stays there, and is not stored.
    const { trace: _, ...judgement } = settled(this.judgement.peek(), this.session.rubric);
    const { text, isOwn } = this.answerTrace.peek();
    const trace = isOwn ? traceIn(text) : undefined;
    const nothingNew = this.#revision > 0 && !this.dirty.peek();
    const noTrace = isOwn && trace === undefined ? 'trace' : null;
    const noAddress = badSourceIn(this.#form.peek()) === null ? noTrace : 'source';
    const lacks = this.problems.peek().length > 0 ? 'rubric' : noAddress;
    this.#refusal.value = nothingNew ? 'nothing-new' : (missingIn(judgement) ?? lacks);
    if (this.#refusal.peek() !== null || !isComplete(judgement)) return;
    this.#phase.value = { is: 'saving' };
    await this.#keeper.drop();
    const { saveId } = this.#attemptFor(judgement, text);
    const answer = await this.#parts.call('saveReview', {
      id: this.#reviewId,
      basedOn: this.#revision,
      saveId,
      responseKey: this.session.responseKey,
      snapshot: this.session.snapshot,
      ...(trace !== undefined && { trace }),
      judgement,
      surface: 'editor',
      ...(Object.keys(this.#claims).length > 0 && { oversight: this.#claims }),
      ...moment,
    });
    if (answer.ok) this.#saved(answer.value, { judgement, ...(trace !== undefined && { trace }) });
    else if (answer.error.code === 'conflict') await this.#meet(answer.error);
    else this.#failed(answer.error);
  }

  /** Takes the last save back while that is possible. The work stays in the form, unsaved. */
  async undo(): Promise<void> {
    const phase = this.#phase.peek();
    if (phase.is !== 'saved' || this.#parts.now() > phase.undoUntil) return;
    this.#phase.value = { is: 'undoing' };
    const answer = await this.#parts.call('undoReview', { reviewId: this.#reviewId, revision: phase.revision });
    if (!answer.ok) return this.#failed(answer.error);
    batch(() => {
      this.#history.value = this.#history.peek().filter((line) => line.revision !== phase.revision);
      this.#phase.value = { is: 'undone' };
    });
    this.#touchDraft();
  }

  #change(form: Form, typing: string | null = null): void {
    this.#edits.note(this.#form.peek(), typing);
    this.#show(form);
  }

  #show(form: Form | null): void {
    if (form === null) return;
    batch(() => {
      this.#form.value = form;
      this.#refusal.value = null;
      const phase = this.#phase.peek();
      // A failure stays in view until the next attempt, and a save can still be undone after more typing.
      if (phase.is === 'undone' || phase.is === 'discarded') this.#phase.value = { is: 'editing' };
    });
    this.#touchDraft();
  }

  #touchDraft(): void {
    // A draft that arrives while a save is under way would outlive it, or be removed by it: the outcome decides.
    if (this.#isBusy()) return;
    this.#keeper.touch(this.#unfinished());
  }

  /** The work that no stored revision has; null where there is none. */
  #unfinished(): UnfinishedJudgement | null {
    const comparison = this.#comparison.peek();
    if (comparison) return { ...this.judgement.peek(), comparison };
    return this.dirty.peek() ? this.judgement.peek() : null;
  }

  #isBusy(): boolean {
    const { is } = this.#phase.peek();
    return is === 'saving' || is === 'undoing';
  }

  /** The same id for the same attempt: what was stored without our knowing is answered, not stored twice. */
  #attemptFor(judgement: Judgement, trace: string) {
    const basedOn = this.#revision;
    const last = this.#attempt;
    const same = last && last.trace === trace && sameJudgement(last.judgement, judgement);
    const again = same && last.basedOn === basedOn;
    this.#attempt = again ? last : { saveId: this.#parts.newId(), basedOn, judgement, trace };
    return this.#attempt;
  }

  #saved({ mark, ...saved }: Saved, said: Pick<Line, 'judgement' | 'trace'>): void {
    this.#attempt = null;
    const createdAt = new Date(this.#parts.now()).toISOString();
    batch(() => {
      this.#carried = null;
      this.#history.value = [...this.#history.peek(), { revision: mark.revision, createdAt, ...said }];
      this.#phase.value = { is: 'saved', revision: mark.revision, ...saved };
    });
    if (this.#unfinished() !== null) this.#touchDraft();
  }

  /** Somebody saved meanwhile: shows what, so that the next save comes after it. Both stay in the history. */
  async #meet(reason: Failure): Promise<void> {
    const answer = await this.#parts.call('readHistory', {});
    const theirs = answer.ok ? answer.value.history.at(-1) : undefined;
    if (!answer.ok || !theirs || theirs.revision <= this.#revision) return this.#failed(reason);
    batch(() => {
      this.#reviewId = theirs.id;
      this.#carried = answer.value.carried;
      this.#history.value = answer.value.history;
      this.#phase.value = { is: 'conflict', theirs };
    });
    this.#touchDraft();
  }

  /** Finds out how the correction came out of the answer, where only its end is known. */
  async #traceCorrection(): Promise<void> {
    const { correction } = this.#form.peek();
    if (correction === this.answer) return;
    const diff = await diffInSlices(this.answer, correction);
    const form = this.#form.peek();
    // Typing goes by the rough trace meanwhile, which keeps what is typed.
    if (!diff || form.correction !== correction) return;
    const replacements = form.findings.flatMap((finding) => replacementOf(finding, this.#texts) ?? []);
    this.#form.value = { ...form, trace: traceOf(diff.runs, this.answer, replacements) };
  }

  #failed(reason: Failure): void {
    const shown =
      reason.code === 'conflict'
        ? failure('conflict', {
            next: 'Close the editor and open it again: it will show the newest revision, and your work.',
          })
        : reason;
    this.#phase.value = { is: 'failed', failure: shown };
    this.#touchDraft();
  }
}
