import { Kbd } from './kbd.tsx';

interface ToggleChipProps {
  readonly label: string;
  readonly pressed: boolean;
  readonly onToggle: (event: MouseEvent) => void;
  readonly keys?: string;
  /** A quiet word behind the label. */
  readonly note?: string;
}

/** Something that applies or does not, one of many. */
export function ToggleChip({ label, pressed, onToggle, keys, note }: ToggleChipProps) {
  return (
    <button type="button" class="cs-chip" aria-pressed={pressed} aria-keyshortcuts={keys} onClick={onToggle}>
      {keys && <Kbd keys={keys} />}
      <span class="captured" dir="auto">
        {label}
      </span>
      {note && <span class="cs-chip-note"> {note}</span>}
    </button>
  );
}
