/** What the views show, read off the session. */

import type { Desk } from '../../utils/editing/desk.ts';
import type { Editor } from '../../utils/editing/editor.ts';
import type { TextDiff } from '../../utils/review/diff.ts';
import { findingsModelOf } from './findings-model.ts';
import type { EditorModel, SaveView, Used } from './view.ts';

/** Opens the guidelines from a control. */
const GUIDE_KEY = 'g';

function saveView(editor: Editor, copied: boolean | null): SaveView {
  const phase = editor.phase.value;
  const dirty = editor.dirty.value;
  const revision = editor.history.value.at(-1)?.revision ?? 0;
  const isSettled = phase.is === 'editing' || phase.is === 'saved' || phase.is === 'failed';
  return {
    is: !isSettled ? phase.is : dirty || revision === 0 ? 'unsaved' : 'saved',
    revision,
    draft: editor.draft.value.is,
    dirty: dirty || editor.comparison.value !== null,
    undoUntil: phase.is === 'saved' ? phase.undoUntil : null,
    inMemory: phase.is === 'saved' ? phase.inMemory : undefined,
    problem: phase.is === 'failed' ? phase.failure : null,
    refusal: editor.refusal.value,
    theirs: phase.is === 'conflict' ? phase.theirs : null,
    copied,
  };
}

export interface ModelParts {
  readonly desk: Desk;
  readonly diff: TextDiff | null;
  readonly copied: boolean | null;
  readonly isMac: boolean;
  readonly used?: Used | null;
}

/** The model of this moment. Reads signals, so that a view that calls it follows them. */
export function modelOf(editor: Editor, { desk, diff, copied, isMac, used = null }: ModelParts): EditorModel {
  const { snapshot, rubric, earlierRubrics, guidelines, destinations, settings } = editor.session;
  const problems = editor.problems.value;
  const refused = editor.refusal.value === 'rubric';
  const { verdict, labels, ratings, correction, comment } = editor.form.value;
  return {
    snapshot,
    rubric,
    earlierRubrics,
    guidelines,
    asked: editor.session.asked?.reasons ?? null,
    problems: refused ? problems : problems.filter((problem) => problem.is === 'against'),
    guideKey: settings.singleKeys && !Object.values(settings.keys).includes(GUIDE_KEY) ? GUIDE_KEY : null,
    verdictKeys: settings.singleKeys ? settings.keys : null,
    keys: settings.keys,
    edits: { canUndo: editor.canUndoEdit.value, canRedo: editor.canRedoEdit.value },
    singleKeys: settings.singleKeys,
    chord: settings.chord,
    saveKeys: isMac ? '⌘+Enter' : 'Ctrl+Enter',
    destinations,
    keepPrompt: settings.keepPrompt,
    history: editor.history.value,
    fields: { verdict, labels, ratings, correction, comment },
    findings: findingsModelOf(desk, editor),
    trace: editor.answerTrace.value,
    corrected: editor.judgement.value.correction !== null,
    diff,
    used,
    save: saveView(editor, copied),
    comparing: editor.comparison.value?.shown.length ?? null,
  };
}
