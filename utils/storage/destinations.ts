/** Destinations. Token and secret stay in this database and in the requests they are for: no answer carries them. */
import type { Destination, DestinationInput, PrivacyLevel } from '../connectors/types.ts';
import { fail } from '../errors.ts';
import { addCounts, type CountChanges, countEntry, counts } from './counters.ts';
import type { CountersignDatabase, DestinationRow, OutboxRow } from './database.ts';
import { guarded } from './failures.ts';
import { levelOf, shareOf } from './shares.ts';

/** A destination as pages show it: of token and secret only whether there is one. */
export interface DestinationView extends Omit<DestinationRow, 'token' | 'secret' | 'sends' | 'closing'> {
  readonly sends: PrivacyLevel;
  readonly hasToken: boolean;
  readonly hasSecret: boolean;
}

/**
 * What becomes of entries still owed when the address of their destination changes. `move`: they go to the new one.
 * `discard`: they go nowhere. `keep`: they still go to the old one, which stays as a destination of its own that is owed
 * nothing new, with its token, pace and pauses, until the user removes it.
 */
export type OwedChoice = 'move' | 'discard' | 'keep';

/** All destinations, by name. */
export async function listDestinations(database: CountersignDatabase): Promise<DestinationView[]> {
  const rows = await database.destinations.toArray();
  return rows
    .map(({ token, secret, closing: _, ...row }) => ({
      ...row,
      sends: levelOf(row),
      hasToken: token !== null,
      hasSecret: secret !== null,
    }))
    .sort((a, b) => a.name.localeCompare(b.name));
}

const withoutEmpty = (options: Readonly<Record<string, string>>) =>
  Object.fromEntries(Object.entries(options).filter(([, value]) => value !== ''));

const originOf = (url: string) => (URL.canParse(url) ? new URL(url).origin : url);

/**
 * The destination that a form means. Token and secret that the form left out are those stored, but never for another
 * origin than the one they were given for: throws `invalid` for the field that must be entered again.
 */
function completed(input: DestinationInput, stored: Destination | null, id: string): Destination {
  const { name, connector, url } = input;
  const moved = stored !== null && originOf(stored.url) !== originOf(url);
  const keep = (field: 'token' | 'secret') => {
    const given = input[field];
    if (given !== undefined) return given;
    const kept = stored?.[field] ?? null;
    if (moved && kept !== null) {
      const message = `The address changed, so the ${field} that was given for the old one is not sent there.`;
      fail('invalid', { field, message, next: `Enter the ${field} for the new address.` });
    }
    return kept;
  };
  const sends = input.sends ?? levelOf(stored ?? {});
  const gzip = input.gzip === undefined ? stored?.gzip : (input.gzip ?? undefined);
  const sendPrompt = input.sendPrompt ?? stored?.sendPrompt;
  const sendContext = input.sendContext ?? stored?.sendContext;
  const options = input.options ?? (stored?.connector === connector ? stored.options : undefined);
  const choices = {
    ...(gzip === undefined ? {} : { gzip }),
    ...(sendPrompt === undefined ? {} : { sendPrompt }),
    ...(sendContext === undefined ? {} : { sendContext }),
    ...(options === undefined ? {} : { options: withoutEmpty(options) }),
  };
  return { id, name, connector, url, token: keep('token'), secret: keep('secret'), sends, ...choices };
}

/** The destination that a form means, without storing it: for a trial. Throws `not-found` or `invalid`. */
export async function completeInput(database: CountersignDatabase, input: DestinationInput): Promise<Destination> {
  const stored = input.id === null ? null : await guarded(() => database.destinations.get(input.id ?? ''));
  if (stored === undefined) fail('not-found');
  return completed(input, stored, input.id ?? 'trial');
}

/**
 * Adds a destination, or replaces the one with the input's id and wakes it where it was paused; answers its id, which is
 * a new one where `owed` keeps the old address. Where the address moves to another origin while reviews are owed to the
 * old one, `owed` must say what becomes of them: without it throws `invalid` for the field `owed`. Throws `not-found` for
 * an unknown id. Where something else is sent from now on, what is still owed is prepared anew before it leaves.
 */
export function saveDestination(
  database: CountersignDatabase,
  input: DestinationInput,
  owed?: OwedChoice,
  newId: () => string = () => crypto.randomUUID(),
): Promise<string> {
  const { destinations, outbox, counters } = database;
  return guarded(() =>
    database.transaction('rw', [destinations, outbox, counters], async () =>
      putDestination(database, input, owed, newId),
    ),
  );
}

/** The same inside the caller's transaction, which has `destinations`, `outbox` and `counters`. */
export async function putDestination(
  database: CountersignDatabase,
  input: DestinationInput,
  owed?: OwedChoice,
  newId: () => string = () => crypto.randomUUID(),
): Promise<string> {
  const { destinations } = database;
  const stored = input.id === null ? null : await destinations.get(input.id);
  if (stored === undefined) fail('not-found');
  let destination = completed(input, stored, input.id ?? newId());
  const elsewhere = stored !== null && originOf(stored.url) !== originOf(destination.url);
  const waiting = elsewhere ? await countOwed(database, stored.id) : 0;
  if (waiting > 0 && owed === undefined) failUndecided(waiting);
  if (stored && waiting > 0 && owed === 'keep') {
    await destinations.put({ ...stored, name: `${stored.name} (former address)`, former: true });
    destination = { ...destination, id: newId() };
    await destinations.put({ ...destination, ...unused() });
    return destination.id;
  }
  if (waiting > 0 && owed === 'discard') await discardOwed(database, destination.id);
  if (stored && shareOf(stored) !== shareOf(destination)) await unprepare(database, destination.id);
  const sameAddress = stored !== null && stored.url === destination.url;
  if (stored && !sameAddress) await unnumber(database, destination.id);
  await destinations.put({ ...destination, ...unused(), ...(stored ? carriedOver(stored, sameAddress) : {}) });
  return destination.id;
}

/** The state of a destination that nothing was sent to yet. */
function unused(): Omit<DestinationRow, keyof Destination> {
  const stream = crypto.randomUUID();
  const state = { pausedBecause: null, notBefore: 0, failures: 0, lastDeliveredAt: null };
  return { ...state, stream, lastSequence: 0, closing: [] };
}

/** What stays true of a destination that was saved anew: a new address knows no numbers of the old one. */
function carriedOver(stored: DestinationRow, sameAddress: boolean): Partial<DestinationRow> {
  const { lastDeliveredAt, stream, lastSequence, closing, takesGzip, former } = stored;
  const kept = { lastDeliveredAt, ...(former ? { former } : {}) };
  if (!sameAddress) return kept;
  return { ...kept, stream, lastSequence, closing, ...(takesGzip === undefined ? {} : { takesGzip }) };
}

/** Removes a destination and what is still owed to it; what it has received stays on record. */
export async function removeDestination(database: CountersignDatabase, id: string): Promise<void> {
  const { destinations, outbox, counters } = database;
  await guarded(() =>
    database.transaction('rw', [destinations, outbox, counters], async () => dropDestination(database, id)),
  );
}

/** The same inside the caller's transaction, which has `destinations`, `outbox` and `counters`. */
export async function dropDestination(database: CountersignDatabase, id: string): Promise<void> {
  await database.destinations.delete(id);
  await discardOwed(database, id);
}

const ALL = [Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY] as const;

/** Entries of a destination in one state. */
const inState = ({ outbox }: CountersignDatabase, id: string, state: OutboxRow['state']) =>
  outbox.where('[destinationId+state+dueAt]').between([id, state, ALL[0]], [id, state, ALL[1]], true, true);

const WAITING = ['pending', 'leased'] as const;

/** Drops what was made for another share; tombstones say the same at each. Dead entries keep what was refused until they are sent again. */
async function unprepare(database: CountersignDatabase, id: string): Promise<void> {
  for (const state of WAITING) {
    const rows = inState(database, id, state).filter(({ kind }) => kind === 'review');
    await rows.modify({ event: null });
  }
}

/** Forgets the numbers that waiting and dead entries had at another address. */
async function unnumber(database: CountersignDatabase, id: string): Promise<void> {
  for (const state of [...WAITING, 'dead'] as const) {
    const rows = inState(database, id, state).filter(({ sequence, closes }) => sequence !== null || closes.length > 0);
    await rows.modify({ sequence: null, closes: [] });
  }
}

/** Drops all that a destination is owed, without reading it: it may be much. */
async function discardOwed(database: CountersignDatabase, id: string): Promise<void> {
  const changes: CountChanges = new Map();
  for (const state of [...WAITING, 'dead'] as const) {
    const keys = await inState(database, id, state).primaryKeys();
    for (const _ of keys) countEntry(changes, { destinationId: id, state }, -1);
    await database.outbox.bulkDelete(keys);
  }
  await addCounts(database, changes);
}

/** How many entries wait for a destination, those that were given up on among them. */
export async function countOwed(database: CountersignDatabase, id: string): Promise<number> {
  const { owed = 0, dead = 0 } = (await counts(database)).destinations[id] ?? {};
  return owed + dead;
}

function failUndecided(count: number): never {
  const message =
    count === 1 ? 'One review is still owed to the old address.' : `${count} are still owed to the old address.`;
  const next = 'Choose whether they go to the new address, still go to the old one, or are dropped.';
  fail('invalid', { field: 'owed', message, next });
}
