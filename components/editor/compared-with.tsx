import { PinOff } from 'lucide';
import { Button } from '../controls/button.tsx';
import { ToggleChip } from '../controls/toggle-chip.tsx';
import type { ChoiceView } from './compare-model.ts';
import type { CompareActions } from './compare-view.tsx';

interface ComparedWithProps {
  readonly choices: readonly ChoiceView[];
  readonly on: Pick<CompareActions, 'choose' | 'unpin'>;
}

function noteOf({ pinId, otherPrompt }: ChoiceView): string {
  return [pinId !== null && 'pinned', otherPrompt && 'another prompt'].filter(Boolean).join(', ');
}

/** Which answers are compared with the one under review. A change shuffles them and begins the ranking anew. */
export function ComparedWith({ choices, on }: ComparedWithProps) {
  return (
    <div class="cmp-choices">
      <p id="cmp-choices-of" class="cs-field-label">
        Compared with
      </p>
      <ul aria-labelledby="cmp-choices-of">
        {choices.map((choice) => {
          const note = noteOf(choice);
          return (
            <li key={choice.key}>
              <ToggleChip
                label={choice.label}
                pressed={choice.on}
                {...(note && { note })}
                onToggle={(event) => on.choose(choice.key, !choice.on, event)}
              />
              {choice.pinId !== null && (
                <Button
                  kind="quiet"
                  icon={PinOff}
                  label={`Take the pin away: ${choice.label}`}
                  onPress={(event) => on.unpin(choice.pinId as string, event)}
                />
              )}
            </li>
          );
        })}
      </ul>
    </div>
  );
}
