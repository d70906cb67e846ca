import { Check, TriangleAlert } from 'lucide';
import { type Standings, sinceWords, standingWords } from '../../utils/recurrence/view.ts';
import type { Recurrence } from '../../utils/review/schema.ts';
import { Status } from '../controls/status.tsx';

interface StandingNoteProps {
  /** What this review says of the model; null where its answer reminds of no correction. */
  readonly recurrence: Recurrence | null;
  /** How often the model was found in each state since this review's correction, or since the one that it reminds of. */
  readonly since: Standings | null;
}

/** How the model stands to a correction: by this answer, and by all that were seen since. */
export function StandingNote({ recurrence, since }: StandingNoteProps) {
  const seen = since && sinceWords(since);
  if (!recurrence && !seen) return null;
  const fixed = recurrence?.state === 'fixed';
  return (
    <div>
      {recurrence && (
        <Status tone={fixed ? 'good' : 'warn'} icon={fixed ? Check : TriangleAlert}>
          {standingWords[recurrence.state]} <a href={`#/reviews/${recurrence.reviewId}`}>Corrected before</a>
        </Status>
      )}
      {seen && (
        <p class="quiet">
          {recurrence ? 'All answers like this one since then' : 'Answers like this one since it was corrected'}: {seen}
          .
        </p>
      )}
    </div>
  );
}
