import type { ComponentChildren } from 'preact';

interface FieldProps {
  readonly label: string;
  /** Id of the control that the label belongs to. Without it the field is a group with this name. */
  readonly htmlFor?: string;
  /** Stands at the end of the label's line: a small button, a count. */
  readonly aside?: ComponentChildren;
  /** One quiet sentence under the control. */
  readonly hint?: ComponentChildren;
  readonly hintId?: string;
  readonly children: ComponentChildren;
}

/** A label above a control, with room for a hint below. */
export function Field({ label, htmlFor, aside, hint, hintId, children }: FieldProps) {
  return (
    <div class="cs-field">
      <div class="cs-field-head">
        {htmlFor ? (
          <label class="cs-field-label" for={htmlFor}>
            {label}
          </label>
        ) : (
          <span class="cs-field-label" aria-hidden="true">
            {label}
          </span>
        )}
        {aside}
      </div>
      {children}
      {hint !== undefined && (
        <p class="cs-field-hint" id={hintId}>
          {hint}
        </p>
      )}
    </div>
  );
}
