import type { Policy } from '../../utils/review/policy.ts';
import { Field } from '../controls/field.tsx';
import { Switch } from '../controls/switch.tsx';
import { Chips } from '../rubric/parts.tsx';

type Hours = Policy['hours'];

interface HoursFieldsProps {
  readonly hours: Hours;
  readonly onChange: (hours: Hours) => void;
}

const days = ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday'].map((name, id) => ({
  id: String(id),
  name,
}));

/** When something applies, by the local clock. */
export function HoursFields({ hours, onChange }: HoursFieldsProps) {
  const time = (label: string, value: string, pick: (time: string) => void) => (
    <input
      type="time"
      class="cs-input po-time"
      aria-label={label}
      value={value}
      required
      onInput={({ currentTarget }) => {
        if (currentTarget.value) pick(currentTarget.value.slice(0, 5));
      }}
    />
  );
  return (
    <>
      <Switch
        label="Only at certain hours"
        on={hours !== undefined}
        onToggle={(on) => onChange(on ? { from: '18:00', until: '08:00' } : undefined)}
      />
      {hours && (
        <>
          <Field label="Hours" hint="By the clock of this computer. From later than until: through midnight.">
            {/* biome-ignore lint/a11y/useSemanticElements: a fieldset's legend cannot stand in line with other labels */}
            <div class="po-hours" role="group" aria-label="Hours">
              {time('From', hours.from, (from) => onChange({ ...hours, from }))}
              <span>to</span>
              {time('Until', hours.until, (until) => onChange({ ...hours, until }))}
            </div>
          </Field>
          <Chips
            label="On these days"
            hint="The day on which it begins. Nothing chosen: every day."
            options={days}
            on={(hours.days ?? []).map(String)}
            onToggle={(id) => {
              const day = Number(id);
              const on = hours.days ?? [];
              const next = on.includes(day) ? on.filter((one) => one !== day) : [...on, day].sort();
              onChange({ ...hours, days: next.length > 0 ? next : undefined });
            }}
          />
        </>
      )}
    </>
  );
}
