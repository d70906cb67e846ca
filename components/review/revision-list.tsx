import type { Review } from '../../utils/review/schema.ts';
import { timeWords } from '../workbench/wording.ts';
import { VerdictBadge } from './verdict-badge.tsx';

/** As much of a revision as the list shows. */
export type RevisionLine = Pick<Review, 'revision' | 'createdAt'> & {
  readonly judgement: Pick<Review['judgement'], 'verdict' | 'comment'>;
  /** Who judged, where that is worth saying. */
  readonly reviewer?: Pick<Review['reviewer'], 'name'>;
};

interface RevisionListProps {
  /** Oldest first, as stored. */
  readonly revisions: readonly RevisionLine[];
  /** ms since 1970. */
  readonly now: number;
  /** The revision that is looked at; with `onShow`, any other can be chosen. */
  readonly shown?: number;
  readonly onShow?: (revision: number) => void;
}

/** All revisions of one review, newest first. None is ever changed: each stands as it was saved. */
export function RevisionList({ revisions, now, shown, onShow }: RevisionListProps) {
  return (
    <ol class="rv-revisions" reversed>
      {revisions.toReversed().map(({ revision, createdAt, judgement, reviewer }) => (
        <li key={revision}>
          <div class="rv-revision-line">
            <VerdictBadge verdict={judgement.verdict} />
            <span class="quiet">
              Revision {revision}, saved <time dateTime={createdAt}>{timeWords(createdAt, now)}</time>
              {reviewer?.name && ` by ${reviewer.name}`}
            </span>
            {onShow && revisions.length > 1 && (
              <button
                type="button"
                class="rv-revision-show"
                aria-label={`Show revision ${revision}`}
                aria-current={revision === shown ? 'true' : undefined}
                disabled={revision === shown}
                onClick={() => onShow(revision)}
              >
                {revision === shown ? 'Shown' : 'Show'}
              </button>
            )}
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
