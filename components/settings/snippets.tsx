import { Download, Plus, Trash2, Upload } from 'lucide';
import { useRef, useState } from 'preact/hooks';
import { nameComplaint, placeholders } from '../../utils/review/snippet.ts';
import { Button } from '../controls/button.tsx';
import { Confirm } from '../controls/confirm.tsx';
import { Field } from '../controls/field.tsx';
import { TextArea } from '../controls/text-area.tsx';
import { TextInput } from '../controls/text-input.tsx';
import { useSaving } from './saving.tsx';
import { Section } from './section.tsx';
import type { SaveChoices, TextBlock } from './types.ts';

interface SnippetsProps {
  readonly snippets: readonly TextBlock[];
  readonly onSave: SaveChoices;
  /** Offers them as a file. */
  readonly onExport: () => void;
  /** Reads a file; answers what it holds, or why it cannot be used. */
  readonly onImport: (file: File) => Promise<readonly TextBlock[] | string>;
  readonly newId: () => string;
}

const MOST_TEXT = 8_000;

interface RowProps {
  readonly block: TextBlock;
  readonly others: readonly string[];
  readonly onChange: (block: TextBlock) => void;
  readonly onRemove: () => void;
}

/** One text block. What is typed is kept when the field is left. */
function Row({ block, others, onChange, onRemove }: RowProps) {
  const [name, setName] = useState(block.name);
  const [text, setText] = useState(block.text);
  const complaint = name === block.name ? null : nameComplaint(name, others);
  const commit = () => {
    if (nameComplaint(name, others) !== null || text.trim() === '') return;
    if (name !== block.name || text !== block.text) onChange({ ...block, name, text });
  };
  const hint = `snippet-hint-${block.id}`;
  return (
    <li class="st-snippet">
      <Field
        label="Name"
        htmlFor={`snippet-${block.id}`}
        hintId={hint}
        hint={complaint ?? `In the editor: ;${block.name} and Tab`}
      >
        <TextInput
          id={`snippet-${block.id}`}
          value={name}
          onInput={(value) => setName(value.trim().replace(/^;/, ''))}
          onCommit={commit}
          maxLength={100}
          describedBy={hint}
        />
      </Field>
      <Field label="Text" htmlFor={`snippet-text-${block.id}`}>
        <TextArea
          id={`snippet-text-${block.id}`}
          value={text}
          minLines={2}
          maxLines={10}
          maxLength={MOST_TEXT}
          onInput={setText}
          onBlur={commit}
        />
      </Field>
      <div class="st-line">
        <Confirm
          icon={Trash2}
          question={`Delete the text block ${block.name}?`}
          action="Delete it"
          label={`Delete the text block ${block.name}`}
          onConfirm={onRemove}
        >
          Delete
        </Confirm>
      </div>
    </li>
  );
}

const freeName = (names: readonly string[]) => {
  for (let number = 1; ; number += 1) if (!names.includes(`text${number}`)) return `text${number}`;
};

/** The reviewer's text blocks: put into any field of the editor by their name. */
export function Snippets({ snippets, onSave, onExport, onImport, newId }: SnippetsProps) {
  const [outcome, change] = useSaving(onSave);
  const [problem, setProblem] = useState<string | null>(null);
  const file = useRef<HTMLInputElement>(null);
  const names = snippets.map(({ name }) => name);
  const replace = (block: TextBlock) =>
    change({ snippets: snippets.map((one) => (one.id === block.id ? block : one)) });
  const take = async (chosen: File) => {
    const taken = await onImport(chosen);
    setProblem(typeof taken === 'string' ? taken : null);
    if (typeof taken === 'string') return;
    // A block of the same name is replaced, the others stay.
    const folded = new Set(taken.map(({ name }) => name.toLowerCase()));
    change({ snippets: [...snippets.filter(({ name }) => !folded.has(name.toLowerCase())), ...taken] });
  };
  return (
    <Section
      id="snippets"
      title="Text blocks"
      outcome={outcome}
      about={
        <>
          What you write again and again. Type <code>;</code> with the name and press Tab in any text field of the
          editor. {placeholders.map(([name, means]) => `{${name}} is ${means}`).join(', ')}.
        </>
      }
    >
      {snippets.length === 0 && <p class="quiet">There are none yet.</p>}
      <ul class="st-snippets">
        {snippets.map((block) => (
          <Row
            key={`${block.id} ${block.name} ${block.text}`}
            block={block}
            others={names.filter((name) => name !== block.name)}
            onChange={replace}
            onRemove={() => change({ snippets: snippets.filter((one) => one.id !== block.id) })}
          />
        ))}
      </ul>
      <div class="st-line st-line-start">
        <Button
          icon={Plus}
          onPress={() => change({ snippets: [...snippets, { id: newId(), name: freeName(names), text: '{cursor}' }] })}
        >
          New text block
        </Button>
        <Button kind="quiet" icon={Upload} onPress={() => file.current?.click()}>
          Import
        </Button>
        <Button kind="quiet" icon={Download} disabled={snippets.length === 0} onPress={onExport}>
          Export
        </Button>
        <input
          ref={file}
          type="file"
          accept=".json,application/json"
          hidden
          aria-label="File with text blocks"
          onChange={(event) => {
            const [chosen] = event.currentTarget.files ?? [];
            event.currentTarget.value = '';
            if (chosen) void take(chosen);
          }}
        />
      </div>
      <p role="status" class="st-key-complaint">
        {problem}
      </p>
    </Section>
  );
}
