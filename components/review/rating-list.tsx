import type { Dimension } from '../../utils/review/rubric.ts';
import { valueWords } from '../../utils/review/scale.ts';
import type { Rating } from '../../utils/review/schema.ts';

interface RatingListProps {
  readonly ratings: readonly Rating[];
  /** The rubric's questions; one that is not among them is shown by its id. */
  readonly dimensions: readonly Dimension[];
}

/** The answers of one review, to read. */
export function RatingList({ ratings, dimensions }: RatingListProps) {
  if (ratings.length === 0) return null;
  return (
    <dl class="rv-ratings">
      {ratings.map(({ dimension: id, value, reason }) => {
        const dimension = dimensions.find((one) => one.id === id);
        return (
          <div key={id}>
            <dt class="quiet captured">{dimension?.name ?? id}</dt>
            <dd class="captured" dir="auto">
              {valueWords(dimension, value)}
              {reason !== undefined && <span class="quiet"> · {reason}</span>}
            </dd>
          </div>
        );
      })}
    </dl>
  );
}
