interface SelectProps<T extends string> {
  readonly id?: string;
  /** Needed where no visible label belongs to it. */
  readonly label?: string;
  readonly value: T;
  readonly options: readonly { readonly value: T; readonly label: string }[];
  readonly onPick: (value: T) => void;
  readonly describedBy?: string;
}

/** One of many, as the platform shows it. */
export function Select<T extends string>({ id, label, value, options, onPick, describedBy }: SelectProps<T>) {
  return (
    <select
      id={id}
      class="cs-input cs-select"
      aria-label={label}
      aria-describedby={describedBy}
      value={value}
      onChange={(event) => onPick(event.currentTarget.value as T)}
    >
      {options.map((option) => (
        <option key={option.value} value={option.value}>
          {option.label}
        </option>
      ))}
    </select>
  );
}
