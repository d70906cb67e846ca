import { useState } from 'preact/hooks';
import { Button } from '../controls/button.tsx';
import { toggledIn } from '../rubric/list-edit.ts';
import { Chips, LinesField, NameField } from '../rubric/parts.tsx';

/** What a clause of the guidelines is to say. */
export interface ClauseWords {
  readonly title: string;
  readonly text: string;
  readonly labels: readonly string[];
}

interface ClauseFormProps {
  readonly question: string;
  readonly text: string;
  readonly labels: readonly { readonly id: string; readonly name: string }[];
  readonly onMake: (words: ClauseWords) => Promise<boolean>;
  readonly onCancel: () => void;
}

/** A ruling becomes a rule for everybody: its words, and the labels that it is about. */
export function ClauseForm({ question, text, labels, onMake, onCancel }: ClauseFormProps) {
  const [words, setWords] = useState<ClauseWords>({ title: question.slice(0, 200), text, labels: [] });
  const change = (part: Partial<ClauseWords>) => setWords({ ...words, ...part });
  return (
    <fieldset class="ca-clause">
      <legend>A guideline made of this ruling</legend>
      <NameField label="Title" maxLength={200} value={words.title} onInput={(title) => change({ title })} />
      <LinesField label="Rule" maxLength={8000} value={words.text} onInput={(rule) => change({ text: rule })} />
      {labels.length > 0 && (
        <Chips
          label="About these labels"
          hint="Nothing chosen: about judging as a whole."
          options={labels}
          on={words.labels}
          onToggle={(id) => change({ labels: toggledIn(words.labels, id) })}
        />
      )}
      <p class="small quiet">
        The answer becomes its example. The guidelines get a new version, and every reviewer is told once.
      </p>
      <div class="ca-line">
        <Button
          kind="primary"
          disabled={!words.title.trim() || !words.text.trim()}
          onPress={() => void onMake({ ...words, title: words.title.trim(), text: words.text.trim() })}
        >
          Add to the guidelines
        </Button>
        <Button kind="quiet" onPress={onCancel}>
          Cancel
        </Button>
      </div>
    </fieldset>
  );
}
