/** The small sign on an answer that has a review. */
import type { Mark } from '../../utils/review/mark.ts';
import { VerdictIcon } from './verdict-icon.tsx';
import type { Legend } from './view.ts';
import { verdictWords } from './words.ts';

interface MarkButtonProps {
  readonly mark: Mark;
  readonly labels: Legend['labels'];
  /** In CSS px of the viewport. */
  readonly left: number;
  readonly top: number;
  readonly onPress: (event: MouseEvent) => void;
}

export function MarkButton({ mark, labels, left, top, onPress }: MarkButtonProps) {
  const name = `Your review: ${verdictWords(mark, labels)}. Open it.`;
  return (
    <button
      type="button"
      class="mark"
      aria-label={name}
      title={name}
      style={{ left: `${left}px`, top: `${top}px` }}
      onMouseDown={(event) => event.preventDefault()}
      onClick={onPress}
    >
      <VerdictIcon verdict={mark.verdict} size={12} />
    </button>
  );
}
