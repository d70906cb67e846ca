import type { Review } from '../../utils/review/schema.ts';
import { timeWords } from '../workbench/wording.ts';
import { VerdictBadge } from './verdict-badge.tsx';

/** As much of a revision as the list shows. */
export type RevisionLine = Pick<Review, 'revision' | 'createdAt'> & {
  readonly judgement: Pick<Review['judgement'], 'verdict' | 'comment'>;
};

interface RevisionListProps {
  /** Oldest first, as stored. */
  readonly revisions: readonly RevisionLine[];
  /** ms since 1970. */
  readonly now: number;
}

/** All revisions of one review, newest first. None is ever changed: each stands as it was saved. */
export function RevisionList({ revisions, now }: RevisionListProps) {
  return (
    <ol class="rv-revisions" reversed>
      {revisions.toReversed().map(({ revision, createdAt, judgement }) => (
        <li key={revision}>
          <div class="rv-revision-line">
            <VerdictBadge verdict={judgement.verdict} />
            <span class="quiet">
              Revision {revision}, saved <time dateTime={createdAt}>{timeWords(createdAt, now)}</time>
            </span>
          </div>
          {judgement.comment !== null && (
            <p class="rv-revision-comment captured" dir="auto">
              {judgement.comment}
            </p>
          )}
        </li>
      ))}
    </ol>
  );
}
