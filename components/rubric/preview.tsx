import { useState } from 'preact/hooks';
import type { Guidelines } from '../../utils/review/project.ts';
import type { Rubric } from '../../utils/review/rubric.ts';
import { problemsOf, settled } from '../../utils/review/rubric-use.ts';
import { afterDigit, type Value } from '../../utils/review/scale.ts';
import type { UnfinishedJudgement } from '../../utils/review/schema.ts';
import { Button } from '../controls/button.tsx';
import { Field } from '../controls/field.tsx';
import { TextArea } from '../controls/text-area.tsx';
import { RubricFields } from '../editor/rubric-fields.tsx';
import { VerdictField } from '../editor/verdict-field.tsx';

interface PreviewProps {
  readonly rubric: Rubric;
  readonly guidelines: Guidelines | null;
}

const nothing: UnfinishedJudgement = { verdict: null, labels: [], ratings: [], correction: null, comment: null };

/** The form as reviewers will have it, to try out: the editor's own fields, with nothing behind them. */
export function Preview({ rubric, guidelines }: PreviewProps) {
  const [judgement, setJudgement] = useState(nothing);
  const change = (part: Partial<UnfinishedJudgement>) => setJudgement({ ...judgement, ...part });
  const { labels, ratings } = judgement;
  // What was taken out of the rubric while it is tried.
  const known = {
    ...judgement,
    labels: labels.filter((id) => rubric.labels.some((label) => label.id === id)),
    ratings: ratings.filter(({ dimension }) => rubric.dimensions.some(({ id }) => id === dimension)),
  };
  const problems = problemsOf(settled(known, rubric), rubric);
  const toggle = (id: string) =>
    change({ labels: labels.includes(id) ? labels.filter((one) => one !== id) : [...labels, id] });
  const rate = (dimension: string, value: Value | null) => {
    const others = ratings.filter((rating) => rating.dimension !== dimension);
    const before = ratings.find((rating) => rating.dimension === dimension);
    change({ ratings: value === null ? others : [...others, { ...before, dimension, value }] });
  };
  const reason = (dimension: string, text: string) =>
    change({
      ratings: ratings.map((rating) => (rating.dimension === dimension ? { ...rating, reason: text } : rating)),
    });
  const onKeyDown = (event: KeyboardEvent) => {
    const { target, key, ctrlKey, metaKey, altKey } = event;
    const typing = target instanceof Element && target.matches('textarea, input, select');
    if (!/^[1-9]$/.test(key) || ctrlKey || metaKey || altKey || typing || event.defaultPrevented) return;
    const scale = target instanceof Element ? target.closest('[data-scale]')?.getAttribute('data-scale') : null;
    const dimension = rubric.dimensions.find(({ id }) => id === scale);
    const label = rubric.labels[Number(key) - 1];
    if (dimension) {
      const value = ratings.find((rating) => rating.dimension === dimension.id)?.value ?? null;
      const next = afterDigit(dimension.scale, value, Number(key));
      if (next !== undefined) rate(dimension.id, next);
    } else if (label) toggle(label.id);
    else return;
    event.preventDefault();
  };
  const words = judgement.verdict === null ? ['Choose a verdict first.'] : problems.map((problem) => problem.words);
  return (
    <section class="ru-preview ed" aria-label="Preview" onKeyDown={onKeyDown}>
      <div class="ru-preview-head">
        <h2>Preview</h2>
        <Button kind="quiet" onPress={() => setJudgement(nothing)}>
          Start over
        </Button>
      </div>
      <p class="quiet small">The form as reviewers will have it. Try it; nothing is stored.</p>
      <div class="ed-fields">
        <VerdictField value={judgement.verdict} keys={null} onPick={(verdict) => change({ verdict })} />
        <RubricFields
          rubric={rubric}
          earlierRubrics={[]}
          guidelines={guidelines}
          fields={known}
          problems={problems.filter((problem) => problem.is !== 'missing')}
          guideKey="g"
          on={{ rate, reason, toggleLabel: toggle }}
        />
        <Field label="Comment" htmlFor="preview-comment">
          <TextArea
            id="preview-comment"
            value={judgement.comment ?? ''}
            minLines={1}
            maxLines={4}
            onInput={(text) => change({ comment: text === '' ? null : text })}
          />
        </Field>
      </div>
      <div class="ru-verdict" role="status">
        {words.length === 0 ? (
          <p class="ru-fits">This judgement could be saved.</p>
        ) : (
          <>
            <p>It could not be saved yet:</p>
            <ul>
              {words.map((one) => (
                <li key={one}>{one}</li>
              ))}
            </ul>
          </>
        )}
      </div>
    </section>
  );
}
