/** The keys of the comparison: letters rank, E is equal, X or N is none, digits tell how much. Pure apart from reading the event. */
import { isKey, pressOf } from '../../utils/keyboard.ts';
import { LETTERS, type Press, STRENGTHS, type Strength } from '../../utils/review/ranking.ts';
import { isTyping, type Keyboard } from './keys.ts';

export type CompareCommand =
  | { readonly do: 'press'; readonly press: Press }
  | { readonly do: 'strength'; readonly strength: Strength }
  | { readonly do: 'undo' | 'redo' | 'differences' | 'leave' };

/** What this key press asks for among `count` answers, or null: then it is left to the rest of the editor. */
export function compareCommandOf(
  event: KeyboardEvent,
  { keys, singleKeys, chord }: Keyboard,
  count: number,
): CompareCommand | null {
  if (event.isComposing || isTyping(event.target)) return null;
  const { key, ctrlKey, metaKey, altKey, shiftKey } = event;
  if ((ctrlKey || metaKey) && !altKey && key.toLowerCase() === 'z') return { do: shiftKey ? 'redo' : 'undo' };
  if ((ctrlKey || metaKey) && !altKey && !shiftKey && key.toLowerCase() === 'y') return { do: 'redo' };
  if (key === 'Backspace' && !ctrlKey && !metaKey && !altKey) return { do: 'undo' };
  const press = pressOf(event, chord);
  if (press !== 'chord' && !(press === 'single' && singleKeys)) return null;
  const place = [...LETTERS].slice(0, count).findIndex((letter) => isKey(event, letter.toLowerCase()));
  if (place >= 0) return { do: 'press', press: place };
  if (isKey(event, 'e')) return { do: 'press', press: 'equal' };
  if (isKey(event, 'x') || isKey(event, 'n')) return { do: 'press', press: 'none' };
  if (isKey(event, 'w')) return { do: 'differences' };
  // Digits in a scale rate.
  const scale = event.target instanceof Element ? event.target.closest('[data-scale]') : null;
  const strength = scale ? undefined : STRENGTHS.find((_, index) => isKey(event, String(index + 1)));
  if (strength) return { do: 'strength', strength };
  if (isKey(event, keys.undo)) return { do: 'undo' };
  return isKey(event, keys.compare) ? { do: 'leave' } : null;
}
