import { TriangleAlert } from 'lucide';
import { Button } from '../controls/button.tsx';
import { Status } from '../controls/status.tsx';
import type { RevisionLine } from '../review/revision-list.tsx';
import { VerdictBadge } from '../review/verdict-badge.tsx';

interface ConflictNoteProps {
  /** What was saved elsewhere meanwhile. */
  readonly theirs: RevisionLine;
  readonly onTake: (event: MouseEvent) => void;
}

const time = new Intl.DateTimeFormat('en', { hour: '2-digit', minute: '2-digit', hour12: false });

/** Another tab saved first: what it says, and that nothing is lost either way. */
export function ConflictNote({ theirs, onTake }: ConflictNoteProps) {
  const { revision, createdAt, judgement } = theirs;
  return (
    <div class="ed-conflict">
      <Status tone="warn" icon={TriangleAlert} role="alert">
        Not saved yet: this answer was judged in another place at {time.format(new Date(createdAt))}. Save again, and
        yours comes after it as revision {revision + 1}; both stay.
      </Status>
      <div class="ed-conflict-line">
        <span class="quiet">Revision {revision}:</span>
        <VerdictBadge verdict={judgement.verdict} />
        {judgement.comment !== null && <span class="captured ed-conflict-words">{judgement.comment}</span>}
        <Button kind="quiet" onPress={onTake}>
          Take that one instead
        </Button>
      </div>
    </div>
  );
}
