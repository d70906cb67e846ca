import { useId, useState } from 'preact/hooks';
import { Button } from '../../controls/button.tsx';
import { TextArea } from '../../controls/text-area.tsx';
import type { Problem } from '../types.ts';
import type { Outcome } from './types.ts';

interface RuleEditorProps {
  readonly name: string;
  readonly json: string;
  readonly about: string | null;
  readonly onSave: (json: string) => Outcome;
  readonly onDone: () => void;
}

/** A rule as text. What is wrong with it stands below, with the field named; what was typed stays. */
export function RuleEditor({ name, json, about, onSave, onDone }: RuleEditorProps) {
  const [typed, setTyped] = useState(json);
  const [problem, setProblem] = useState<Problem | null>(null);
  const [saving, setSaving] = useState(false);
  const id = useId();
  const hint = `${id}-hint`;
  const save = async () => {
    setSaving(true);
    const outcome = await onSave(typed);
    setSaving(false);
    setProblem(outcome);
    if (outcome === null) onDone();
  };
  return (
    <form
      class="cs-field st-editor"
      aria-label={`Rule for ${name}`}
      onSubmit={(event) => {
        event.preventDefault();
        void save();
      }}
    >
      <label class="cs-field-label" for={id}>
        Rule as JSON
      </label>
      <TextArea
        id={id}
        value={typed}
        onInput={(value) => {
          setTyped(value);
          setProblem(null);
        }}
        minLines={8}
        maxLines={24}
        invalid={problem !== null}
        describedBy={hint}
      />
      <p id={hint} class={problem ? 'st-bad' : 'cs-field-hint'} role={problem ? 'alert' : undefined}>
        {problem ? `${problem.message} ${problem.next}` : (about ?? 'Every field is described in docs/site-rules.md.')}
      </p>
      <div class="wb-buttons">
        <button type="submit" class="cs-button cs-button-primary" disabled={saving || typed === json}>
          {saving ? 'Saving' : 'Save rule'}
        </button>
        <Button kind="quiet" onPress={onDone}>
          Cancel
        </Button>
      </div>
    </form>
  );
}
