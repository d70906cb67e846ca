/**
 * The whole protocol between contexts, one sentence above each call.
 * A call is `{ countersign: 1, call, body }`; every answer is a `Result`. Bodies and answers are JSON-safe in every browser.
 *
 * Three kinds of callers, told apart by what the browser says of the sender, never by what the message says:
 * `content` (the overlay in a web page), `editor` (the extension-origin frame inside a page), `page` (popup, workbench).
 * The content script may ask for what `ContentCalls` lists and no more, always for its own document and origin.
 */

import type { AssistanceOffer, AssistanceTerms, AssistedBy } from '../assistance/types.ts';
import type { ComposerState, Decision, GateSession, KeptDelta } from '../composer/types.ts';
import type { DestinationInput } from '../connectors/types.ts';
import type { AuthorRule, Health, PageRules, SiteRule } from '../detection/types.ts';
import type { Failure } from '../errors.ts';
import type { TraceSource } from '../page/trace.ts';
import type { CorrectedBefore } from '../recurrence/view.ts';
import type { Result } from '../result.ts';
import type { LeavingView } from '../review/leaving-view.ts';
import type { Mark, Saved } from '../review/mark.ts';
import type { EditorOversight } from '../review/oversight-view.ts';
import type { GuidelinesView } from '../review/project.ts';
import type { ReviewQuery } from '../review/query.ts';
import type { Rubric } from '../review/rubric.ts';
import type {
  Finding,
  Review,
  ReviewDraft,
  Severity,
  Snapshot,
  Trace,
  UnfinishedJudgement,
  Variant,
  Verdict,
} from '../review/schema.ts';
import type { MemoryOnlyChoice, Settings } from '../storage/settings-shape.ts';

/** Names of the one-key judgements; the key of each is a setting. */
export type Action =
  | 'approve'
  | 'reject'
  | 'correct'
  | 'unsure'
  | 'more'
  | 'undo'
  | 'next'
  | 'previous'
  /** Points at a part of the answer: what is selected, or what the editor lets the reviewer select. */
  | 'finding'
  /** Compares the answer with others to the same prompt, and with those that are pinned. */
  | 'compare'
  /** Sets the answer aside for later. */
  | 'aside'
  /** Pins the answer, to compare it with answers of other pages. */
  | 'pin'
  /** Shows all keys. */
  | 'help';

/** What the overlay needs on its page. Only public words and own marks: the page can read what the overlay shows. */
export interface PageState {
  readonly on: boolean;
  /** Key of each action as `KeyboardEvent.key`, lowercase; single keys can be switched off as a whole. */
  readonly keys: Readonly<Record<Action, string>>;
  readonly singleKeys: boolean;
  /** Modifier chord that works in text fields too, put before the action's key: `Alt+Shift`. */
  readonly chord: string;
  /** Public names of the rubric's labels, in the order of their digit keys. */
  readonly labels: Rubric['labels'];
  /** How much of the prompt may be captured, in characters; 0 for none. */
  readonly promptLimit: number;
  /** How many messages before the prompt may be captured. */
  readonly contextTurns: number;
  /** Where the trace of an answer is read here; absent where nobody said. */
  readonly trace?: TraceSource | undefined;
  /** `system` follows the page's own scheme. */
  readonly theme: Settings['theme'];
  readonly marks: readonly Mark[];
  /** Of the responses that were asked about; absent where triage has nothing to say of any. */
  readonly triage?: TriageAnswer | undefined;
}

/** What a page may know of triage: keys, never why. */
export interface TriageAnswer {
  /** A person is asked to look at these. */
  readonly asks: readonly string[];
  /** These resemble an answer that was corrected before. */
  readonly corrected: readonly string[];
}

/** What the editor shows once it has claimed its token. */
export interface EditorSession {
  readonly responseKey: string;
  readonly snapshot: Snapshot;
  /** What is known of the answer's trace, by the page or by the revision before; see `traceAgain`. */
  readonly trace?: Trace | null | undefined;
  readonly rubric: Rubric;
  /** Revisions of this response's review, oldest first; empty where there is none. */
  readonly history: readonly Review[];
  /** What was typed before and not saved, its findings on this snapshot. */
  readonly draft: UnfinishedJudgement | null;
  /**
   * The newest revision's findings on this snapshot, where that was made on another text: each on the words that it was made
   * on, or an orphan. Null where the text is the same.
   */
  readonly carried: readonly Finding[] | null;
  /** Why triage asks for this review, in words; null where it does not. */
  readonly asked?: { readonly reasons: readonly string[] } | null | undefined;
  readonly startWith: 'verdict' | 'correction' | 'labels' | 'finding' | 'compare' | 'help';
  readonly visibility: 'verified' | 'unverified';
  /** What was selected of the answer on the page, [start, end) in UTF-16 code units of the snapshot's text; null where nothing was. */
  readonly selection: { readonly start: number; readonly end: number } | null;
  /** Other answers to the same prompt on this page, without the one under review. */
  readonly variants: readonly Variant[];
  /** What the reviewer pinned on any page, the newest first; the answer under review may be among them. */
  readonly pins: readonly (Variant & { readonly id: string; readonly site: string })[];
  /** The clauses that apply here, and what changed since this reviewer last saved; null where the project has none. */
  readonly guidelines: GuidelinesView | null;
  /** The model that can be asked for a second opinion; null where none is set. */
  readonly assistance: AssistanceOffer | null;
  /** The reviewer's own text blocks. */
  readonly snippets: Settings['snippets'];
  /** Rubrics of earlier revisions, where another version than `rubric`, so that their labels keep their names. */
  readonly earlierRubrics: readonly Rubric[];
  /** Names of the destinations that a saved review will be delivered to. */
  readonly destinations: readonly string[];
  /** Keys too, so that the verdict keys are the same in the editor as on the toolbar. */
  readonly settings: Pick<Settings, 'theme' | 'keepPrompt' | 'keys' | 'singleKeys' | 'chord'>;
}

/** A finding as the page shows it: [start, end) in UTF-16 code units of the text that was asked about. */
export interface ShownFinding {
  readonly id: string;
  readonly start: number;
  readonly end: number;
  readonly severity: Severity;
}

/**
 * What goes between the editor frame and the script in the page that made it, over a port of their own: no text, so that
 * nothing is lost where the page gets hold of the page's end.
 */
export type ToEditor =
  /** The reviewer selected a part of the answer on the page and asked for a finding there; offsets in the snapshot's text. */
  | { readonly say: 'select'; readonly start: number; readonly end: number }
  /** The pointer is on this finding on the page, or on none any more. */
  | { readonly say: 'point'; readonly id: string | null };
export type ToPage =
  /** The editor has its session and begins to draw. */
  | { readonly say: 'alive' }
  /** All findings of the form now, as offsets in the snapshot's text. */
  | { readonly say: 'findings'; readonly findings: readonly ShownFinding[] }
  /** The reviewer is at this finding in the editor, or at none. */
  | { readonly say: 'point'; readonly id: string | null };

/** How the team's rule pack stands. */
export interface RulePackState {
  readonly url: string | null;
  /** Of the pack in use, which is the last good one; null where there is none. */
  readonly version: string | null;
  readonly rules: number;
  /** ISO times; null for never. */
  readonly fetchedAt: string | null;
  readonly triedAt: string | null;
  /** Why the last try failed, in words, naming the rule where one is at fault. */
  readonly problem: string | null;
}

/** What the overlay in a web page may ask for. */
export interface ContentCalls {
  /** The gate has seen that there may be a conversation on this document: load what finds. */
  wake(body: Record<string, never>): null;
  /** What detection needs to know on this document; asked once when the finding script starts, and after `rulesChanged`. */
  arrive(body: Record<string, never>): PageRules;
  /**
   * Keeps a rule that the reviewer made by pointing, for the sender's origin and no other. It replaces the one made there
   * before; `null` forgets that. Every document of the origin is told.
   */
  keepRule(body: { readonly rule: SiteRule | null }): null;
  /** "Messages by NAME are AI", or are not; `is: null` forgets it. `site`: the rule's id, or the sender's origin. */
  keepAuthor(body: { readonly site: string; readonly author: string; readonly is: AuthorRule['is'] | null }): null;
  /** The state of detection on this document changed; shown on the toolbar button. No text of the page. */
  reportHealth(body: { readonly state: Health['state']; readonly site: string | null }): null;
  /** The reviewer pointed at an answer in this document, or left the picker: the tab's other documents stop pointing. */
  endPick(body: Record<string, never>): null;
  /** No rule finds anything on this document, or a person points at something: load what finds answers without a rule. */
  find(body: Record<string, never>): null;
  /** Loads a part of what draws that few pages need: pointing at answers, or painting findings. */
  loadPart(body: { readonly part: 'pointing' | 'findings' }): null;
  /** Tells what this page needs, with the marks of the conversation that it shows; asked again when the page moves on. */
  openPage(body: {
    readonly responseKeys: readonly string[];
    /** A response was found on this document for the first time: load what draws beside it. */
    readonly draws?: true | undefined;
  }): PageState;
  /**
   * Stores one revision; a resend with the same `saveId` is answered, not stored again. The toolbar says verdict and
   * labels only: its correction and comment must be null, and a revision keeps what the editor had added before (the
   * correction unless the verdict is now `approve`).
   */
  saveReview(body: ReviewDraft): Saved;
  /** Takes a revision back while its undo window is open. */
  undoReview(body: { readonly reviewId: string; readonly revision: number }): { readonly mark: Mark | null };
  /** Prepares an editor frame for one response; the token is good once, for 15 s, for this tab, frame and document. */
  openEditor(body: {
    readonly responseKey: string;
    readonly snapshot: Snapshot;
    readonly startWith: EditorSession['startWith'];
    readonly visibility: EditorSession['visibility'];
    readonly selection?: EditorSession['selection'];
    readonly variants?: EditorSession['variants'];
  }): { readonly token: string };
  /**
   * Where the findings of a stored review lie in the text that the answer has on the page now, by a word diff from the
   * snapshot; those whose text is gone, and those that nothing tells apart from a double, are left out and only counted.
   */
  anchorFindings(body: { readonly responseKey: string; readonly text: string }): {
    readonly findings: readonly ShownFinding[];
    readonly orphans: number;
  };
  /**
   * Tells of settled responses that are new, or whose text or next turn is, to learn which of them ask for a review; at most 20,
   * in page order. Nothing of prompt, earlier and next turns is stored.
   */
  triage(body: {
    readonly answers: readonly {
      readonly responseKey: string;
      readonly text: string;
      readonly prompt: string | null;
      /** The end of what was said before the prompt. */
      readonly before: string;
      /** What the user said next; null where nothing is known of it. */
      readonly next: string | null;
      readonly confidence: number;
      readonly author: string | null;
    }[];
  }): TriageAnswer;
  /** Sets a response aside for later. Answers whether it is aside now: a second call takes it back. */
  setAside(body: { readonly responseKey: string; readonly snapshot: Snapshot }): { readonly aside: boolean };
  /** Pins an answer to be compared with others; answers how many are pinned now. */
  pin(body: { readonly responseKey: string; readonly snapshot: Snapshot }): { readonly count: number };
  /** What the gate does on this document; asked when it starts, and after `pageChanged`. */
  openComposer(body: Record<string, never>): ComposerState;
  /**
   * Whether this text may be sent as it is. `drafted`: it began as a draft of an AI. Which policy asks, and why, is not told:
   * the page could read it. `unchecked`: some policy could not be applied, and let it through.
   */
  weighDraft(body: { readonly text: string; readonly prompt: string | null; readonly drafted: boolean }): {
    readonly hold: boolean;
    readonly unchecked: boolean;
  };
  /**
   * Prepares the frame in which a person decides about what is about to be sent; the token is as in `openEditor`. `snapshot` is
   * the AI's draft, or the text itself where a person wrote it.
   */
  holdDraft(body: {
    readonly holdId: string;
    readonly text: string;
    readonly drafted: boolean;
    readonly snapshot: Snapshot;
  }): { readonly token: string };
  /** A message that was to wait has been sent past the gate: it is put into the queue, and nobody is said to have judged it. */
  notePassed(body: { readonly snapshot: Snapshot }): null;
  /** An AI's draft was edited and sent by the agent: stores draft and sent text as a correction. `off` where the user did not ask for it. */
  keepDelta(body: {
    readonly id: string;
    readonly saveId: string;
    readonly snapshot: Snapshot;
    readonly sent: string;
    readonly spentMs: number;
  }): KeptDelta;
  /** Says why a draft was edited: a label of the rubric, as a new revision. */
  labelDelta(body: { readonly reviewId: string; readonly saveId: string; readonly label: string }): KeptDelta;
  /** Where replies are written on the sender's origin, as the reviewer pointed at it; null forgets it. */
  keepComposer(
    body:
      | { readonly field: string; readonly send: string | null; readonly enter: 'send' | 'line' }
      | { readonly forget: true },
  ): null;
}

/** What the editor frame may ask for. Every call but the first must come from the frame that claimed. */
export interface EditorCalls {
  /** Exchanges the one-time token for what the editor shows. */
  claimEditor(body: { readonly token: string }): EditorSession;
  /** Keeps unsaved work across re-render, reload and crash. */
  saveDraft(body: { readonly judgement: UnfinishedJudgement | null }): null;
  /** As in `ContentCalls`; response key and snapshot must be those of the session, the prompt may be left out. */
  saveReview(body: ReviewDraft): Saved;
  /** As in `ContentCalls`. */
  undoReview(body: { readonly reviewId: string; readonly revision: number }): { readonly mark: Mark | null };
  /** What each destination would get if this were saved now, as it would leave. Nothing is stored. */
  previewLeaving(body: { readonly judgement: UnfinishedJudgement }): readonly LeavingView[];
  /** Asks the overlay for another height, in CSS px, and for the room that texts side by side need. */
  resizeEditor(body: { readonly height: number; readonly wide?: true | undefined }): null;
  /** What is stored of this response's review now: for an editor whose save met a conflict. `carried` as in `EditorSession`. */
  readHistory(body: Record<string, never>): {
    readonly history: readonly Review[];
    readonly carried: readonly Finding[] | null;
  };
  /** What policies and earlier rulings have to say of the session's answer, before it is judged. */
  oversight(body: Record<string, never>): EditorOversight;
  /** Opens a case about the session's answer; where one is open, the question is an entry of that. */
  openCase(body: { readonly question: string }): NonNullable<EditorOversight['case']>;
  /** Asks the overlay to take the frame away and give the focus back. */
  closeEditor(body: Record<string, never>): null;
  /** The reviewer has read what changed in the guidelines. */
  sawGuidelines(body: Record<string, never>): null;
  /**
   * Puts a text where the reviewer writes on the page, replacing what is selected there, and sends nothing. `not-found` where
   * no such place is known, or it does not take the text.
   */
  insertText(body: { readonly text: string }): null;
  /** A correction made before, on whatever site, on an answer that this one resembles; null where there is none. */
  correctedBefore(body: Record<string, never>): CorrectedBefore | null;
  /** Pins the session's own answer; answers its id, and how many are pinned now. */
  pin(body: Record<string, never>): { readonly id: string; readonly count: number };
  /** Forgets a pinned answer. */
  unpin(body: { readonly id: string }): null;
  /** What asking the model needs: with its key where it is asked now, without for a look at what would be sent. */
  assistanceTerms(body: { readonly ask: boolean }): AssistanceTerms;
  /** Exchanges the token of `holdDraft` for what the frame beside the composer shows. */
  claimGate(body: { readonly token: string }): GateSession;
  /**
   * What the person decided. `approve` and `override` store the review, then the page may send; `edit` and `line` (Enter only
   * makes a new line in this field) store nothing.
   */
  decideDraft(body: {
    readonly decision: Decision;
    readonly reason: string | null;
    readonly approver: string | null;
    readonly saveId: string;
    readonly visibility: EditorSession['visibility'];
    readonly spentMs: number;
  }): null;
}

/** What the popup and the workbench may ask for. They read the database themselves by live query; whatever writes goes through here. */
export interface PageCalls {
  /** Adds to a case what the reviewer says. */
  addCaseEntry(body: { readonly id: string; readonly text: string }): null;
  /** Whose turn it is; null for nobody's. */
  setCaseOwner(body: { readonly id: string; readonly owner: string | null }): null;
  /** Rules on a case, or anew. */
  ruleCase(body: { readonly id: string; readonly verdict: Verdict; readonly text: string }): null;
  /** Closes a case without a ruling, or opens it again. */
  closeCase(body: { readonly id: string; readonly closed: boolean }): null;
  /** Makes a ruling a clause of the guidelines, with the answer as its example; they get a new version. */
  makeClause(body: {
    readonly id: string;
    readonly title: string;
    readonly text: string;
    readonly labels: readonly string[];
  }): { readonly clause: string; readonly version: string };
  /**
   * Sets which model gives a second opinion; `off` forgets it with its key. A key that is left out is the one stored, null
   * removes it; `invalid` with the field named where something does not fit.
   */
  saveAssistance(body: {
    readonly by: AssistedBy | 'off';
    readonly url: string;
    readonly model: string;
    readonly key?: string | null;
  }): null;
  /** Keeps unsaved work on a stored review across reload and crash, where the editor finds it too; null forgets it. */
  saveDraft(body: { readonly reviewId: string; readonly judgement: UnfinishedJudgement | null }): null;
  /** As in `EditorCalls`, of the next revision of a stored review. */
  previewLeaving(body: { readonly reviewId: string; readonly judgement: UnfinishedJudgement }): readonly LeavingView[];
  /** Revises a stored review from the workbench; response key and snapshot stay those of the revision before. */
  saveReview(body: ReviewDraft): Saved;
  /** As in `ContentCalls`. */
  undoReview(body: { readonly reviewId: string; readonly revision: number }): { readonly mark: Mark | null };
  /**
   * Removes reviews with all revisions and what is still owed of them: by id, by site, all that fit a query (found text,
   * dates), or all. Unless `everywhere` is false, each destination that was or may have been given any of it is owed a
   * tombstone. Answers how many reviews, and how many tombstones; with `more`, the time was up before all was done: the same
   * call goes on.
   */
  deleteReviews(
    body: (
      | { readonly ids: readonly string[] }
      | { readonly site: string }
      | { readonly query: ReviewQuery }
      | { readonly all: true }
    ) & { readonly everywhere?: boolean },
  ): { readonly deleted: number; readonly tombstones: number; readonly more?: true };
  /** Forgets now what is older than the setting keeps; the background does so by itself once a day. */
  forgetOutdated(body: Record<string, never>): { readonly deleted: number; readonly tombstones: number };
  /**
   * Turns memory-only mode on or off, with what becomes of what is there. Destinations are not told of what is deleted by
   * that. `conflict` where a review in memory cannot be written beside one on disk; then all stays as it was.
   */
  setMemoryOnly(body: MemoryOnlyChoice): null;
  /**
   * Removes everything that is stored, tokens, keys, settings and permissions among it, and stops on all pages: the extension
   * is then as it was when it was installed. No destination is told; `deleteReviews` before does that.
   */
  removeEverything(body: Record<string, never>): null;
  /** The reviewer knows that the browser has lost the database that was here before. */
  dismissLoss(body: Record<string, never>): null;
  /**
   * Takes some lines of a backup, in the order of its file; as many calls as it takes. What is stored stays, newer work
   * beats older, and imported destinations are sent nothing before they are saved again. Nothing is refused as a whole.
   */
  importBackup(body: { readonly lines: readonly string[] }): {
    readonly added: number;
    readonly kept: number;
    /** Lines of this call, counted from 1, each with the reason in words. */
    readonly refused: readonly { readonly line: number; readonly why: string }[];
  };
  /**
   * Changes settings; absent fields stay. A pattern of the team's that cannot be used is `invalid`, with its place and what
   * is wrong. What is still owed is prepared anew where something else is redacted now.
   */
  saveSettings(body: Partial<Settings>): Settings;
  /**
   * Adds or replaces a destination. A token or secret that is left out stays as it is, unless the address moves to another
   * origin: then `invalid` names the field to enter again. Where reviews are still owed to the old origin, `owed` must say
   * what becomes of them; without it `invalid` names that field. `keep` leaves the old address as a destination of its own
   * that is owed nothing new, and answers the id of the new one. A new destination is owed nothing of the past, and sends
   * redacted texts unless `sends` says otherwise; where `sends` changes, what is still owed is prepared anew.
   * In Firefox `forbidden` where the user has not consented to sending data; ask `permissions.request` in the click.
   */
  saveDestination(body: DestinationInput & { readonly owed?: 'move' | 'discard' | 'keep' }): { readonly id: string };
  /** Owes a destination all revisions saved before it existed; answers how many were added. */
  deliverEarlier(body: { readonly destinationId: string }): { readonly owed: number };
  /**
   * Takes a project from its file: all of it or nothing. `invalid` names the path of the field and what is wrong; the one
   * before stays. Null goes back to what comes with the program.
   */
  setProject(body: { readonly json: string | null }): null;
  /**
   * Joins a team by the text of its file, or takes its next version: all of it or nothing. `source` is where it came from, for
   * new versions, and what its relative addresses count from; `granted` are match patterns that the browser permitted for it
   * just now. `invalid` names the path and what is wrong.
   */
  joinTeam(body: {
    readonly json: string;
    readonly source: { readonly url: string; readonly token: string | null } | null;
    readonly granted: readonly string[];
  }): null;
  /**
   * Leaves the team: what it set is gone, what was there before is back, the reviews stay. Where deliveries to it still wait,
   * `owed` must say what becomes of them; without it `invalid` names that field. `keep` leaves its destinations until those
   * are delivered, owed nothing new.
   */
  leaveTeam(body: { readonly owed?: 'keep' | 'discard' }): null;
  /** Skips a response of the queue with why, sets it aside again, or (`null`) forgets that it ever was in it. */
  queue(body: {
    readonly site: string;
    readonly responseKey: string;
    readonly state: 'aside' | 'skipped' | null;
    readonly why?: string | null;
    /** Where it is not in the queue yet. */
    readonly snapshot?: Snapshot;
  }): null;
  /**
   * Stores a judgement made in the side panel, of an answer that the page's overlay captured a moment ago or that was set
   * aside. `origin` is that of the frame as the browser told it to the panel. Like the toolbar it says verdict and labels
   * only, and a revision keeps what the editor had added. `off` where the site is not on and nothing of it is kept here.
   */
  judge(body: ReviewDraft & { readonly origin: string }): Saved;
  /**
   * Opens a stored review, or what is in the queue, on its page: finds the answer there by its key, else by its text, brings
   * it into view and, if asked, opens the editor on it. Where that does not work the failure says why in words.
   */
  reopen(
    body: ({ readonly reviewId: string } | { readonly site: string; readonly responseKey: string }) & {
      readonly edit: boolean;
    },
  ): {
    readonly tabId: number;
    /** `changed`: its text is another one now; `moved`: the same text stands there as another message. */
    readonly found: 'same' | 'changed' | 'moved';
  };
  /** Removes a destination and what is still owed to it. */
  removeDestination(body: { readonly id: string }): null;
  /** Tries a destination as it stands in the form, without storing anything there; says what is wrong in words. */
  testDestination(body: DestinationInput): {
    readonly ok: boolean;
    readonly message: string;
    readonly next: string | null;
  };
  /** Sends a made-up review there, hung on the trace where one is given; says in words what became of it. */
  sendSample(body: { readonly destination: DestinationInput; readonly trace: Trace | null }): {
    readonly ok: boolean;
    readonly message: string;
    readonly next: string | null;
  };
  /** Puts dead entries back in the queue: one, or all of a destination. */
  resend(body: { readonly entryId: number } | { readonly destinationId: string }): { readonly requeued: number };
  /** Gives dead entries up for good: one, or all of a destination. The reviews stay. */
  discard(body: { readonly entryId: number } | { readonly destinationId: string }): { readonly discarded: number };
  /** Delivers what is due now, whatever the backoff says, and wakes paused destinations. */
  deliverNow(body: Record<string, never>): null;
  /** Lets the reviewer point at an answer in this tab. `off` where the site is not on. */
  startPicker(body: { readonly tabId: number }): null;
  /** Keeps or replaces one rule of the user's own. `invalid` names the field and what is wrong. */
  saveRule(body: { readonly rule: SiteRule }): null;
  /** Forgets a user rule. */
  removeRule(body: { readonly id: string }): null;
  /** Turns a rule off or on, whoever made it. */
  switchRule(body: { readonly id: string; readonly on: boolean }): null;
  /** Keeps or, with `is: null`, forgets an author. */
  saveAuthor(body: { readonly site: string; readonly author: string; readonly is: AuthorRule['is'] | null }): null;
  /** Takes a rule pack from a file: all of it or, where one rule is refused, nothing, and `invalid` names the rule. */
  importRules(body: { readonly json: string }): { readonly rules: number; readonly authors: number };
  /** Sets where the team's rule pack is fetched from, and fetches it now; null forgets address and pack. */
  setRulePack(body: { readonly url: string | null }): RulePackState;
  /** Fetches the team's rule pack now. Where that fails the last good one stays. */
  updateRulePack(body: Record<string, never>): RulePackState;
  /** Called after the browser granted or lost a site's permission, so that the overlay is there, or gone, at once. */
  refreshSite(body: { readonly origin: string; readonly tabId: number | null }): null;
}

/** What the background tells the overlay of one frame, unasked. No answers. */
export type Push =
  /** Marks or settings changed: ask `openPage` again. */
  | { readonly push: 'pageChanged' }
  | { readonly push: 'resizeEditor'; readonly height: number; readonly wide?: true | undefined }
  | { readonly push: 'closeEditor' }
  /** A review was saved or undone from the editor: the toolbar shows it with its undo. */
  | { readonly push: 'reviewSaved'; readonly saved: Saved }
  /** Rules, authors or the threshold changed: ask `arrive` again. */
  | { readonly push: 'rulesChanged' }
  /** Let the reviewer point at an answer. `origins` of the tab's documents that do so, so that each leaves room for the others. */
  | { readonly push: 'pick'; readonly origins: readonly string[] }
  /** The reviewer pointed at something in another frame: stop pointing. */
  | { readonly push: 'endPick' }
  /** Bring this response into view and, if asked, open the editor on it. */
  | { readonly push: 'showResponse'; readonly responseKey: string; readonly edit: boolean }
  /** What a person decided about the draft that waits in this frame; `holdId` as the gate gave it. */
  | { readonly push: 'draftDecided'; readonly holdId: string; readonly decision: Decision }
  /** The frame beside the composer asks for this height, in CSS px. */
  | { readonly push: 'resizeGate'; readonly holdId: string; readonly height: number }
  /** Review what is selected in this frame, whatever detection says. */
  | { readonly push: 'reviewSelection' }
  /** The site was turned off or everything is paused: go away without a trace. */
  | { readonly push: 'stop' };

export type Calls = { content: ContentCalls; editor: EditorCalls; page: PageCalls };
export type Caller = keyof Calls;

/** One call on the wire. */
export interface Envelope {
  readonly countersign: 1;
  readonly call: string;
  readonly body: unknown;
}

export type Answer<T> = Result<T, Failure>;
