/** What the editor shows and what it can be told, as plain data: the state lives in the frame's own store. */

import type { Refusal } from '../../utils/editing/editor.ts';
import type { TextDiff } from '../../utils/review/diff.ts';
import type { LeavingView } from '../../utils/review/leaving-view.ts';
import type { GuidelinesView } from '../../utils/review/project.ts';
import type { Rubric } from '../../utils/review/rubric.ts';
import type { Problem } from '../../utils/review/rubric-use.ts';
import type { Rating, Snapshot, Verdict } from '../../utils/review/schema.ts';
import type { RevisionLine } from '../review/revision-list.tsx';
import type { Keys } from '../settings/types.ts';
import type { FindingsActions, FindingsModel } from './findings-model.ts';

/** What the reviewer has filled in. */
interface EditorFields {
  readonly verdict: Verdict | null;
  readonly labels: readonly string[];
  readonly ratings: readonly Rating[];
  readonly correction: string;
  readonly comment: string;
}

/** Where the work stands. */
export interface SaveView {
  readonly is: 'unsaved' | 'saving' | 'saved' | 'undoing' | 'undone' | 'discarded' | 'conflict';
  /** The newest stored revision; 0 where there is none. */
  readonly revision: number;
  readonly draft: 'none' | 'waiting' | 'kept' | 'failed';
  /** There is work that could be discarded. */
  readonly dirty: boolean;
  /** What is saved is gone when the browser closes. */
  readonly inMemory: true | undefined;
  /** ms since 1970; null where there is nothing to undo. */
  readonly undoUntil: number | null;
  /** What went wrong, with one thing to do. */
  readonly problem: { readonly message: string; readonly next: string } | null;
  /** Why "Save" was not accepted. */
  readonly refusal: Refusal;
  /** What was saved elsewhere meanwhile; null where nothing was. */
  readonly theirs: RevisionLine | null;
  /** What became of "Copy text". */
  readonly copied: boolean | null;
}

/** Keys as `KeyboardEvent.key`; null where single keys are switched off. */
export type VerdictKeys = Readonly<Record<Verdict, string>> | null;

export interface EditorModel {
  readonly snapshot: Snapshot;
  readonly rubric: Rubric;
  /** Rubrics of earlier revisions, for the names of what this one does not have. */
  readonly earlierRubrics: readonly Rubric[];
  readonly guidelines: GuidelinesView | null;
  /** Why triage asks for this review, strongest first; null where it does not. */
  readonly asked: readonly string[] | null;
  /** What of the form the rubric does not accept: contradictions at once, what is missing after a save that was refused. */
  readonly problems: readonly Problem[];
  /** Key that opens the guidelines from a control; null where single keys are off or it means something else. */
  readonly guideKey: string | null;
  readonly verdictKeys: VerdictKeys;
  /** Keys of all actions, for the cheat sheet. */
  readonly keys: Keys;
  readonly edits: EditsView;
  readonly singleKeys: boolean;
  readonly chord: string;
  /** `Ctrl+Enter`, on a Mac `⌘+Enter`. */
  readonly saveKeys: string;
  readonly destinations: readonly string[];
  readonly keepPrompt: boolean;
  readonly history: readonly RevisionLine[];
  readonly fields: EditorFields;
  readonly findings: FindingsModel;
  /** What is typed as the answer's trace, else what was found of it. */
  readonly trace: TraceView;
  /** The correction says something else than the answer. */
  readonly corrected: boolean;
  readonly diff: TextDiff | null;
  /** What became of the correction that was to be put into the page or copied; null before. */
  readonly used: Used | null;
  readonly save: SaveView;
  /** How many answers are compared in a comparison that is not ended; null where there is none. */
  readonly comparing: number | null;
}

/** The trace of the answer, as its field shows it. */
export interface TraceView {
  readonly text: string;
  /** As the page or the revision before has it; empty for none. */
  readonly known: string;
  /** What is typed says something else. */
  readonly isOwn: boolean;
}

/** Whether changes to the form can be undone, or done again. */
export interface EditsView {
  readonly canUndo: boolean;
  readonly canRedo: boolean;
}

/** In words, with whether it went well. */
export interface Used {
  readonly ok: boolean;
  readonly words: string;
}

/** What the reviewer does. Events come along where a judgement is made: `isTrusted` decides. */
export interface EditorActions {
  readonly pickVerdict: (verdict: Verdict, event: Event) => void;
  /** `event`: what picked the answer; null where it is typed. A null value takes it back. */
  readonly rate: (dimension: string, value: Rating['value'] | null, event: Event | null) => void;
  /** Why this answer. */
  readonly reason: (dimension: string, text: string) => void;
  /** The reviewer has read what changed in the guidelines. */
  readonly dismissNews: (event: MouseEvent) => void;
  readonly toggleLabel: (id: string, event: Event) => void;
  readonly correct: (text: string) => void;
  readonly comment: (text: string) => void;
  /** Says what the answer's trace is. */
  readonly link: (text: string) => void;
  readonly save: (event: MouseEvent) => void;
  readonly undo: (event: MouseEvent) => void;
  readonly discard: (event: MouseEvent) => void;
  readonly bringBack: (event: MouseEvent) => void;
  /** The revision that was saved elsewhere instead of one's own work. */
  readonly takeTheirs: (event: MouseEvent) => void;
  readonly findings: FindingsActions;
  readonly copy: (event: MouseEvent) => void;
  /** Undoes a change to the form, or does it again; absent where there are only keys for it. */
  readonly edit?: (by: 1 | -1, event: MouseEvent) => void;
  /** What would leave of it. */
  readonly leaves: LeavingActions;
  /** Puts the correction where the reviewer writes on the page, or on the clipboard; absent where there is no page around. */
  readonly use?: (how: 'insert' | 'copy', event: MouseEvent) => void;
  /** To the comparison; absent where there is none. */
  readonly compare?: (event: MouseEvent) => void;
  readonly close: (event: MouseEvent) => void;
}

/** What each destination would get of the form as it is. */
export interface LeavingActions {
  readonly ask: () => Promise<
    | { readonly ok: true; readonly value: readonly LeavingView[] }
    | { readonly ok: false; readonly error: { readonly message: string; readonly next: string } }
  >;
  /** Calls at once, and whenever the form has changed; answers how to stop that. */
  readonly of: { readonly subscribe: (listen: () => void) => () => void };
}

/** Ids of the places that keys and messages lead to. */
export const places = {
  verdict: 'ed-verdict',
  labels: 'ed-labels',
  finding: 'ed-answer',
  correction: 'ed-correction',
  comment: 'ed-comment',
  assistance: 'ed-assistance',
  save: 'ed-save',
} as const;
