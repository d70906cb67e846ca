import { ArrowDown, ArrowUp, Trash2 } from 'lucide';
import type { ComponentChildren } from 'preact';
import { useId, useState } from 'preact/hooks';
import type { Topic } from '../../utils/review/project.ts';
import type { Meaning, Scope } from '../../utils/review/rubric.ts';
import { Button } from '../controls/button.tsx';
import { Field } from '../controls/field.tsx';
import { TextArea } from '../controls/text-area.tsx';
import { TextInput } from '../controls/text-input.tsx';
import { ToggleChip } from '../controls/toggle-chip.tsx';
import { orAbsent, toggledIn, typedList } from './list-edit.ts';

interface ItemCardProps {
  /** Of the element in the page. */
  readonly id: string;
  /** Its own name, also for what its buttons do. */
  readonly name: string;
  /** What it is in a few words, while it is closed. */
  readonly words: string;
  readonly open: boolean;
  readonly first: boolean;
  readonly last: boolean;
  readonly onOpen: (open: boolean) => void;
  readonly onMove: (by: -1 | 1) => void;
  readonly onRemove: () => void;
  readonly children: ComponentChildren;
}

/** One item of a list that is edited: closed it says what it is, open it is a form. */
export function ItemCard(props: ItemCardProps) {
  const { id, name, words, open, first, last, onOpen, onMove, onRemove } = props;
  const shown = name.trim() || 'Without a name';
  return (
    <li class="ru-item">
      <div class="ru-item-head">
        <button
          type="button"
          class="ru-item-name"
          aria-expanded={open}
          aria-controls={id}
          onClick={() => onOpen(!open)}
        >
          <span class="captured">{shown}</span>
          {!open && <span class="quiet small captured"> {words}</span>}
        </button>
        <span class="ru-item-move">
          <Button kind="quiet" icon={ArrowUp} label={`Move ${shown} up`} disabled={first} onPress={() => onMove(-1)} />
          <Button
            kind="quiet"
            icon={ArrowDown}
            label={`Move ${shown} down`}
            disabled={last}
            onPress={() => onMove(1)}
          />
        </span>
        <Button kind="quiet" icon={Trash2} label={`Remove ${shown}`} onPress={onRemove} />
      </div>
      <div id={id} class="ru-item-body" hidden={!open}>
        {open && props.children}
      </div>
    </li>
  );
}

interface NameFieldProps {
  readonly label: string;
  readonly value: string;
  readonly onInput: (value: string) => void;
  readonly hint?: string;
  readonly placeholder?: string;
  readonly maxLength?: number;
}

/** One line of text with its label. */
export function NameField({ label, value, onInput, hint, placeholder, maxLength = 100 }: NameFieldProps) {
  const id = useId();
  return (
    <Field label={label} htmlFor={id} {...(hint !== undefined && { hint, hintId: `${id}-hint` })}>
      <TextInput
        id={id}
        value={value}
        maxLength={maxLength}
        onInput={onInput}
        {...(placeholder !== undefined && { placeholder })}
        {...(hint !== undefined && { describedBy: `${id}-hint` })}
      />
    </Field>
  );
}

/** Some lines of text with their label. */
export function LinesField({ label, value, onInput, hint, placeholder, maxLength = 2000 }: NameFieldProps) {
  const id = useId();
  return (
    <Field label={label} htmlFor={id} {...(hint !== undefined && { hint, hintId: `${id}-hint` })}>
      <TextArea
        id={id}
        value={value}
        minLines={2}
        maxLines={8}
        maxLength={maxLength}
        onInput={onInput}
        {...(placeholder !== undefined && { placeholder })}
        {...(hint !== undefined && { describedBy: `${id}-hint` })}
      />
    </Field>
  );
}

interface MeaningFieldsProps {
  readonly meaning: Meaning;
  readonly onChange: (change: Meaning) => void;
}

/** What an item means: shown to the reviewer at the control. */
export function MeaningFields({ meaning, onChange }: MeaningFieldsProps) {
  const { help, good, bad } = meaning;
  return (
    <>
      <LinesField
        label="What it means"
        hint="One or two sentences, shown where the reviewer hesitates."
        value={help ?? ''}
        onInput={(text) => onChange({ help: orAbsent(text) })}
      />
      <div class="ru-pair">
        <LinesField
          label="An example that fits"
          value={good ?? ''}
          onInput={(text) => onChange({ good: orAbsent(text) })}
        />
        <LinesField label="One that does not" value={bad ?? ''} onInput={(text) => onChange({ bad: orAbsent(text) })} />
      </div>
    </>
  );
}

interface TypedListProps {
  readonly label: string;
  readonly hint: string;
  readonly placeholder?: string;
  readonly list: readonly string[];
  readonly onChange: (list: string[]) => void;
}

/** Several words in one line, between commas. What is typed stays as it is typed. */
export function TypedListField({ label, hint, placeholder, list, onChange }: TypedListProps) {
  const [typed, setTyped] = useState(list.join(', '));
  // Another item took this place, or the change was taken back.
  const shown = typedList(typed).join('\n') === list.join('\n') ? typed : list.join(', ');
  return (
    <NameField
      label={label}
      hint={hint}
      maxLength={4000}
      value={shown}
      {...(placeholder !== undefined && { placeholder })}
      onInput={(text) => {
        setTyped(text);
        onChange(typedList(text));
      }}
    />
  );
}

interface ScopeFieldsProps {
  readonly scope: Scope | undefined;
  readonly topics: readonly Topic[];
  readonly onChange: (scope: Scope | undefined) => void;
}

/** Where something applies; without anything chosen, everywhere. */
export function ScopeFields({ scope, topics, onChange }: ScopeFieldsProps) {
  const change = (part: Scope) => {
    const { sites, topics: about } = { ...scope, ...part };
    const next = { ...(sites?.length && { sites }), ...(about?.length && { topics: about }) };
    onChange(Object.keys(next).length > 0 ? next : undefined);
  };
  return (
    <>
      <TypedListField
        label="Only on these sites"
        hint="Hosts between commas; *.example.com is that site and all below it. Empty: on every site."
        placeholder="support.example.com, *.example.org"
        list={scope?.sites ?? []}
        onChange={(list) => change({ sites: list.map((site) => site.toLowerCase()) })}
      />
      {topics.length > 0 && (
        <Chips
          label="Only about these topics"
          hint="Nothing chosen: about everything."
          options={topics}
          on={scope?.topics ?? []}
          onToggle={(id) => change({ topics: toggledIn(scope?.topics, id) })}
        />
      )}
    </>
  );
}

interface ChipsProps {
  readonly label: string;
  readonly hint?: string;
  readonly options: readonly { readonly id: string; readonly name: string }[];
  readonly on: readonly string[];
  readonly onToggle: (id: string) => void;
}

/** Any of some. */
export function Chips({ label, hint, options, on, onToggle }: ChipsProps) {
  return (
    <Field label={label} {...(hint !== undefined && { hint })}>
      {/* biome-ignore lint/a11y/useSemanticElements: a fieldset's legend cannot stand in line with other labels */}
      <div class="cs-chips cs-apart" role="group" aria-label={label}>
        {options.map(({ id, name }) => (
          <ToggleChip key={id} label={name.trim() || id} pressed={on.includes(id)} onToggle={() => onToggle(id)} />
        ))}
      </div>
    </Field>
  );
}
