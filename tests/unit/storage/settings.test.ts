import 'fake-indexeddb/auto';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { installationId, readSettings, saveSettings } from '../../../utils/storage/settings.ts';
import { defaultSettings, type Settings } from '../../../utils/storage/settings-shape.ts';
import { failing, openDatabase } from '../../support/stored.ts';

afterEach(() => {
  vi.restoreAllMocks();
});

/** Settings as some other program, or an older version, might have left them. */
async function reading(value: unknown) {
  const warned = vi.spyOn(console, 'warn').mockImplementation(() => {});
  const database = await openDatabase();
  await database.values.put({ name: 'settings', value });
  return { ...(await readSettings(database)), warned };
}

describe('reading settings', () => {
  it('given nothing stored, are the defaults, and nothing is reported', async () => {
    const database = await openDatabase();
    expect(await readSettings(database)).toEqual({ settings: defaultSettings, repaired: [] });
  });

  it('given fields that a newer version added or dropped, are read as far as they are known', async () => {
    const { settings, repaired } = await reading({ theme: 'dark', future: true });
    expect(settings).toEqual({ ...defaultSettings, theme: 'dark' });
    expect(repaired).toEqual([]);
  });

  it('given broken fields, fall back one by one, and the report names them but not their content', async () => {
    const keys = { ...defaultSettings.keys, approve: 'q', undo: 'SECRET-zq9' };
    const { settings, repaired, warned } = await reading({ paused: 'yes', reviewerName: 'Kim', theme: 7, keys });
    expect(settings).toEqual({ ...defaultSettings, reviewerName: 'Kim', keys: { ...keys, undo: 'z' } });
    expect(repaired).toEqual(['paused', 'theme', 'keys.undo']);
    expect(warned).toHaveBeenCalledWith(expect.stringContaining('paused, theme, keys.undo'));
    expect(JSON.stringify(warned.mock.calls)).not.toContain('zq9');
  });

  it('given two actions on one key, takes the default keys', async () => {
    const { settings, repaired } = await reading({ keys: { ...defaultSettings.keys, approve: 'r' } });
    expect(settings.keys).toEqual(defaultSettings.keys);
    expect(repaired).toEqual(['keys']);
  });

  it('given a key of the reviewer’s that a new action would have by default, keeps it and gives the new action a free one', async () => {
    const { pin: _pin, help: _help, aside: _aside, ...known } = defaultSettings.keys;
    const { settings, repaired } = await reading({ keys: { ...known, approve: 'p', reject: 's' } });
    expect(settings.keys).toMatchObject({ ...known, approve: 'p', reject: 's', help: '?' });
    expect(new Set(Object.values(settings.keys)).size).toBe(Object.keys(defaultSettings.keys).length);
    expect(repaired).toEqual([]);
  });

  it.each([null, 'text', 4, [1, 2], { keys: 'none' }, JSON.parse('{"__proto__":{"paused":true}}')])(
    'given %j, are the defaults',
    async (value) => {
      expect((await reading(value)).settings).toEqual(defaultSettings);
    },
  );
});

describe('changing settings', () => {
  it('given one field, keeps the others', async () => {
    const database = await openDatabase();
    await saveSettings(database, { theme: 'dark' });
    expect(await saveSettings(database, { paused: true })).toEqual({ ...defaultSettings, theme: 'dark', paused: true });
    expect((await readSettings(database)).settings).toMatchObject({ theme: 'dark', paused: true });
  });

  it.each<[string, Partial<Settings>, string]>([
    ['an unknown theme', { theme: 'pink' as 'dark' }, 'theme'],
    ['a key that is none', { keys: { ...defaultSettings.keys, more: 'Shift' } }, 'keys.more'],
    ['a key of another action', { keys: { ...defaultSettings.keys, reject: 'a' } }, 'keys.reject'],
  ])('given %s, is refused with the field named, and nothing changes', async (_, change, field) => {
    const database = await openDatabase();
    await expect(saveSettings(database, change)).rejects.toMatchObject(failing('invalid', field));
    expect((await readSettings(database)).settings).toEqual(defaultSettings);
  });
});

describe('the installation', () => {
  it('given two contexts that ask first at once, has one id for good', async () => {
    const database = await openDatabase();
    const ids = await Promise.all([installationId(database), installationId(database)]);
    expect(new Set(ids).size).toBe(1);
    expect(await installationId(database)).toBe(ids[0]);
    expect(ids[0]).toMatch(/^[0-9a-f-]{36}$/);
  });
});
