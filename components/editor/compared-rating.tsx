import { NOTE_LIMIT } from '../../utils/review/limits.ts';
import type { Dimension } from '../../utils/review/rubric.ts';
import { needsReason } from '../../utils/review/rubric-use.ts';
import { valueWords } from '../../utils/review/scale.ts';
import type { Rating } from '../../utils/review/schema.ts';
import { TextArea } from '../controls/text-area.tsx';
import { AnswerField, answerId } from './answer-field.tsx';
import type { CompareActions } from './compare-view.tsx';
import { isTyped } from './dimension-field.tsx';

interface ComparedRatingProps {
  /** Key and letter of the answer. */
  readonly of: { readonly key: string; readonly letter: string };
  readonly dimension: Dimension;
  readonly rating: Rating | undefined;
  /** What keeps it from being stored, in words. */
  readonly problem: string | null;
  readonly on: Pick<CompareActions, 'rate' | 'reason'>;
}

/** One question of the rubric, asked of one of several answers: as small as can be, with all that its form has. */
export function ComparedRating({ of, dimension, rating, problem, on }: ComparedRatingProps) {
  const { key, letter } = of;
  const { name } = dimension;
  // Each answer has this question once, so that ids take in whose it is; the names do so for those who hear them.
  const id = key === 'own' ? dimension.id : `${letter}-${dimension.id}`;
  const own = { ...dimension, id, name: `${name} of answer ${letter}` };
  const value = rating?.value ?? null;
  const problemId = `ed-problem-${id}`;
  const label = (
    <>
      {name}
      <span class="visually-hidden"> of answer {letter}</span>
    </>
  );
  return (
    <div class="cmp-rating">
      {isTyped(dimension) ? (
        <label class="small quiet captured" for={answerId(id)}>
          {label}
        </label>
      ) : (
        <span class="small quiet captured" aria-hidden="true">
          {name}
        </span>
      )}
      <div data-scale={dimension.id} data-answer={key} data-problem={problem === null ? undefined : ''}>
        <AnswerField
          dimension={own}
          value={value}
          describedBy={problem === null ? undefined : problemId}
          onRate={(next, event) => on.rate(key, dimension.id, next, event)}
        />
      </div>
      {problem !== null && (
        <p id={problemId} class="ed-wrong small">
          {problem}
        </p>
      )}
      {value !== null && needsReason(dimension, value) && (
        <>
          <label class="small quiet captured" for={`ed-reason-${id}`}>
            {`Why “${valueWords(dimension, value)}”?`}
            <span class="visually-hidden"> {own.name}</span>
          </label>
          <TextArea
            id={`ed-reason-${id}`}
            value={rating?.reason ?? ''}
            minLines={1}
            maxLines={4}
            maxLength={NOTE_LIMIT}
            onInput={(text) => on.reason(key, dimension.id, text)}
          />
        </>
      )}
    </div>
  );
}
