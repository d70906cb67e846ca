import { RotateCcw } from 'lucide';
import { Button } from '../controls/button.tsx';
import { Field } from '../controls/field.tsx';
import { keyName } from '../controls/kbd.tsx';
import { Segmented } from '../controls/segmented.tsx';
import { Switch } from '../controls/switch.tsx';
import { KeyField } from './key-field.tsx';
import { actions } from './keys.ts';
import { useSaving } from './saving.tsx';
import { Section } from './section.tsx';
import type { Choices, Keys, SaveChoices } from './types.ts';

interface KeyboardProps {
  readonly choices: Choices;
  readonly defaultKeys: Keys;
  readonly onSave: SaveChoices;
}

const chords = [
  { value: 'Alt+Shift', label: 'Alt Shift' },
  { value: 'Ctrl+Shift', label: 'Ctrl Shift' },
  { value: 'Ctrl+Alt', label: 'Ctrl Alt' },
] as const;

/** The keys on the pages that are reviewed. */
export function Keyboard({ choices, defaultKeys, onSave }: KeyboardProps) {
  const [outcome, change] = useSaving(onSave);
  const { keys, singleKeys, chord, reasonsByUse } = choices;
  const changed = actions.some(({ action }) => keys[action] !== defaultKeys[action]);
  return (
    <Section
      id="keyboard"
      title="Keys"
      outcome={outcome}
      about="They work on the answer that the toolbar is at. While you type, only the chord works."
    >
      <Switch
        label="Single keys"
        hint="One key judges. Turn off if a site uses the same keys; the chord still works."
        on={singleKeys}
        onToggle={(on) => change({ singleKeys: on })}
      />
      <Switch
        label="Labels that you use most come first"
        hint="Decided once a day, from your last 500 reviews: their digits stay the same all day. Otherwise as in the rubric."
        on={reasonsByUse}
        onToggle={(on) => change({ reasonsByUse: on })}
      />
      <Field
        label="Chord"
        hint={`With it, keys work in text fields too: ${chord.replace('+', ' ')} ${keyName(keys.approve)} approves.`}
      >
        <Segmented label="Chord" options={chords} value={chord} onPick={(value) => change({ chord: value })} />
      </Field>
      <div class="st-keys">
        {actions.map((one) => (
          <KeyField
            key={one.action}
            {...one}
            keys={keys}
            onChange={(key) => change({ keys: { ...keys, [one.action]: key } })}
          />
        ))}
      </div>
      <div class="st-line">
        <Button kind="quiet" icon={RotateCcw} disabled={!changed} onPress={() => change({ keys: defaultKeys })}>
          Back to the default keys
        </Button>
      </div>
    </Section>
  );
}
