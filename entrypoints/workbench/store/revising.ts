/** Revising a stored review: the editor's session, with the workbench's calls. */
import { effect, signal } from '@preact/signals';
import { findingsActions } from '../../../components/editor/findings-model.ts';
import { focusProblem } from '../../../components/editor/focus-problem.ts';
import { modelOf } from '../../../components/editor/model.ts';
import type { EditorActions, EditorModel } from '../../../components/editor/view.ts';
import { ActiveTime } from '../../../utils/editing/active-time.ts';
import { typedText } from '../../../utils/editing/copied.ts';
import { Desk } from '../../../utils/editing/desk.ts';
import { Editor, type SessionCalls } from '../../../utils/editing/editor.ts';
import { LiveDiff } from '../../../utils/editing/live-diff.ts';
import type { Call } from '../../../utils/messaging/client.ts';
import type { EditorSession, PageCalls } from '../../../utils/messaging/contract.ts';
import { ok } from '../../../utils/result.ts';
import { defaultRubric } from '../../../utils/review/rubric.ts';
import type { Review, UnfinishedJudgement } from '../../../utils/review/schema.ts';
import type { Settings } from '../../../utils/storage/settings-shape.ts';

export interface Revising {
  readonly reviewId: string;
  /** What the form shows now. Reads signals, so that a view that calls it follows them. */
  readonly model: () => EditorModel;
  readonly on: EditorActions;
  /** Keeps what is unsaved and stops. */
  readonly end: () => Promise<void>;
}

interface RevisingParts {
  readonly call: Call<PageCalls>;
  /** Oldest first, not empty. */
  readonly history: readonly Review[];
  readonly draft: UnfinishedJudgement | null;
  readonly settings: Settings;
  /** What it is judged by now; what comes with the program where nothing is said. */
  readonly judged?: Pick<EditorSession, 'rubric' | 'guidelines' | 'earlierRubrics'>;
  /** All that is stored of the review now, oldest first. */
  readonly readHistory: () => Promise<readonly Review[]>;
  /** The form is closed. */
  readonly onClose: () => void;
  readonly page?: Document;
}

/** The session's calls as the workbench makes them: a draft is kept by its review. */
function sessionCalls({ call, readHistory }: RevisingParts, newest: Review): Call<SessionCalls> {
  const ask = async (verb: keyof SessionCalls, body: never) => {
    if (verb === 'saveDraft') return call('saveDraft', { ...(body as object), reviewId: newest.id } as never);
    if (verb !== 'readHistory') return call(verb, body);
    const history = await readHistory();
    const { carriedTo } = await import('../../../utils/anchoring/carry.ts');
    return ok({ history, carried: await carriedTo(newest.snapshot, history.at(-1)) });
  };
  return ask as Call<SessionCalls>;
}

const isMac = /Mac|iPhone|iPad/.test(navigator.platform);

/** Begins to revise the newest revision, from unsaved work where there is some. */
export function startRevising(parts: RevisingParts): Revising {
  const { history, draft, settings, onClose, page = document } = parts;
  const { judged = { rubric: defaultRubric, guidelines: null, earlierRubrics: [] } } = parts;
  const newest = history.at(-1);
  if (!newest) throw new RangeError('a review has at least one revision');
  const session = {
    responseKey: newest.responseKey,
    snapshot: newest.snapshot,
    trace: newest.snapshot.trace ?? null,
    ...judged,
    history,
    carried: null,
    draft,
    startWith: 'verdict' as const,
    // Nothing covers a page of the extension's own.
    visibility: 'verified' as const,
    selection: null,
    variants: [],
    pins: [],
    assistance: null,
    snippets: settings.snippets,
    destinations: [],
    settings,
  };
  const editor = new Editor(session, { call: sessionCalls(parts, newest) });
  const desk = new Desk(editor);
  const diff = new LiveDiff();
  const time = new ActiveTime();
  const copied = signal<boolean | null>(null);
  const gone = new AbortController();
  time.watch(page, gone.signal);
  page.defaultView?.addEventListener('pagehide', () => void editor.keepNow(), { signal: gone.signal });
  const stopDiff = effect(() => {
    const { correction } = editor.judgement.value;
    if (correction === null) diff.clear();
    else diff.compare(editor.answer, correction);
  });

  const save = async () => {
    copied.value = null;
    await editor.save({ visibility: 'verified', spentMs: time.ms });
    if (editor.phase.peek().is === 'saved') time.reset();
    if (editor.refusal.peek() === 'rubric') focusProblem(editor.problems.peek(), page);
  };
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(typedText(editor.judgement.peek()));
      copied.value = true;
    } catch {
      copied.value = false;
    }
  };
  const end = async () => {
    gone.abort();
    stopDiff();
    diff.clear();
    await editor.keepNow();
  };
  return {
    reviewId: newest.id,
    model: () => modelOf(editor, { desk, diff: diff.diff.value, copied: copied.value, isMac }),
    end,
    on: {
      pickVerdict: (verdict) => editor.pickVerdict(verdict),
      rate: (dimension, value) => editor.rate(dimension, value),
      dismissNews: () => undefined,
      reason: (dimension, text) => editor.reason(dimension, text),
      toggleLabel: (id) => editor.toggleLabel(id),
      correct: (text) => editor.correct(text),
      comment: (text) => editor.comment(text),
      link: (text) => editor.link(text),
      save: () => void save(),
      undo: () => void editor.undo(),
      discard: () => editor.discard(),
      bringBack: () => editor.bringBack(),
      copy: () => void copy(),
      leaves: {
        ask: () => parts.call('previewLeaving', { reviewId: newest.id, judgement: editor.judgement.peek() }),
        of: editor.judgement,
      },
      takeTheirs: () => editor.takeTheirs(),
      findings: findingsActions(desk, editor, () => true),
      close: onClose,
    },
  };
}
