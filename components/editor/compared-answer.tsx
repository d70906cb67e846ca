import { LETTERS } from '../../utils/review/ranking.ts';
import { Button } from '../controls/button.tsx';
import { DiffView } from '../review/diff-view.tsx';
import type { ComparedView } from './compare-model.ts';
import type { CompareActions } from './compare-view.tsx';
import { ComparedRating } from './compared-rating.tsx';

interface ComparedAnswerProps {
  readonly answer: ComparedView;
  /** The words of the button that ranks it. */
  readonly prefer: string;
  readonly keys: boolean;
  readonly on: Pick<CompareActions, 'press' | 'rate' | 'reason'>;
}

/** One of the answers: its text, where it stands, what it is worth by itself. */
export function ComparedAnswer({ answer, prefer, keys, on }: ComparedAnswerProps) {
  const { letter, text, standing, name, ratings, diff } = answer;
  return (
    <section class="cmp-answer" aria-label={`Answer ${letter}`} {...(answer.isBest && { 'data-best': '' })}>
      <div class="cmp-head">
        <Button
          pressed={answer.isBest}
          onPress={(event) => on.press(LETTERS.indexOf(letter), event)}
          {...(keys && { keys: letter.toLowerCase() })}
        >
          {prefer}
        </Button>
        {standing !== null && <strong class="cmp-place">{standing}</strong>}
      </div>
      {name !== null && (
        <p class="cmp-name quiet small captured">
          <bdi>{name}</bdi>
        </p>
      )}
      {diff ? (
        <DiffView diff={diff} label={`Differences of answer ${letter} from answer A`} />
      ) : (
        // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard
        <section class="cmp-text captured" aria-label={`Text of answer ${letter}`} dir="auto" tabIndex={0}>
          {text}
        </section>
      )}
      {answer.dimensions.map((dimension) => (
        <ComparedRating
          key={dimension.id}
          of={answer}
          dimension={dimension}
          rating={ratings.find((rating) => rating.dimension === dimension.id)}
          problem={answer.problems.get(dimension.id) ?? null}
          on={on}
        />
      ))}
    </section>
  );
}
