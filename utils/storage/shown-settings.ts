/**
 * Settings for popup and workbench, which show them and never act on them: read without the schema and its weight. The
 * background checks them whenever it stores or obeys them.
 */
import type { CountersignDatabase } from './database.ts';
import { defaultSettings } from './default-settings.ts';
import { managedTerms, withManagedSettings } from './managed.ts';
import type { Settings } from './settings-shape.ts';

/** The fields of `stored` that are of the kind that `defaults` has, else the defaults. */
function kindred<T extends object>(stored: unknown, defaults: T): T {
  const from = (typeof stored === 'object' && stored !== null ? stored : {}) as Record<string, unknown>;
  const fields = Object.entries(defaults).map(([name, value]) => {
    const own = Object.hasOwn(from, name) ? from[name] : undefined;
    const alike = typeof own === typeof value && own !== null && Array.isArray(own) === Array.isArray(value);
    const fits = value === null ? typeof own === 'string' : alike;
    return [name, fits ? own : value];
  });
  return Object.fromEntries(fields) as T;
}

/** The settings as stored, missing and broken fields as they are before anybody changes them. Works inside `liveQuery`. */
export async function shownSettings(database: CountersignDatabase): Promise<Settings> {
  const settings = kindred((await database.values.get('settings'))?.value, defaultSettings);
  const own = { ...settings, keys: kindred(settings.keys, defaultSettings.keys) };
  return withManagedSettings(own, await managedTerms(database));
}
