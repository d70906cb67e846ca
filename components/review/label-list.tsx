import type { Label } from '../../utils/review/rubric.ts';

interface LabelListProps {
  /** Label ids of a review. */
  readonly ids: readonly string[];
  /** The rubric's labels; an id that is not among them was made under another version and is shown as it is. */
  readonly labels: readonly Label[];
}

/** The labels of one review, to read. */
export function LabelList({ ids, labels }: LabelListProps) {
  if (ids.length === 0) return null;
  return (
    <ul class="rv-labels" aria-label="Labels">
      {ids.map((id) => (
        <li key={id} class="rv-label captured">
          {labels.find((label) => label.id === id)?.name ?? id}
        </li>
      ))}
    </ul>
  );
}
