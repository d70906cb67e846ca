import { useEffect, useState } from 'preact/hooks';
import { Confirm } from '../controls/confirm.tsx';
import { Field } from '../controls/field.tsx';
import { Select } from '../controls/select.tsx';
import { Switch } from '../controls/switch.tsx';
import { Lockable } from '../settings/locked.tsx';
import { useSaving } from '../settings/saving.tsx';
import { Section } from '../settings/section.tsx';
import type { Choices, SaveChoices } from '../settings/types.ts';
import { countWords } from '../workbench/wording.ts';

interface KeepingProps {
  readonly choices: Pick<Choices, 'keepDays' | 'forgetEverywhere'>;
  readonly onSave: SaveChoices;
  /** How many reviews are older than that now. */
  readonly countOutdated: (keepDays: number) => Promise<number>;
  readonly onForget: () => void;
  /** Changes where the count may. */
  readonly reviews: number;
}

const spans = [0, 7, 30, 90, 180, 365, 730];

const spanWords = (days: number) =>
  days === 0 ? 'Until you delete them' : days % 365 === 0 ? countWords(days / 365, 'year') : countWords(days, 'day');

/** How long reviews stay here. */
export function Keeping({ choices, onSave, countOutdated, onForget, reviews }: KeepingProps) {
  const { keepDays, forgetEverywhere } = choices;
  const [outcome, change] = useSaving(onSave);
  const [outdated, setOutdated] = useState(0);
  // biome-ignore lint/correctness/useExhaustiveDependencies: the number of reviews is why it is counted again
  useEffect(() => {
    let wanted = true;
    void countOutdated(keepDays).then((count) => wanted && setOutdated(count));
    return () => {
      wanted = false;
    };
  }, [keepDays, reviews, countOutdated]);
  const options = [...new Set([...spans, keepDays])]
    .sort((a, b) => a - b)
    .map((days) => ({ value: String(days), label: spanWords(days) }));
  return (
    <Section
      id="keeping"
      title="How long reviews stay"
      outcome={outcome}
      about="Counted from the newest revision, looked at once a day. Never deletes what has not been delivered yet."
    >
      <Lockable of={['keepDays']}>
        <Field label="Keep reviews" htmlFor="keep-days">
          <Select
            id="keep-days"
            value={String(keepDays)}
            options={options}
            onPick={(days) => change({ keepDays: Number(days) })}
          />
        </Field>
      </Lockable>
      {keepDays > 0 && (
        <>
          <Lockable of={['forgetEverywhere']}>
            <Switch
              label="Delete them at the destinations too"
              hint="Each that was given one is told to delete it."
              on={forgetEverywhere}
              onToggle={(on) => change({ forgetEverywhere: on })}
            />
          </Lockable>
          <div class="pv-row">
            <span class="quiet">
              {outdated === 0
                ? 'None is older than that now.'
                : `${countWords(outdated, 'review')} older than that now.`}
            </span>
            {outdated > 0 && (
              <Confirm
                question={`Delete ${countWords(outdated, 'review')} with their history now? This cannot be undone.`}
                action={`Delete ${countWords(outdated, 'review')}`}
                onConfirm={onForget}
              >
                Delete them now
              </Confirm>
            )}
          </div>
        </>
      )}
    </Section>
  );
}
