// @vitest-environment happy-dom
import { expect, it } from 'vitest';
import { standingSentence, standings } from '../../../components/editor/compare-model.ts';
import { compareCommandOf } from '../../../entrypoints/editor/compare-keys.ts';
import type { Keyboard } from '../../../entrypoints/editor/keys.ts';
import { LETTERS, pressed, type Ranking, unranked } from '../../../utils/review/ranking.ts';
import { defaultSettings } from '../../../utils/storage/settings-shape.ts';

const keyboard: Keyboard = { keys: defaultSettings.keys, singleKeys: true, chord: 'Alt+Shift' };

function press(key: string, { count = 3, target = 'button', ...more }: Record<string, unknown> = {}) {
  const element = document.createElement(target as string);
  let command: ReturnType<typeof compareCommandOf> = null;
  element.addEventListener('keydown', (event) => {
    command = compareCommandOf(event, { ...keyboard, ...more } as Keyboard, count as number);
  });
  const event = new KeyboardEvent('keydown', { key, bubbles: true, ...(more as KeyboardEventInit) });
  event.getModifierState = () => false;
  element.dispatchEvent(event);
  return command;
}

it('ranks by letters, E and X, as many letters as there are answers', () => {
  expect(press('a')).toEqual({ do: 'press', press: 0 });
  expect(press('C')).toEqual({ do: 'press', press: 2 });
  expect(press('d')).toBeNull();
  expect(press('d', { count: 4 })).toEqual({ do: 'press', press: 3 });
  // E is no answer's letter.
  expect(press('e', { count: 8 })).toEqual({ do: 'press', press: 'equal' });
  expect(press('f', { count: 8 })).toEqual({ do: 'press', press: 4 });
  expect(press('x')).toEqual({ do: 'press', press: 'none' });
  expect(press('n')).toEqual({ do: 'press', press: 'none' });
});

it('tells how much by digits, goes back and away, and leaves text fields alone', () => {
  expect(press('1')).toEqual({ do: 'strength', strength: 'slight' });
  expect(press('4')).toBeNull();
  expect(press('z')).toEqual({ do: 'undo' });
  expect(press('Backspace')).toEqual({ do: 'undo' });
  expect(press('z', { ctrlKey: true })).toEqual({ do: 'undo' });
  expect(press('z', { ctrlKey: true, shiftKey: true })).toEqual({ do: 'redo' });
  expect(press('w')).toEqual({ do: 'differences' });
  expect(press('v')).toEqual({ do: 'leave' });
  for (const key of ['a', 'e', '1', 'Backspace']) expect(press(key, { target: 'textarea' })).toBeNull();
});

it('given single keys that are off, takes the chord only', () => {
  expect(press('a', { singleKeys: false })).toBeNull();
  expect(press('a', { singleKeys: false, altKey: true, shiftKey: true })).toEqual({ do: 'press', press: 0 });
});

const ranked = (keys: string, count: number): Ranking =>
  [...keys].reduce(
    (ranking, key) => pressed(ranking, key === 'E' ? 'equal' : key === 'X' ? 'none' : LETTERS.indexOf(key)),
    unranked(count),
  );

it.each([
  ['', 2, false, [null, null], 'Which is better?'],
  ['B', 2, true, ['Worse', 'Better'], 'B is clearly better.'],
  ['E', 2, true, ['Equal', 'Equal'], 'Both are equal.'],
  ['X', 2, true, ['Not good', 'Not good'], 'Both are bad.'],
  ['B', 3, false, [null, 'Best', null], 'B. Next: A or C'],
  ['BE', 3, false, [null, 'Best', null], 'B. As good as the last: A or C'],
  ['BA', 3, true, ['2nd', 'Best', '3rd'], 'B, then A, then C. The best is clearly ahead.'],
  ['BEA', 3, true, ['Best, shared', 'Best, shared', '2nd'], 'B = A, then C. The best is clearly ahead.'],
  ['X', 3, true, ['Not good', 'Not good', 'Not good'], 'None is good.'],
])('says how %j of %i stands', (keys, count, isDone, words, sentence) => {
  const ranking = ranked(keys, count);
  expect(standings(ranking, isDone)).toEqual(words);
  expect(standingSentence(ranking, isDone, 'clear')).toBe(sentence);
});
