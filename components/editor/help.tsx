import { useState } from 'preact/hooks';
import { Lazy, partOf } from '../controls/lazy.tsx';
import type { Keys } from '../settings/types.ts';

export const HELP_ID = 'ed-help';

export interface HelpProps {
  /** As the reviewer has set them. */
  readonly keys: Keys;
  readonly singleKeys: boolean;
  readonly chord: string;
  readonly saveKeys: string;
}

const sheet = partOf<HelpProps>(async () => (await import('./cheat-sheet.tsx')).CheatSheet);

/** All keys, in a popover. */
export function Help({ keys, singleKeys, chord, saveKeys }: HelpProps) {
  const [shown, setShown] = useState(false);
  return (
    <div
      id={HELP_ID}
      class="ed-help"
      popover="auto"
      role="dialog"
      aria-label="Keys and hints"
      // biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, so the keyboard must reach it, and it takes the focus
      tabIndex={0}
      autofocus
      onBeforeToggle={() => setShown(true)}
    >
      <h2>Keys</h2>
      {shown && <Lazy part={sheet} props={{ keys, singleKeys, chord, saveKeys }} />}
    </div>
  );
}
