import { Disclosure } from '../controls/disclosure.tsx';
import { type RevisionLine, RevisionList } from '../review/revision-list.tsx';
import { timeWords } from '../workbench/wording.ts';

interface HistoryNoteProps {
  /** Oldest first. */
  readonly history: readonly RevisionLine[];
  /** ms since 1970. */
  readonly now: number;
}

const sentence = {
  approve: 'You approved this',
  correct: 'You corrected this',
  reject: 'You rejected this',
  unsure: 'You were unsure about this',
} as const;

/** That the answer was judged before, how, and when. */
export function HistoryNote({ history, now }: HistoryNoteProps) {
  const newest = history.at(-1);
  if (!newest) return null;
  const summary = `${sentence[newest.judgement.verdict]} ${timeWords(newest.createdAt, now)} · Revision ${newest.revision}`;
  return (
    <div class="ed-history">
      <Disclosure summary={summary}>
        <RevisionList revisions={history} now={now} />
        <p class="quiet small ed-history-rule">
          Saving adds revision {newest.revision + 1}. Earlier ones stay as they are.
        </p>
      </Disclosure>
    </div>
  );
}
