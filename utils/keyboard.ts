/** Key presses, read the same way on the toolbar and in the editor. */
import type { Action, PageState } from './messaging/contract.ts';

/** How a key was pressed: alone, with the chord, or in a way that is not ours. */
export function pressOf(event: KeyboardEvent, chord: string): 'single' | 'chord' | null {
  const held = [event.ctrlKey && 'Ctrl', event.altKey && 'Alt', event.shiftKey && 'Shift', event.metaKey && 'Meta'];
  const names = held.filter(Boolean);
  const wanted = chord.split('+');
  if (names.length === wanted.length && wanted.every((name) => names.includes(name as never))) {
    // AltGr is Ctrl and Alt at once on some systems, and writes a character. (Firefox on a Mac says AltGraph for Alt alone.)
    return event.ctrlKey && event.altKey && event.getModifierState('AltGraph') ? null : 'chord';
  }
  if (names.length === 0) return 'single';
  return names.length === 1 && event.shiftKey && /^[^a-z]$/i.test(event.key) ? 'single' : null;
}

/**
 * Whether the event is the key `wanted` (as `KeyboardEvent.key`, lowercase). The place on the keyboard decides where the
 * character cannot: Alt writes other characters on a Mac, some layouts have no Latin letters, some shift their digits.
 */
export function isKey({ key, code }: Pick<KeyboardEvent, 'key' | 'code'>, wanted: string): boolean {
  if (key.toLowerCase() === wanted || code === `Digit${wanted}`) return true;
  return !/^[ -~]$/.test(key) && code === `Key${wanted.toUpperCase()}`;
}

/** The action whose key was pressed. */
export function actionOf(event: Pick<KeyboardEvent, 'key' | 'code'>, keys: PageState['keys']): Action | null {
  return (Object.keys(keys) as Action[]).find((action) => isKey(event, keys[action])) ?? null;
}
