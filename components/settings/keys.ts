/** Which keys an action may have, and why not. */
import { keyName } from '../controls/kbd.tsx';
import type { KeyAction, Keys } from './types.ts';

/** The actions in the order in which they are shown, with what each does. */
export const actions: readonly { readonly action: KeyAction; readonly name: string; readonly does: string }[] = [
  { action: 'approve', name: 'Approve', does: 'The answer is right' },
  { action: 'reject', name: 'Reject', does: 'It is not; a digit then says why' },
  { action: 'correct', name: 'Correct', does: 'Write the answer as it should be' },
  { action: 'unsure', name: 'Unsure', does: 'You cannot tell' },
  { action: 'more', name: 'More', does: 'Labels, rating, comment, history' },
  { action: 'undo', name: 'Undo', does: 'Take the last judgement back' },
  { action: 'next', name: 'Next', does: 'Go to the next answer' },
  { action: 'previous', name: 'Previous', does: 'Go to the answer before' },
  { action: 'finding', name: 'Finding', does: 'Point at a part of the answer and say what is wrong there' },
  { action: 'compare', name: 'Compare', does: 'Say which of several answers is better' },
  { action: 'aside', name: 'Set aside', does: 'Keep the answer for later, in the queue' },
  { action: 'pin', name: 'Pin', does: 'Keep the answer at hand, to compare it with others' },
  { action: 'help', name: 'Keys', does: 'Show all keys' },
];

/** Function keys that browsers keep for themselves. */
const taken = new Set(['f1', 'f3', 'f5', 'f6', 'f7', 'f10', 'f11', 'f12']);
const usable = /^(?:[a-z]|[!-/:-@[-`{-~]|arrow(?:up|down|left|right)|f\d{1,2})$/;

/** Why this key (`KeyboardEvent.key`, lowercase) cannot be the action's; null where it can. */
export function keyComplaint(keys: Keys, action: KeyAction, key: string): string | null {
  if (/^\d$/.test(key)) return 'Digits pick the reason of a rejection. Press another key.';
  if (taken.has(key)) return `The browser itself uses ${key.toUpperCase()}. Press another key.`;
  if (!usable.test(key)) return 'That key cannot be used. Press a letter, a sign, an arrow or a function key.';
  const other = actions.find((one) => one.action !== action && keys[one.action] === key);
  return other ? `${keyName(key)} is the key of ${other.name}. Press another key, or change that one first.` : null;
}

/** True for a key press that is only the beginning of one. */
export function isModifier(key: string): boolean {
  return ['Shift', 'Control', 'Alt', 'Meta', 'AltGraph', 'CapsLock', 'Dead', 'Process', 'Unidentified'].includes(key);
}
