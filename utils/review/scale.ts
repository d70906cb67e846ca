/** What a rating's value may be, by the scale of its dimension. Pure; the editor, the background and the workbench agree by it. */
import { NOTE_LIMIT } from './limits.ts';
import type { Dimension, Scale } from './rubric.ts';
import type { Rating } from './schema.ts';

export type Value = Rating['value'];

/** Ids of the options of a scale that has some. */
const optionsOf = (scale: Scale) => (scale.kind === 'choice' || scale.kind === 'choices' ? scale.options : []);

/** What is wrong with a value on this scale, in words that follow its name; null for nothing. */
export function complaintOf(scale: Scale, value: Value): string | null {
  const knows = (id: Value) => optionsOf(scale).some((option) => option.id === id);
  switch (scale.kind) {
    case 'thumb':
      return value === 'up' || value === 'down' ? null : 'is answered with up or down';
    case 'points':
      return typeof value === 'number' && Number.isInteger(value) && value >= 1 && value <= scale.max
        ? null
        : `is a whole number from 1 to ${scale.max}`;
    case 'choice':
      return knows(value) ? null : 'is one of its answers';
    case 'choices': {
      const fits = Array.isArray(value) && value.every(knows) && new Set(value).size === value.length;
      return fits && value.length > 0 ? null : 'is some of its answers, each once';
    }
    case 'text':
      return typeof value === 'string' && value.trim() !== '' && value.length <= NOTE_LIMIT ? null : 'is text';
    case 'number':
      return typeof value === 'number' && value >= scale.min && value <= scale.max
        ? null
        : `is a number from ${scale.min} to ${scale.max}`;
  }
}

/** Whether a value is one of these, or, of several choices, has one of these among it. */
export function isAmong(value: Value, some: readonly (string | number)[]): boolean {
  return Array.isArray(value) ? value.some((one) => some.includes(one)) : some.includes(value);
}

/** The value in the words of the rubric; as it is, where the rubric does not know it (any more). */
export function valueWords(dimension: Dimension | undefined, value: Value): string {
  const scale = dimension?.scale;
  const named = (id: string) => (scale && optionsOf(scale).find((option) => option.id === id)?.name) ?? id;
  if (Array.isArray(value)) return value.map(named).join(', ');
  if (typeof value === 'string')
    return scale?.kind === 'thumb' ? (value === 'up' ? 'Thumb up' : 'Thumb down') : named(value);
  if (scale?.kind === 'points') return `${value} of ${scale.max}`;
  return scale?.kind === 'number' && scale.unit ? `${value} ${scale.unit}` : String(value);
}

/**
 * The value after a digit key on a scale that has the focus, null where that takes the answer back, undefined where the
 * digit means nothing there. Of several choices, it turns one on or off.
 */
export function afterDigit(scale: Scale, value: Value | null, digit: number): Value | null | undefined {
  switch (scale.kind) {
    case 'thumb':
      return (['up', 'down'] as const)[digit - 1];
    case 'points':
      return digit >= 1 && digit <= scale.max ? digit : undefined;
    case 'choice':
      return scale.options[digit - 1]?.id;
    case 'choices': {
      const option = scale.options[digit - 1];
      return option && toggled(scale.options, value, option.id);
    }
    default:
      return undefined;
  }
}

/** Several choices with one turned on or off, in the order of the options; null where none is left. */
export function toggled(options: readonly { readonly id: string }[], value: Value | null, id: string): Value | null {
  const on = new Set(Array.isArray(value) ? value : []);
  if (!on.delete(id)) on.add(id);
  const left = options.filter((option) => on.has(option.id)).map((option) => option.id);
  return left.length === 0 ? null : left;
}
