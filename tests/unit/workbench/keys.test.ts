import { describe, expect, it } from 'vitest';
import { actions, isModifier, keyComplaint } from '../../../components/settings/keys.ts';
import { defaultSettings, settingsSchema } from '../../../utils/storage/settings-shape.ts';

const { keys } = defaultSettings;

describe('a key for an action', () => {
  it('given a free letter, sign, arrow or function key, has no complaint, and the settings accept it', () => {
    for (const key of ['x', 'y', '+', '!', 'arrowdown', 'f2', 'f9']) {
      expect(keyComplaint(keys, 'approve', key)).toBeNull();
      expect(settingsSchema.safeParse({ ...defaultSettings, keys: { ...keys, approve: key } }).success).toBe(true);
    }
  });

  it('given the key of another action, names that action', () => {
    expect(keyComplaint(keys, 'approve', 'r')).toContain('R is the key of Reject');
    expect(keyComplaint(keys, 'reject', 'r')).toBeNull();
    expect(keyComplaint(keys, 'approve', '?')).toContain('? is the key of Keys');
    expect(keyComplaint(keys, 'help', 'p')).toContain('P is the key of Pin');
  });

  it.each(['1', 'f5', 'f12', 'enter', ' ', 'ä', 'tab', 'delete'])('given %j, says why not', (key) => {
    expect(keyComplaint(keys, 'approve', key)).not.toBeNull();
  });

  it('knows every action that has a key', () => {
    expect(actions.map(({ action }) => action).sort()).toEqual(Object.keys(keys).sort());
  });

  it('takes a modifier as the beginning of a press, not as a key', () => {
    expect(['Shift', 'Control', 'Dead'].every(isModifier)).toBe(true);
    expect(isModifier('a')).toBe(false);
  });
});
