import 'fake-indexeddb/auto';
import { afterEach, expect, it } from 'vitest';
import { CountersignDatabase } from '../../../utils/storage/database.ts';
import { defaultSettings } from '../../../utils/storage/default-settings.ts';
import { shownSettings } from '../../../utils/storage/shown-settings.ts';

const database = new CountersignDatabase('shown-settings');

afterEach(() => database.values.clear());

it('given nothing stored, then pages show the defaults', async () => {
  expect(await shownSettings(database)).toEqual(defaultSettings);
});

it('given settings, when they are read, then they are shown as stored, a name too', async () => {
  const value = {
    ...defaultSettings,
    reviewerName: 'Ana',
    theme: 'dark',
    keys: { ...defaultSettings.keys, more: 'x' },
  };
  await database.values.put({ name: 'settings', value });
  expect(await shownSettings(database)).toEqual(value);
});

it('given broken and missing fields, when they are read, then those and only those are the defaults', async () => {
  await database.values.put({
    name: 'settings',
    value: { paused: 'yes', singleKeys: false, keys: { undo: 7, more: 'x' } },
  });
  expect(await shownSettings(database)).toEqual({
    ...defaultSettings,
    singleKeys: false,
    keys: { ...defaultSettings.keys, more: 'x' },
  });
});
