import './switch.css';

interface SwitchProps {
  readonly label: string;
  /** One quiet sentence under the label. */
  readonly hint?: string;
  readonly on: boolean;
  /** Called within the click, so that a permission may be asked for in it. */
  readonly onToggle: (on: boolean) => void;
  readonly disabled?: boolean;
}

/** On or off, at once. The whole line is the target. */
export function Switch({ label, hint, on, onToggle, disabled }: SwitchProps) {
  return (
    <button
      type="button"
      role="switch"
      class="cs-switch"
      aria-checked={on}
      disabled={disabled}
      onClick={() => onToggle(!on)}
    >
      <span class="cs-switch-words">
        <span>{label}</span>
        {hint !== undefined && <span class="cs-field-hint">{hint}</span>}
      </span>
      <span class="cs-switch-track" aria-hidden="true" />
    </button>
  );
}
