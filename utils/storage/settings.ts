/** Settings and the installation's id: single values, checked whenever they are read. */

import { fail, failure, report } from '../errors.ts';
import type { CountersignDatabase } from './database.ts';
import { guarded } from './failures.ts';
import { areSame, redactionTerms, unprepareAll } from './leaving.ts';
import { lockedIn, type Managed, managedTerms, withManagedSettings } from './managed.ts';
import { defaultSettings, type Settings, settingsSchema } from './settings-shape.ts';

const SETTINGS = 'settings';
const INSTALLATION = 'installation';

/** What was stored as far as it is valid, and the paths that fell back to their defaults. */
export interface ReadSettings {
  readonly settings: Settings;
  readonly repaired: readonly string[];
}

function record(value: unknown): Record<string, unknown> {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
}

/** Takes each field of `stored` that its schema accepts, else the default; a field that is merely absent is no repair. */
function repair(stored: unknown): ReadSettings {
  const repaired: string[] = [];
  function pick(shape: object, from: Record<string, unknown>, defaults: object, path: string) {
    const fields = Object.entries(shape).map(([name, schema]) => {
      const parsed = Object.hasOwn(from, name) ? schema.safeParse(from[name]) : null;
      if (parsed && !parsed.success) repaired.push(`${path}${name}`);
      return [name, parsed?.success ? parsed.data : defaults[name as keyof typeof defaults]];
    });
    return Object.fromEntries(fields);
  }
  const { keys, ...shape } = settingsSchema.shape;
  const from = record(stored);
  const settings: Settings = {
    ...pick(shape, from, defaultSettings, ''),
    keys: pick(keys.shape, record(from.keys), {}, 'keys.'),
  };
  const doubled = doubledKey(settings) !== null;
  if (doubled) repaired.push('keys');
  return { settings: { ...settings, keys: withFreeKeys(doubled ? {} : settings.keys) }, repaired };
}

/** Where a key that an action would have is another's already, one of these is taken: none that browsers keep for themselves. */
const spareKeys = 'abcdefghijklmnopqrstuvwxyz;,.-=[]';

/**
 * All keys, from those that are chosen: an action without one, such as one that is new in this version, gets its default,
 * or another that is free. What the reviewer has chosen stays theirs.
 */
function withFreeKeys(chosen: Partial<Settings['keys']>): Settings['keys'] {
  const names = Object.keys(defaultSettings.keys) as (keyof Settings['keys'])[];
  const keys: Partial<Settings['keys']> = Object.fromEntries(names.map((name) => [name, chosen[name]]));
  const open = names.filter((name) => keys[name] === undefined);
  const isFree = (key: string) => !Object.values(keys).includes(key);
  for (const name of open) if (isFree(defaultSettings.keys[name])) keys[name] = defaultSettings.keys[name];
  for (const name of open) keys[name] ??= [...spareKeys].find(isFree) ?? defaultSettings.keys[name];
  return keys as Settings['keys'];
}

/** The first action whose key another action has already, or null. */
function doubledKey({ keys }: Settings): string | null {
  const seen = new Set<string>();
  for (const [action, key] of Object.entries(keys)) {
    if (key !== undefined && seen.has(key)) return action;
    seen.add(key);
  }
  return null;
}

/** Reads the settings; what is stored and broken falls back field by field and is reported. */
export async function readSettings(database: CountersignDatabase): Promise<ReadSettings> {
  const read = repair((await database.values.get(SETTINGS))?.value ?? {});
  if (read.repaired.length > 0) report(failure('invalid'), `reading the settings ${read.repaired.join(', ')}`);
  return { ...read, settings: withManagedSettings(read.settings, await managedTerms(database)) };
}

/** The reviewer's own settings, without what the organisation sets, and the stored value as it is; undefined where there is none. */
export async function ownSettings(database: CountersignDatabase): Promise<{ stored: unknown; settings: Settings }> {
  const stored = (await database.values.get(SETTINGS))?.value;
  return { stored, settings: repair(stored ?? {}).settings };
}

/**
 * Stores the reviewer's own settings as they are given, or forgets them with undefined, inside the caller's transaction, which
 * has `values` and `outbox`. Throws `invalid` with the field named where they are not valid.
 */
export async function putSettings(database: CountersignDatabase, settings: unknown): Promise<void> {
  const before = await redactionTerms(database);
  if (settings === undefined) await database.values.delete(SETTINGS);
  else {
    const parsed = settingsSchema.safeParse(settings);
    if (!parsed.success) fail('invalid', { field: parsed.error.issues[0]?.path.join('.') ?? '' });
    await database.values.put({ name: SETTINGS, value: parsed.data });
  }
  if (!areSame(before, await redactionTerms(database))) await unprepareAll(database);
}

/** Throws `forbidden` with the field named where a change is of what the organisation sets. */
function failWhereLocked(change: Partial<Settings>, managed: Managed): void {
  const field = lockedIn(change, managed);
  if (field === null) return;
  const next = 'Ask whoever looks after your browser.';
  fail('forbidden', { field, message: 'This is set by your organisation.', next });
}

/**
 * Changes settings; absent fields stay. Where that changes what is redacted, what is still owed is prepared anew. Throws `invalid` with the field named where the result would not be valid.
 */
export function saveSettings(database: CountersignDatabase, change: Partial<Settings>): Promise<Settings> {
  return guarded(() =>
    database.transaction('rw', [database.values, database.outbox], async () => {
      const { settings } = repair((await database.values.get(SETTINGS))?.value ?? {});
      const managed = await managedTerms(database);
      failWhereLocked(change, managed);
      const parsed = settingsSchema.safeParse({ ...settings, ...change });
      if (!parsed.success) fail('invalid', { field: parsed.error.issues[0]?.path.join('.') ?? '' });
      const doubled = doubledKey(parsed.data);
      if (doubled) {
        const message = 'Two actions have the same key.';
        fail('invalid', { field: `keys.${doubled}`, message, next: 'Choose another key for one of them.' });
      }
      await putSettings(database, parsed.data);
      return withManagedSettings(parsed.data, managed);
    }),
  );
}

/** The random id of this installation, made on first use and kept: who judged, where no name was given. */
export function installationId(
  database: CountersignDatabase,
  newId: () => string = () => crypto.randomUUID(),
): Promise<string> {
  return guarded(() =>
    database.transaction('rw', database.values, async () => {
      const stored = (await database.values.get(INSTALLATION))?.value;
      if (typeof stored === 'string' && stored !== '') return stored;
      const id = newId();
      await database.values.put({ name: INSTALLATION, value: id });
      return id;
    }),
  );
}
