import { FlaskConical, Pencil, Plus, Trash2 } from 'lucide';
import { useState } from 'preact/hooks';
import { Button } from '../controls/button.tsx';
import { Field } from '../controls/field.tsx';
import { Select } from '../controls/select.tsx';
import { TextInput } from '../controls/text-input.tsx';
import { useSaving } from './saving.tsx';
import { Section } from './section.tsx';
import type { Choices, SaveChoices, TraceEntry } from './types.ts';

interface TracesProps {
  readonly choices: Pick<Choices, 'traces'>;
  readonly onSave: SaveChoices;
  /** What the open pages of its site have there, in a sentence. */
  readonly onTry: (entry: TraceEntry) => Promise<string>;
}

const places = [
  { value: 'answer', label: 'An attribute or text of the answer' },
  { value: 'page', label: 'An attribute or text of the page' },
  { value: 'address', label: 'The page’s address' },
  { value: 'message-id', label: 'The site’s id of the message' },
] as const;

const empty: TraceEntry = { origin: '', from: 'answer', selector: null, attribute: null, pattern: null };

/** What is wrong with an entry, by field; null where nothing is. */
function flawOf({ origin, from, selector, pattern }: TraceEntry): { field: string; words: string } | null {
  if (!URL.canParse(origin) || !/^https?:$/.test(new URL(origin).protocol))
    return { field: 'origin', words: 'Write the site’s address as its address bar has it.' };
  if (from === 'page' && selector === null)
    return { field: 'selector', words: 'Of the whole page, a selector says which element has it.' };
  try {
    if (selector !== null) document.createDocumentFragment().querySelector(selector);
  } catch {
    return { field: 'selector', words: 'This is no CSS selector.' };
  }
  try {
    const groups = pattern === null ? 1 : (new RegExp(`${pattern}|`).exec('')?.length ?? 1) - 1;
    if (groups < 1) return { field: 'pattern', words: 'Put what is the trace into brackets: ( ).' };
  } catch {
    return { field: 'pattern', words: 'This is no regular expression.' };
  }
  return null;
}

interface EntryFormProps {
  readonly entry: TraceEntry;
  readonly onKeep: (entry: TraceEntry) => void;
  readonly onTry: TracesProps['onTry'];
  readonly onClose: () => void;
}

function EntryForm({ entry: given, onKeep, onTry, onClose }: EntryFormProps) {
  const [entry, setEntry] = useState(given);
  const [asked, setAsked] = useState(false);
  const [told, setTold] = useState('');
  const flaw = asked ? flawOf(entry) : null;
  const change = (part: Partial<TraceEntry>) => {
    setEntry({ ...entry, ...part });
    setTold('');
  };
  const inOrder = (then: (whole: TraceEntry) => void) => () => {
    setAsked(true);
    if (flawOf(entry) === null) then({ ...entry, origin: new URL(entry.origin).origin });
  };
  const text = (
    name: 'origin' | 'selector' | 'attribute' | 'pattern',
    label: string,
    hint: string,
    example: string,
  ) => (
    <Field
      label={label}
      htmlFor={`trace-${name}`}
      hint={flaw?.field === name ? flaw.words : hint}
      hintId={`trace-${name}-hint`}
    >
      <TextInput
        id={`trace-${name}`}
        value={entry[name] ?? ''}
        placeholder={example}
        invalid={flaw?.field === name}
        describedBy={`trace-${name}-hint`}
        onInput={(typed) => change({ [name]: typed.trim() || (name === 'origin' ? '' : null) })}
      />
    </Field>
  );
  const ofElement = entry.from === 'answer' || entry.from === 'page';
  return (
    <form
      class="st-form"
      aria-label={given.origin === '' ? 'New site with traces' : `Traces of ${given.origin}`}
      onSubmit={(event) => {
        event.preventDefault();
        inOrder(onKeep)();
      }}
    >
      {text('origin', 'Site', 'Its address up to the first single slash.', 'https://chat.example.com')}
      <Field label="Where it stands" htmlFor="trace-from">
        <Select id="trace-from" value={entry.from} options={places} onPick={(from) => change({ from })} />
      </Field>
      {ofElement &&
        text(
          'selector',
          'Element',
          'A CSS selector, of the answer, in it or around it. Empty: the answer itself.',
          '[data-trace]',
        )}
      {ofElement && text('attribute', 'Attribute', 'Empty: its text.', 'data-trace-id')}
      {text(
        'pattern',
        'Pattern',
        'A regular expression: the first brackets are the trace, the second its span. Empty: all of it.',
        'trace=([0-9a-f]{32})',
      )}
      <p role="status" class="quiet">
        {told}
      </p>
      <div class="wb-buttons">
        <button type="submit" class="cs-button cs-button-primary">
          Keep
        </button>
        <Button icon={FlaskConical} onPress={inOrder((whole) => void onTry(whole).then(setTold))}>
          Try on open pages
        </Button>
        <Button kind="quiet" onPress={onClose}>
          Cancel
        </Button>
      </div>
    </form>
  );
}

/** Where pages say to which trace an answer belongs. */
export function Traces({ choices: { traces }, onSave, onTry }: TracesProps) {
  const [outcome, change] = useSaving(onSave);
  const [editing, setEditing] = useState<TraceEntry | null>(null);
  const others = (entry: TraceEntry | null) => traces.filter(({ origin }) => origin !== entry?.origin);
  const keep = (entry: TraceEntry) => {
    change({ traces: [...others(editing).filter(({ origin }) => origin !== entry.origin), entry] });
    setEditing(null);
  };
  return (
    <Section
      id="traces"
      title="Traces"
      outcome={outcome}
      about="Langfuse, Phoenix, MLflow and their like keep a judgement with the trace of its answer. Pages carry no trace in a known place: say once per site where yours has it."
    >
      {traces.length > 0 && (
        <ul class="st-rows">
          {traces.map((entry) => (
            <li key={entry.origin} class="st-page">
              <span class="st-page-words">
                <span class="captured">{entry.origin}</span>
                <span class="cs-field-hint">{places.find(({ value }) => value === entry.from)?.label}</span>
              </span>
              <Button kind="quiet" icon={Pencil} label={`Change ${entry.origin}`} onPress={() => setEditing(entry)} />
              <Button
                kind="quiet"
                icon={Trash2}
                label={`Forget ${entry.origin}`}
                onPress={() => change({ traces: others(entry) })}
              />
            </li>
          ))}
        </ul>
      )}
      {editing === null ? (
        <div class="wb-buttons">
          <Button icon={Plus} onPress={() => setEditing(empty)}>
            Add a site
          </Button>
        </div>
      ) : (
        <EntryForm key={editing.origin} entry={editing} onKeep={keep} onTry={onTry} onClose={() => setEditing(null)} />
      )}
    </Section>
  );
}
