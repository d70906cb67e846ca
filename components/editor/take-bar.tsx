import { Button } from '../controls/button.tsx';
import { Kbd } from '../controls/kbd.tsx';
import type { FindingsActions, FindingsModel } from './findings-model.ts';

interface TakeBarProps {
  readonly model: Pick<FindingsModel, 'labels' | 'selected' | 'text'>;
  readonly on: Pick<FindingsActions, 'take'>;
}

/** What can be made of what is selected: a finding, with one of the labels or without. */
export function TakeBar({ model, on }: TakeBarProps) {
  const { labels, selected, text } = model;
  if (!selected) {
    return (
      <p id="ed-answer-hint" class="cs-field-hint">
        Select words with the mouse, or go by sentence with ↑ and ↓, by word with ← and →; Shift selects more.
      </p>
    );
  }
  const { start, end, from } = selected;
  const where =
    start === end
      ? 'Something is missing here:'
      : from === 'page'
        ? 'You selected this on the page. What is it?'
        : `${start === 0 && end === text.length ? 'The whole answer' : 'What is selected'} is:`;
  return (
    <div class="ed-take">
      <p id="ed-answer-hint" class="cs-field-hint">
        {where}
        <span class="visually-hidden"> Press the digit of a label, or Enter for none.</span>
      </p>
      {/* biome-ignore lint/a11y/useSemanticElements: a fieldset's legend cannot stand in line with other labels */}
      <div class="cs-chips" role="group" aria-label="Make a finding of it">
        {labels.map(({ id, name }, index) => (
          <button key={id} type="button" class="cs-chip" onClick={(event) => on.take(id, event)}>
            {index < 9 && <Kbd keys={String(index + 1)} />}
            <span class="captured">{name}</span>
          </button>
        ))}
        <Button kind="quiet" keys="Enter" onPress={(event) => on.take(null, event)}>
          No label
        </Button>
      </div>
    </div>
  );
}
