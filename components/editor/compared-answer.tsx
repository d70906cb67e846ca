import { LETTERS } from '../../utils/review/ranking.ts';
import type { Dimension } from '../../utils/review/rubric.ts';
import { Button } from '../controls/button.tsx';
import { DiffView } from '../review/diff-view.tsx';
import { AnswerField } from './answer-field.tsx';
import type { ComparedView } from './compare-model.ts';
import type { CompareActions } from './compare-view.tsx';

interface ComparedAnswerProps {
  readonly answer: ComparedView;
  readonly dimensions: readonly Dimension[];
  /** The words of the button that ranks it. */
  readonly prefer: string;
  readonly keys: boolean;
  readonly on: Pick<CompareActions, 'press' | 'rate'>;
}

/** One of the answers: its text, where it stands, what it is worth by itself. */
export function ComparedAnswer({ answer, dimensions, prefer, keys, on }: ComparedAnswerProps) {
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
      {dimensions.map((dimension) => (
        <div key={dimension.id} class="cmp-rating" data-scale={dimension.id} data-answer={answer.key}>
          <span class="small quiet captured">{dimension.name}</span>
          <AnswerField
            dimension={{ ...dimension, name: `${dimension.name} of answer ${letter}` }}
            value={ratings.find((rating) => rating.dimension === dimension.id)?.value ?? null}
            onRate={(value, event) => on.rate(answer.key, dimension.id, value, event)}
          />
        </div>
      ))}
    </section>
  );
}
