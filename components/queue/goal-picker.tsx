import './later.css';
import { useState } from 'preact/hooks';
import { Button } from '../controls/button.tsx';
import { Segmented } from '../controls/segmented.tsx';
import type { GoalView, QueueActions } from './view.ts';

/** Goals that one may choose. */
const amounts = { reviews: [10, 20, 50, 100], minutes: [15, 25, 45, 60] } as const;

export interface GoalPickerProps {
  readonly goal: GoalView | null;
  readonly onPick: QueueActions['setGoal'];
}

/** What the reviewer wants to get done in this session. */
export function GoalPicker({ goal, onPick }: GoalPickerProps) {
  const [kind, setKind] = useState<GoalView['kind']>(goal?.kind ?? 'reviews');
  return (
    <section class="qu-goal" aria-label="Goal of this session">
      <Segmented
        label="What counts"
        value={kind}
        options={[
          { value: 'reviews', label: 'Reviews' },
          { value: 'minutes', label: 'Minutes' },
        ]}
        onPick={setKind}
      />
      <div class="cs-chips">
        {amounts[kind].map((amount) => (
          <button
            key={amount}
            type="button"
            class="cs-chip"
            aria-label={`${amount} ${kind}`}
            onClick={() => onPick({ kind, amount })}
          >
            {amount}
          </button>
        ))}
        {goal && (
          <Button kind="quiet" onPress={() => onPick(null)}>
            No goal
          </Button>
        )}
      </div>
    </section>
  );
}
