import { useState } from 'preact/hooks';
import { Field } from '../controls/field.tsx';
import { Segmented } from '../controls/segmented.tsx';
import { Select } from '../controls/select.tsx';
import { Switch } from '../controls/switch.tsx';
import { TextInput } from '../controls/text-input.tsx';
import { Lockable } from './locked.tsx';
import { useSaving } from './saving.tsx';
import { Section } from './section.tsx';
import type { Choices, SaveChoices } from './types.ts';

interface ChoicesProps {
  readonly choices: Choices;
  readonly onSave: SaveChoices;
}

const themes = [
  { value: 'system', label: 'As the system' },
  { value: 'light', label: 'Light' },
  { value: 'dark', label: 'Dark' },
] as const;

/** Who judges: a name that goes with each review, or none. */
export function You({ choices, onSave }: ChoicesProps) {
  const [outcome, change] = useSaving(onSave);
  const [typed, setTyped] = useState<string | null>(null);
  const commit = (value: string) => {
    const reviewerName = value.trim() || null;
    setTyped(null);
    if (reviewerName !== choices.reviewerName) change({ reviewerName });
  };
  return (
    <Section id="you" outcome={outcome} title="You" about="Stored on each review you make from now on.">
      <Field
        label="Your name"
        htmlFor="reviewer-name"
        hint="Leave it empty to stay a random id, the same on all your reviews."
        hintId="reviewer-name-hint"
      >
        <TextInput
          id="reviewer-name"
          value={typed ?? choices.reviewerName ?? ''}
          onInput={setTyped}
          onCommit={commit}
          maxLength={200}
          placeholder="No name"
          describedBy="reviewer-name-hint"
        />
      </Field>
    </Section>
  );
}

/** Light or dark. */
export function Look({ choices, onSave }: ChoicesProps) {
  const [outcome, change] = useSaving(onSave);
  return (
    <Section id="look" outcome={outcome} title="Look">
      <Segmented label="Theme" options={themes} value={choices.theme} onPick={(theme) => change({ theme })} />
    </Section>
  );
}

const turns = Array.from({ length: 11 }, (_, count) => ({
  value: String(count),
  label: count === 0 ? 'Nothing' : count === 1 ? 'One message' : `Up to ${count} messages`,
}));

/** What is captured with an answer. */
export function Captured({ choices, onSave }: ChoicesProps) {
  const [outcome, change] = useSaving(onSave);
  return (
    <Section
      id="captured"
      title="What is kept"
      outcome={outcome}
      about="With each review: the answer as it stood, the page’s address without query, its title, and the model where the page names it."
    >
      <Lockable of={['keepPrompt']}>
        <Switch
          label="Keep the prompt too"
          hint="The message before the answer. It often holds what customers wrote."
          on={choices.keepPrompt}
          onToggle={(keepPrompt) => change({ keepPrompt })}
        />
      </Lockable>
      <Lockable of={['contextTurns']}>
        {choices.keepPrompt && (
          <Field
            label="Keep what was said before the prompt"
            htmlFor="context-turns"
            hint="Goes only to destinations that are set to get it."
            hintId="context-turns-hint"
          >
            <Select
              id="context-turns"
              value={String(choices.contextTurns)}
              options={turns}
              onPick={(contextTurns) => change({ contextTurns: Number(contextTurns) })}
              describedBy="context-turns-hint"
            />
          </Field>
        )}
      </Lockable>
    </Section>
  );
}
