/** The small signs on an answer: that it has a review, or asks for one. */
import type { Mark } from '../../utils/review/mark.ts';
import { VerdictIcon } from './verdict-icon.tsx';
import type { Legend } from './view.ts';
import { triageWords, verdictWords } from './words.ts';

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

interface AskButtonProps extends Pick<MarkButtonProps, 'left' | 'top' | 'onPress'> {
  readonly asks: boolean;
  readonly corrected: boolean;
  /** There is room for the words; else they are its name only. */
  readonly inWords: boolean;
}

/** The sign on an answer that wants a look. Why is for the editor: the page can read this one. */
export function AskButton({ asks, corrected, inWords, left, top, onPress }: AskButtonProps) {
  const words = triageWords({ asks, corrected });
  return (
    <button
      type="button"
      class={inWords ? 'mark ask in-words' : 'mark ask'}
      aria-label={`${words}. Review it.`}
      title={words}
      style={{ left: `${left}px`, top: `${top}px` }}
      onMouseDown={(event) => event.preventDefault()}
      onClick={onPress}
    >
      {inWords ? words : <span aria-hidden="true">?</span>}
    </button>
  );
}
