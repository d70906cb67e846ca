import { useEffect, useState } from 'preact/hooks';
import { Button } from '../controls/button.tsx';
import { Field } from '../controls/field.tsx';
import { TextInput } from '../controls/text-input.tsx';

interface SecretFieldProps {
  readonly id: string;
  readonly label: string;
  readonly optional?: boolean;
  /** One is stored. It is never shown. */
  readonly isSet: boolean;
  /** `undefined` keeps the stored one, null removes it. */
  readonly value: string | null | undefined;
  readonly onChange: (value: string | null | undefined) => void;
  readonly hint: string;
  readonly invalid: boolean;
}

/** A token or secret: says that one is set, and takes a new one, but never shows the stored one. */
export function SecretField(props: SecretFieldProps) {
  const { id, isSet, value, onChange, label } = props;
  const [replacing, setReplacing] = useState(false);
  // A stored one that was refused has to be entered again, also while that is being done.
  useEffect(() => {
    if (props.invalid) setReplacing(true);
  }, [props.invalid]);
  const keeping = isSet && !replacing && !props.invalid;
  const hintId = `${id}-hint`;
  const name = props.optional ? `${label} (optional)` : label;
  const what = label.toLowerCase();

  if (keeping) {
    return (
      <Field label={name} hint={props.hint} hintId={hintId}>
        <div class="wb-secret">
          <span>{value === null ? `The ${what} will be removed.` : `A ${what} is set.`}</span>
          <Button kind="quiet" label={`Replace the ${what}`} onPress={() => setReplacing(true)}>
            Replace
          </Button>
          <Button
            kind="quiet"
            label={value === null ? `Keep the ${what}` : `Remove the ${what}`}
            onPress={() => onChange(value === null ? undefined : null)}
          >
            {value === null ? 'Keep' : 'Remove'}
          </Button>
        </div>
      </Field>
    );
  }
  return (
    <Field
      label={name}
      htmlFor={id}
      hint={props.hint}
      hintId={hintId}
      aside={
        isSet && (
          <Button
            kind="quiet"
            onPress={() => {
              setReplacing(false);
              onChange(undefined);
            }}
          >
            Keep the stored one
          </Button>
        )
      }
    >
      <TextInput
        id={id}
        kind="secret"
        value={value ?? ''}
        // Nothing typed: keep what is stored, or have none.
        onInput={(typed) => onChange(typed.trim() || (isSet ? undefined : null))}
        invalid={props.invalid}
        describedBy={hintId}
      />
    </Field>
  );
}
