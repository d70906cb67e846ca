import '../../../components/editor/editor.css';
import { useEffect, useState } from 'preact/hooks';
import { ReviseForm } from '../../../components/workbench/revise-form.tsx';
import type { Review, UnfinishedJudgement } from '../../../utils/review/schema.ts';
import { judgingOf, judgingView } from '../../../utils/storage/judging.ts';
import { readRevisions } from '../../../utils/storage/list.ts';
import { startRevising } from '../store/revising.ts';
import type { Workbench } from '../workbench.ts';

export interface ReviseProps {
  readonly workbench: Workbench;
  /** Oldest first, not empty; as it stood when the form was opened. */
  readonly history: readonly Review[];
  /** Unsaved work to go on with. */
  readonly draft: UnfinishedJudgement | null;
  readonly onClose: () => void;
}

type Judged = Awaited<ReturnType<typeof judgingView>>;

/** The form that adds a revision, once it is known what the answer is judged by now. */
export function Revise(props: ReviseProps) {
  const { workbench, history } = props;
  const [judged, setJudged] = useState<Judged | null>(null);
  useEffect(() => {
    const newest = history.at(-1);
    if (!newest) return;
    const { database } = workbench;
    void judgingOf(database, newest.origin, newest.snapshot)
      .then((judging) => judgingView(database, judging, history))
      .then(setJudged);
  }, [workbench, history]);
  return judged && <Form {...props} judged={judged} />;
}

/** Its session lives as long as the form is shown. */
function Form({ workbench, history, draft, onClose, judged }: ReviseProps & { readonly judged: Judged }) {
  // One session per form: it grows its own history and draft, and what changes in the database meanwhile starts no other.
  const [revising] = useState(() =>
    startRevising({
      call: workbench.call,
      history,
      draft,
      judged,
      settings: workbench.settings.peek(),
      readHistory: () => readRevisions(workbench.database, history[0]?.id ?? ''),
      onClose,
    }),
  );
  useEffect(() => {
    document.querySelector<HTMLElement>('.wb-revise [role="radio"][tabindex="0"]')?.focus();
    return () => void revising.end();
  }, [revising]);
  return <ReviseForm model={revising.model()} on={revising.on} />;
}
