// @vitest-environment happy-dom
import { describe, expect, it } from 'vitest';
import { commandOf, type Keyboard } from '../../../entrypoints/editor/keys.ts';
import { defaultSettings } from '../../../utils/storage/settings-shape.ts';

const keyboard: Keyboard = { keys: defaultSettings.keys, singleKeys: true, chord: 'Alt+Shift' };

/** What a press means on `target`. `keys` as in `Alt+Shift+a`; the last is the key. */
function press(keys: string, target = 'button', change: Partial<Keyboard> & KeyboardEventInit = {}) {
  const names = keys.split('+');
  const element = document.createElement(target);
  let command: ReturnType<typeof commandOf> = null;
  element.addEventListener('keydown', (event) => {
    command = commandOf(event, { ...keyboard, ...change });
  });
  const event = new KeyboardEvent('keydown', {
    key: names.at(-1) ?? '',
    ctrlKey: names.includes('Ctrl') || names.includes('AltGr'),
    altKey: names.includes('Alt') || names.includes('AltGr'),
    shiftKey: names.includes('Shift'),
    metaKey: names.includes('Meta'),
    bubbles: true,
    ...change,
  });
  // The test's document takes any Alt for AltGr; browsers do not.
  event.getModifierState = (name) => name === 'AltGraph' && names.includes('AltGr');
  element.dispatchEvent(event);
  return command;
}

describe('keys in the editor', () => {
  it.each(['button', 'textarea'])('save, close and move on from a %s', (target) => {
    expect(press('Ctrl+Enter', target)).toEqual({ do: 'save' });
    expect(press('Meta+Enter', target)).toEqual({ do: 'save' });
    expect(press('Escape', target)).toEqual({ do: 'close' });
    expect(press('F6', target)).toEqual({ do: 'part', by: 1 });
    expect(press('Shift+F6', target)).toEqual({ do: 'part', by: -1 });
  });

  it('judge and label with one key, but never while somebody types', () => {
    expect(press('r')).toEqual({ do: 'verdict', verdict: 'reject' });
    expect(press('3')).toEqual({ do: 'digit', digit: 3 });
    expect(press('z')).toEqual({ do: 'undo' });
    for (const field of ['textarea', 'select', 'input']) {
      expect(press('r', field)).toBeNull();
      expect(press('3', field)).toBeNull();
    }
  });

  it('judge with the chord while somebody types', () => {
    expect(press('Alt+Shift+A', 'textarea')).toEqual({ do: 'verdict', verdict: 'approve' });
    expect(press('Alt+Shift+Å', 'textarea', { code: 'KeyA' })).toEqual({ do: 'verdict', verdict: 'approve' });
    expect(press('Ctrl+Alt+a', 'textarea', { chord: 'Ctrl+Alt' })).toEqual({ do: 'verdict', verdict: 'approve' });
    expect(press('Alt+a', 'textarea')).toBeNull();
    expect(press('AltGr+a', 'textarea', { chord: 'Ctrl+Alt' })).toBeNull();
  });

  it('leave single keys alone where they are switched off, but not labels', () => {
    expect(press('r', 'button', { singleKeys: false })).toBeNull();
    expect(press('Alt+Shift+R', 'button', { singleKeys: false })).toEqual({ do: 'verdict', verdict: 'reject' });
    expect(press('2', 'button', { singleKeys: false })).toEqual({ do: 'digit', digit: 2 });
  });

  it('undo and redo the form outside of text fields, which have their own', () => {
    expect(['Ctrl+z', 'Meta+z', 'Ctrl+Shift+Z', 'Ctrl+y'].map((keys) => press(keys))).toEqual([
      { do: 'edit', by: -1 },
      { do: 'edit', by: -1 },
      { do: 'edit', by: 1 },
      { do: 'edit', by: 1 },
    ]);
    expect(press('Ctrl+z', 'textarea')).toBeNull();
    expect(press('f')).toEqual({ do: 'finding' });
  });

  it('leave the browser and input methods what is theirs', () => {
    expect(press('Ctrl+r')).toBeNull();
    expect(press('Shift+Escape')).toBeNull();
    expect(press('Enter')).toBeNull();
    expect(press('Escape', 'textarea', { isComposing: true })).toBeNull();
    expect(press('Enter', 'textarea', { isComposing: true, ctrlKey: true })).toBeNull();
  });
});
