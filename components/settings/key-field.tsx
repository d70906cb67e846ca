import { useState } from 'preact/hooks';
import { Kbd, keyName } from '../controls/kbd.tsx';
import { isModifier, keyComplaint } from './keys.ts';
import type { KeyAction, Keys } from './types.ts';

interface KeyFieldProps {
  readonly action: KeyAction;
  readonly name: string;
  readonly does: string;
  readonly keys: Keys;
  readonly onChange: (key: string) => void;
}

/** The key of one action: press it, then the key that it shall have. Escape leaves it as it is. */
export function KeyField({ action, name, does, keys, onChange }: KeyFieldProps) {
  const [waiting, setWaiting] = useState(false);
  const [complaint, setComplaint] = useState<string | null>(null);
  const hint = `key-${action}`;

  const stop = () => {
    setWaiting(false);
    setComplaint(null);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (!waiting || isModifier(event.key) || event.isComposing) return;
    if (event.key === 'Tab') return stop();
    event.preventDefault();
    event.stopPropagation();
    if (event.key === 'Escape') return stop();
    const key = event.key.toLowerCase();
    const problem = keyComplaint(keys, action, key);
    setComplaint(problem);
    if (problem !== null) return;
    setWaiting(false);
    if (key !== keys[action]) onChange(key);
  };

  return (
    <div class="st-key">
      <span class="st-key-words">
        <span>{name}</span>
        <span class="cs-field-hint">{does}</span>
      </span>
      <button
        type="button"
        class="cs-button st-key-button"
        aria-label={waiting ? `${name}: press the new key` : `Key of ${name}: ${keyName(keys[action])}. Change`}
        aria-describedby={hint}
        onClick={() => setWaiting(true)}
        onKeyDown={onKeyDown}
        onBlur={stop}
      >
        {waiting ? 'Press a key' : <Kbd keys={keys[action]} />}
      </button>
      <p id={hint} class="st-key-complaint" role="status">
        {complaint}
      </p>
    </div>
  );
}
