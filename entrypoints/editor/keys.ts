/** The editor's keyboard: what a key press means here. Pure apart from reading the event. */
import { actionOf, isKey, pressOf } from '../../utils/keyboard.ts';
import type { PageState } from '../../utils/messaging/contract.ts';
import type { Verdict } from '../../utils/review/schema.ts';

export type Command =
  | { readonly do: 'save' | 'close' | 'undo' | 'finding' | 'compare' | 'help' }
  /** Undoes the last change to the form (-1), or does it again. */
  | { readonly do: 'edit'; readonly by: 1 | -1 }
  | { readonly do: 'verdict'; readonly verdict: Verdict }
  /** Digit key 1 to 9. */
  | { readonly do: 'digit'; readonly digit: number }
  | { readonly do: 'part'; readonly by: 1 | -1 };

/** The settings that decide. */
export type Keyboard = Pick<PageState, 'keys' | 'singleKeys' | 'chord'>;

/** Whether a key press ends up as text there. */
export function isTyping(target: EventTarget | null): boolean {
  return target instanceof Element && target.matches('textarea, input, select');
}

/** Keys that mean the same wherever the focus is. */
function fixedCommandOf(event: KeyboardEvent): Command | null {
  const { key, ctrlKey, metaKey, altKey, shiftKey } = event;
  if (altKey) return null;
  if (key === 'Enter' && ctrlKey !== metaKey && !shiftKey) return { do: 'save' };
  if (ctrlKey || metaKey) return null;
  if (key === 'Escape' && !shiftKey) return { do: 'close' };
  return key === 'F6' ? { do: 'part', by: shiftKey ? -1 : 1 } : null;
}

/** Undo and redo, outside of text fields, which have their own. */
function editCommandOf(event: KeyboardEvent): Command | null {
  const { key, ctrlKey, metaKey, altKey, shiftKey, target } = event;
  if (ctrlKey === metaKey || altKey || isTyping(target)) return null;
  if (isKey(event, 'z')) return { do: 'edit', by: shiftKey ? 1 : -1 };
  return key === 'y' && ctrlKey ? { do: 'edit', by: 1 } : null;
}

/** What this key press asks for, or null: then it is left to the browser. */
export function commandOf(event: KeyboardEvent, { keys, singleKeys, chord }: Keyboard): Command | null {
  if (event.isComposing) return null;
  const fixed = fixedCommandOf(event);
  if (fixed) return fixed;
  const edit = editCommandOf(event);
  if (edit) return edit;
  const press = pressOf(event, chord);
  const alone = press === 'single' && !isTyping(event.target);
  const digit = alone ? [1, 2, 3, 4, 5, 6, 7, 8, 9].find((each) => isKey(event, String(each))) : undefined;
  if (digit !== undefined) return { do: 'digit', digit };
  if (press !== 'chord' && !(alone && singleKeys)) return null;
  const action = actionOf(event, keys);
  switch (action) {
    case 'approve':
    case 'correct':
    case 'reject':
    case 'unsure':
      return { do: 'verdict', verdict: action };
    case 'undo':
    case 'finding':
    case 'compare':
    case 'help':
      return { do: action };
    default:
      return null;
  }
}
