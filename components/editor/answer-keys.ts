/** The keyboard of the answer pane: what a key press means there. Pure apart from reading the event. */
import type { Step } from '../../utils/editing/desk.ts';
import { isKey } from '../../utils/keyboard.ts';

export type PaneCommand =
  | { readonly do: 'step'; readonly step: Step }
  /** `digit` 1 to 9 is that label's; 0 is none. */
  | { readonly do: 'take'; readonly digit: number }
  | { readonly do: 'severity'; readonly by: 1 | -1 }
  | { readonly do: 'remove' }
  | { readonly do: 'open' };

const plain: Readonly<Record<string, Step>> = {
  ArrowDown: 'next-sentence',
  ArrowUp: 'previous-sentence',
  Forward: 'next-word',
  Back: 'previous-word',
  Home: 'first',
  End: 'last',
};
const shifted: Readonly<Record<string, Step>> = {
  ArrowDown: 'grow-sentence',
  ArrowUp: 'shrink-sentence',
  Forward: 'grow-word',
  Back: 'shrink-word',
};

/** What this key press asks for in the pane, or null. `isRtl`: the text runs from right to left. */
export function paneCommandOf(event: KeyboardEvent, isRtl: boolean): PaneCommand | null {
  const { key, shiftKey, ctrlKey, metaKey, altKey } = event;
  if (event.isComposing || altKey) return null;
  if (ctrlKey !== metaKey && !shiftKey && key.toLowerCase() === 'a') return { do: 'step', step: 'all' };
  if (ctrlKey || metaKey) return null;
  const ahead = isRtl ? 'ArrowLeft' : 'ArrowRight';
  const name = key === 'ArrowLeft' || key === 'ArrowRight' ? (key === ahead ? 'Forward' : 'Back') : key;
  const step = (shiftKey ? shifted : plain)[name];
  if (step) return { do: 'step', step };
  if (key === '+' || key === '=') return { do: 'severity', by: 1 };
  if (key === '-') return { do: 'severity', by: -1 };
  if (shiftKey) return null;
  if (key === 'Enter') return { do: 'take', digit: 0 };
  if (key === 'Delete' || key === 'Backspace') return { do: 'remove' };
  if (key === 'Insert' || isKey(event, 'i')) return { do: 'step', step: 'gap' };
  if (key === ' ') return { do: 'open' };
  const digit = [1, 2, 3, 4, 5, 6, 7, 8, 9].find((each) => isKey(event, String(each)));
  return digit === undefined ? null : { do: 'take', digit };
}
