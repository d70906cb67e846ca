import { useState } from 'preact/hooks';
import { Field } from '../controls/field.tsx';
import { Switch } from '../controls/switch.tsx';
import { Lockable } from '../settings/locked.tsx';
import { useSaving } from '../settings/saving.tsx';
import { Section } from '../settings/section.tsx';
import type { Choices, SaveChoices } from '../settings/types.ts';

interface PaceProps {
  readonly choices: Pick<Choices, 'quietHours' | 'holdOnMetered'>;
  readonly onSave: SaveChoices;
}

/** What the switch begins with. */
const usual = '22:00-07:00';

interface HourProps {
  readonly id: string;
  readonly label: string;
  readonly value: string;
  readonly onPick: (value: string) => void;
}

function Hour({ id, label, value, onPick }: HourProps) {
  const [typed, setTyped] = useState<string | null>(null);
  return (
    <Field label={label} htmlFor={id}>
      <input
        id={id}
        class="cs-input"
        type="time"
        required
        value={typed ?? value}
        onInput={(event) => setTyped(event.currentTarget.value)}
        onChange={(event) => {
          setTyped(null);
          // While a time is incomplete the field says ''.
          if (/^\d{2}:\d{2}$/.test(event.currentTarget.value)) onPick(event.currentTarget.value);
        }}
      />
    </Field>
  );
}

/** When delivery waits although there is something to send. */
export function Pace({ choices, onSave }: PaceProps) {
  const { quietHours, holdOnMetered } = choices;
  const [outcome, change] = useSaving(onSave);
  const [from = '', until = ''] = (quietHours ?? usual).split('-');
  return (
    <Section
      id="pace"
      title="When to wait"
      outcome={outcome}
      about="For all destinations. What waits is kept and sent later; “Deliver now” sends it at once."
    >
      <Lockable of={['quietHours']}>
        <Switch
          label="Quiet hours"
          hint="By the clock of this computer."
          on={quietHours !== null}
          onToggle={(on) => change({ quietHours: on ? usual : null })}
        />
        {quietHours !== null && (
          <div class="wb-pace">
            <Hour
              id="quiet-from"
              label="From"
              value={from}
              onPick={(time) => change({ quietHours: `${time}-${until}` })}
            />
            <Hour
              id="quiet-until"
              label="Until"
              value={until}
              onPick={(time) => change({ quietHours: `${from}-${time}` })}
            />
          </div>
        )}
      </Lockable>
      <Lockable of={['holdOnMetered']}>
        <Switch
          label="Wait while the connection is metered"
          hint="As far as the browser says so: on mobile data, or with its data saver on. Firefox does not tell."
          on={holdOnMetered}
          onToggle={(on) => change({ holdOnMetered: on })}
        />
      </Lockable>
    </Section>
  );
}
