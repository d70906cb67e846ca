import './policies.css';
import { useId } from 'preact/hooks';
import type { Trial, TrialHit } from '../../utils/review/oversight-view.ts';
import type { Policy } from '../../utils/review/policy.ts';
import type { Verdict } from '../../utils/review/schema.ts';
import { Button } from '../controls/button.tsx';
import { Field } from '../controls/field.tsx';
import { Select } from '../controls/select.tsx';
import { Status } from '../controls/status.tsx';
import { VerdictBadge } from '../review/verdict-badge.tsx';
import { countWords, fullTime, numberWords, shortTime, siteName } from '../workbench/wording.ts';

/** Over which reviews a rule is tried. */
export type Period = 'week' | 'month' | 'all';

const periods: readonly { value: Period; label: string }[] = [
  { value: 'week', label: 'Of the last 7 days' },
  { value: 'month', label: 'Of the last 30 days' },
  { value: 'all', label: 'All that are stored' },
];

const when: Readonly<Record<Period, string>> = {
  week: ' in the last 7 days',
  month: ' in the last 30 days',
  all: '',
};

const judged: Readonly<Record<Verdict, string>> = {
  approve: 'approved',
  correct: 'corrected',
  reject: 'rejected',
  unsure: 'unsure',
};

/** `It would have asked 14 times in the last 7 days: 5 rejected, 9 approved. Of 120 reviews.` */
function trialWords({ of, hits, verdicts }: Trial, period: Period): string {
  const looked = `Of ${countWords(of, 'review')}${when[period]}`;
  if (of === 0) return `There are no reviews${when[period]} to try it on.`;
  if (hits === 0) return `${looked}, it would have applied to none.`;
  const kinds = (['reject', 'correct', 'unsure', 'approve'] as const).filter((verdict) => verdicts[verdict] > 0);
  const split = kinds.map((verdict) => `${numberWords(verdicts[verdict])} ${judged[verdict]}`).join(', ');
  return `${looked}, it would have applied to ${numberWords(hits)}: ${split}.`;
}

interface TrialViewProps {
  readonly policies: readonly Policy[];
  readonly chosen: string;
  readonly period: Period;
  /** Null before it was tried. */
  readonly trial: Trial | null;
  readonly running: boolean;
  readonly now: number;
  readonly onChoose: (id: string) => void;
  readonly onPeriod: (period: Period) => void;
  readonly onRun: () => void;
}

function Hit({ hit, now }: { readonly hit: TrialHit; readonly now: number }) {
  return (
    <li class="po-hit">
      <p class="po-hit-text captured" dir="auto">
        {hit.before}
        {hit.found && <mark>{hit.found}</mark>}
        {hit.after}
      </p>
      <p class="po-hit-line small quiet">
        <VerdictBadge verdict={hit.verdict} />
        <a href={`#/reviews/${hit.reviewId}`}>{siteName(hit.site)}</a>
        <time dateTime={hit.at} title={fullTime(hit.at)}>
          {shortTime(hit.at, now)}
        </time>
      </p>
    </li>
  );
}

/** A rule tried on what is stored, before it is put into force. */
export function TrialView(props: TrialViewProps) {
  const { policies, chosen, period, trial, running, now } = props;
  const id = useId();
  return (
    <section class="ru-preview po-trial" aria-label="Try a policy">
      <h2>Try it on stored reviews</h2>
      {policies.length === 0 ? (
        <p class="quiet">Add a policy, and see here what it would have said.</p>
      ) : (
        <>
          <Field label="Policy" htmlFor={`${id}-policy`}>
            <Select
              id={`${id}-policy`}
              value={chosen}
              options={policies.map(({ id: value, name }) => ({ value, label: name.trim() || value }))}
              onPick={props.onChoose}
            />
          </Field>
          <Field label="Reviews" htmlFor={`${id}-period`}>
            <Select id={`${id}-period`} value={period} options={periods} onPick={props.onPeriod} />
          </Field>
          <div>
            <Button onPress={props.onRun} disabled={running}>
              {running ? 'Trying…' : 'Try it'}
            </Button>
          </div>
          <Status tone={trial?.broken ? 'warn' : 'quiet'}>
            {trial === null
              ? 'As it stands here, in force or not.'
              : trial.broken
                ? `It cannot be applied. ${trial.broken.why}`
                : trialWords(trial, period)}
          </Status>
          {trial && trial.shown.length > 0 && (
            <>
              <ul class="po-hits" aria-label="Answers to which it applies">
                {trial.shown.map((hit) => (
                  <Hit key={hit.reviewId} hit={hit} now={now} />
                ))}
              </ul>
              {trial.hits > trial.shown.length && (
                <p class="small quiet">The newest {numberWords(trial.shown.length)} are shown.</p>
              )}
            </>
          )}
        </>
      )}
    </section>
  );
}
