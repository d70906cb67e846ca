import '../controls/slider.css';
import './triage.css';
import { useState } from 'preact/hooks';
import { Field } from '../controls/field.tsx';
import type { Outcome } from '../settings/saving.tsx';
import { Section } from '../settings/section.tsx';
import { countWords } from '../workbench/wording.ts';
import { percent, type TriageChange, type TriageView } from './view.ts';

interface SliderProps {
  readonly id: string;
  readonly label: string;
  readonly value: number;
  readonly min: number;
  readonly max: number;
  readonly step: number;
  readonly words: (value: number) => string;
  readonly onSet: (value: number) => void;
}

/** A slider that says what its place means while it is moved, and sets it when it is let go. */
function Slider({ id, label, value, min, max, step, words, onSet }: SliderProps) {
  const [moved, setMoved] = useState<number | null>(null);
  const shown = moved ?? value;
  return (
    <Field label={label} htmlFor={id} hint={words(shown)} hintId={`${id}-hint`}>
      <input
        id={id}
        class="slider"
        type="range"
        {...{ min, max, step }}
        value={shown}
        aria-valuetext={words(shown)}
        aria-describedby={`${id}-hint`}
        onInput={(event) => setMoved(event.currentTarget.valueAsNumber)}
        onChange={(event) => {
          onSet(Math.round(event.currentTarget.valueAsNumber * 100) / 100);
          setMoved(null);
        }}
      />
    </Field>
  );
}

/** What a threshold would have asked for lately, with its numbers. */
function thresholdWords(from: number, { priorities, judged }: TriageView): string {
  const asked = priorities.filter((priority) => priority >= from).length;
  const bad = judged.filter((one) => one.bad);
  const found = bad.filter(({ priority }) => priority >= from).length;
  const head = `Asks from ${percent(from)} on`;
  if (priorities.length === 0) return `${head}. No answer was looked at yet.`;
  const share = `: ${countWords(asked, 'answer')} of the last ${priorities.length} (${percent(asked / priorities.length)})`;
  return bad.length === 0
    ? `${head}${share}.`
    : `${head}${share}; ${found} of ${bad.length} that were found wrong among them.`;
}

const auditWords = (share: number) =>
  share === 0
    ? 'None: what triage overlooks is then never seen.'
    : `${percent(share)} of all others are drawn by lot: the only way to learn what triage overlooks.`;

interface TermsProps {
  readonly view: TriageView;
  readonly outcome: Outcome;
  readonly onChange: (change: TriageChange) => void;
}

/** From when on a person is asked, and how many besides. */
export function Terms({ view, outcome, onChange }: TermsProps) {
  return (
    <Section
      id="triage-terms"
      title="When to ask"
      outcome={outcome}
      about="Each answer gets a priority from 0 to 100 %: how likely it is that you would reject or correct it. What a policy wants reviewed is asked for whatever its priority."
    >
      <Slider
        {...{ id: 'ask-from', label: 'Threshold', value: view.askFrom, min: 0.05, max: 0.95, step: 0.05 }}
        words={(value) => thresholdWords(value, view)}
        onSet={(askFrom) => onChange({ askFrom })}
      />
      <Slider
        {...{ id: 'audit-share', label: 'Audit share', value: view.auditShare, min: 0, max: 0.5, step: 0.01 }}
        words={auditWords}
        onSet={(auditShare) => onChange({ auditShare })}
      />
    </Section>
  );
}
