import './triage.css';
import { Field } from '../controls/field.tsx';
import { Segmented } from '../controls/segmented.tsx';
import { Section } from '../settings/section.tsx';
import { type GainView, type LearnedView, percent, type TriageChange, type TriageView } from './view.ts';

const choices = [
  { value: 'auto', label: 'If clearly better' },
  { value: 'never', label: 'Never' },
  { value: 'always', label: 'Always' },
] as const;

const points = (value: number) => `${value < 0 ? '−' : '+'}${Math.abs(Math.round(value * 100))}`;

/** The gain in words; where the interval has 0 in it, there is none to speak of. */
function gainWords({ value, low, high }: GainView['gain']): string {
  const interval = `${points(value)} points (95 %: ${points(low)} to ${points(high)})`;
  if (low > 0) return `${interval}: better`;
  return high < 0 ? `${interval}: worse` : `${interval}: no clear gain yet`;
}

function Gains({ reviews, bad, gains, inUse }: LearnedView) {
  return (
    <>
      <p>
        Learned from {reviews} judged answers, {bad} of them rejected or corrected.{' '}
        {inUse ? 'These weights count now.' : 'The weights above count, not these.'}
      </p>
      <table class="tr-signals">
        <thead>
          <tr>
            <th scope="col">Of the queue looked at</th>
            <th scope="col">Found before</th>
            <th scope="col">Found with learned weights</th>
            <th scope="col">Difference</th>
          </tr>
        </thead>
        <tbody>
          {gains.map(({ share, before, learned, gain }) => (
            <tr key={share}>
              <th scope="row">the first {percent(share)}</th>
              <td>{percent(before)}</td>
              <td>{percent(learned)}</td>
              <td>{gainWords(gain)}</td>
            </tr>
          ))}
        </tbody>
      </table>
      <p class="quiet small">
        Found: share of all that was rejected or corrected. Each answer is scored by weights that were learned without
        it. Most of what you judge was asked for by triage, so that what it overlooks is seen only as far as the audit
        share reaches.
      </p>
    </>
  );
}

interface LearnedProps {
  readonly view: TriageView;
  readonly onChange: (change: TriageChange) => void;
}

/** What was learned from the reviewer's own judgements, what it is worth, and whether it counts. */
export function Learned({ view, onChange }: LearnedProps) {
  const { learned, judged, enough, choice } = view;
  const bad = judged.filter((one) => one.bad).length;
  return (
    <Section
      id="triage-learned"
      title="Learned weights"
      about="From your own judgements, on this computer. Nothing of it leaves."
    >
      {learned ? (
        <Gains {...learned} />
      ) : (
        <p>
          Weights are learned from {enough.all} judged answers on, with {enough.bad} rejected or corrected among them.
          So far there are {judged.length}, with {bad}.
        </p>
      )}
      <Field label="Use them">
        <Segmented
          label="Use learned weights"
          options={choices}
          value={choice}
          onPick={(picked) => onChange({ learned: picked })}
        />
      </Field>
    </Section>
  );
}
