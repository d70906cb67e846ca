import type { ConnectorField } from '../../utils/connectors/types.ts';
import { Field } from '../controls/field.tsx';
import { Select } from '../controls/select.tsx';
import { TextArea } from '../controls/text-area.tsx';
import { TextInput } from '../controls/text-input.tsx';

type Options = Readonly<Record<string, string>>;

interface ConnectorFieldsProps {
  readonly fields: readonly ConnectorField[];
  readonly values: Options;
  readonly onChange: (values: Options) => void;
  /** What is wrong with the field of this name, in place of its hint; null where nothing is. */
  readonly problemOf: (name: string) => string | null;
}

/** Where a complaint about a field of a connector puts the focus. */
export const optionId = (name: string) => `destination-options-${name}`;

/** What one connector asks for beside name and address. */
export function ConnectorFields({ fields, values, onChange, problemOf }: ConnectorFieldsProps) {
  const isAsked = ({ when }: ConnectorField) => when === undefined || values[when.name] === when.is;
  return fields.filter(isAsked).map(({ name, label, hint, example, required, choices, long }) => {
    const id = optionId(name);
    const problem = problemOf(name);
    const shared = { id, value: values[name] ?? '', describedBy: `${id}-hint` };
    const set = (value: string) => onChange({ ...values, [name]: value });
    const typed = { ...shared, onInput: set, placeholder: example, invalid: problem !== null };
    return (
      <Field
        key={name}
        label={required || choices ? label : `${label} (optional)`}
        htmlFor={id}
        hint={problem ?? hint}
        hintId={shared.describedBy}
      >
        {choices ? (
          <Select {...shared} value={shared.value || (choices[0]?.value ?? '')} options={choices} onPick={set} />
        ) : long ? (
          <TextArea {...typed} minLines={4} />
        ) : (
          <TextInput {...typed} />
        )}
      </Field>
    );
  });
}
