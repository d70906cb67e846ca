import '../../controls/slider.css';
import { useState } from 'preact/hooks';
import { Field } from '../../controls/field.tsx';
import { Switch } from '../../controls/switch.tsx';
import { Lockable } from '../locked.tsx';
import { useSaving } from '../saving.tsx';
import { Section } from '../section.tsx';
import type { Choices, SaveChoices } from '../types.ts';

interface FindingProps {
  readonly choices: Pick<Choices, 'assertFrom' | 'findWithoutRule'>;
  readonly onSave: SaveChoices;
}

/** What a threshold means to the reviewer. */
function thresholdWords(from: number): string {
  if (from < 0.45) return 'What is likely counts as an AI answer: few questions, now and then a wrong guess.';
  if (from < 0.65) return 'What is more likely than not counts as an AI answer; you are asked about the rest.';
  if (from < 0.85) return 'What is well founded counts as an AI answer; you are asked about the rest.';
  return 'Only what is certain counts as an AI answer; you are asked about everything else.';
}

/** How sure Countersign must be, and whether it may look where nobody wrote a rule. */
export function Finding({ choices, onSave }: FindingProps) {
  const [outcome, change] = useSaving(onSave);
  const [moved, setMoved] = useState<number | null>(null);
  const from = moved ?? choices.assertFrom;
  return (
    <Section
      id="finding"
      title="How sure"
      outcome={outcome}
      about="Each message has a confidence that adds up from evidence. Below the threshold it is offered with a question instead of asserted."
    >
      <Lockable of={['assertFrom']}>
        <Field label="Threshold" htmlFor="assert-from" hint={thresholdWords(from)} hintId="assert-from-hint">
          <input
            id="assert-from"
            class="slider"
            type="range"
            min={0.3}
            max={0.95}
            step={0.05}
            value={from}
            aria-valuetext={thresholdWords(from)}
            aria-describedby="assert-from-hint"
            onInput={(event) => setMoved(event.currentTarget.valueAsNumber)}
            onChange={(event) => {
              const assertFrom = Math.round(event.currentTarget.valueAsNumber * 100) / 100;
              setMoved(assertFrom);
              change({ assertFrom });
            }}
          />
          <div class="st-ends quiet small" aria-hidden="true">
            <span>Ask me less</span>
            <span>Only what is certain</span>
          </div>
        </Field>
      </Lockable>
      <Lockable of={['findWithoutRule']}>
        <Switch
          label="Look for answers where no rule finds any"
          hint="By signs on the page: declared roles, author badges, repeated messages. Off: only rules and what you point at."
          on={choices.findWithoutRule}
          onToggle={(findWithoutRule) => change({ findWithoutRule })}
        />
      </Lockable>
    </Section>
  );
}
