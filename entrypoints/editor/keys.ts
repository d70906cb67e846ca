/** The editor's keyboard: what a key press means here. Pure apart from reading the event. */
import type { PageState } from '../../utils/messaging/contract.ts';
import type { Verdict } from '../../utils/review/schema.ts';

export type Command =
  | { readonly do: 'save' | 'close' | 'undo' }
  | { readonly do: 'verdict'; readonly verdict: Verdict }
  /** Digit key 1 to 9. */
  | { readonly do: 'digit'; readonly digit: number }
  | { readonly do: 'part'; readonly by: 1 | -1 };

const VERDICTS = ['approve', 'correct', 'reject', 'unsure'] as const;

export interface Keyboard {
  readonly keys: PageState['keys'];
  readonly singleKeys: boolean;
  readonly chord: string;
}

function isTyping(target: EventTarget | null): boolean {
  return target instanceof Element && target.matches('textarea, input, select');
}

function held(event: KeyboardEvent): string {
  return [event.ctrlKey && 'Ctrl', event.altKey && 'Alt', event.shiftKey && 'Shift', event.metaKey && 'Meta']
    .filter(Boolean)
    .join('+');
}

/** The place on the keyboard decides where the character cannot: Alt writes other characters on a Mac. */
function isKey({ key, code }: KeyboardEvent, wanted: string): boolean {
  if (key.toLowerCase() === wanted || code === `Digit${wanted}`) return true;
  return !/^[ -~]$/.test(key) && code === `Key${wanted.toUpperCase()}`;
}

/** What this key press asks for, or null: then it is left to the browser. */
export function commandOf(event: KeyboardEvent, { keys, singleKeys, chord }: Keyboard): Command | null {
  if (event.isComposing || event.getModifierState('AltGraph')) return null;
  const modifiers = held(event);
  if (event.key === 'Enter' && (modifiers === 'Ctrl' || modifiers === 'Meta')) return { do: 'save' };
  if (event.key === 'Escape' && modifiers === '') return { do: 'close' };
  if (event.key === 'F6' && modifiers === '') return { do: 'part', by: 1 };
  if (event.key === 'F6' && modifiers === 'Shift') return { do: 'part', by: -1 };

  const withChord = modifiers === chord.split('+').sort().join('+') || modifiers === chord;
  const alone = modifiers === '' && !isTyping(event.target);
  if (alone && /^[1-9]$/.test(event.key)) return { do: 'digit', digit: Number(event.key) };
  if (!withChord && !(alone && singleKeys)) return null;
  const verdict = VERDICTS.find((name) => isKey(event, keys[name]));
  if (verdict) return { do: 'verdict', verdict };
  return isKey(event, keys.undo) ? { do: 'undo' } : null;
}
