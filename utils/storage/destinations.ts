/** Destinations. Token and secret stay in this database and in the requests they are for: no answer carries them. */
import type { Destination, DestinationInput, PrivacyLevel } from '../connectors/types.ts';
import { fail } from '../errors.ts';
import { addCounts, type CountChanges, countEntry } from './counters.ts';
import type { CountersignDatabase, DestinationRow } from './database.ts';
import { guarded } from './failures.ts';
import { levelOf } from './leaving.ts';

/** A destination as pages show it: of token and secret only whether there is one. */
export interface DestinationView extends Omit<DestinationRow, 'token' | 'secret' | 'sends'> {
  readonly sends: PrivacyLevel;
  readonly hasToken: boolean;
  readonly hasSecret: boolean;
}

/** What becomes of entries still owed when the address of their destination changes. */
export type OwedChoice = 'move' | 'discard';

/** All destinations, by name. */
export async function listDestinations(database: CountersignDatabase): Promise<DestinationView[]> {
  const rows = await database.destinations.toArray();
  return rows
    .map(({ token, secret, ...row }) => ({
      ...row,
      sends: levelOf(row),
      hasToken: token !== null,
      hasSecret: secret !== null,
    }))
    .sort((a, b) => a.name.localeCompare(b.name));
}

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
  return { id, name, connector, url, token: keep('token'), secret: keep('secret'), sends };
}

/** The destination that a form means, without storing it: for a trial. Throws `not-found` or `invalid`. */
export async function completeInput(database: CountersignDatabase, input: DestinationInput): Promise<Destination> {
  const stored = input.id === null ? null : await guarded(() => database.destinations.get(input.id ?? ''));
  if (stored === undefined) fail('not-found');
  return completed(input, stored, input.id ?? 'trial');
}

/**
 * Adds a destination, or replaces the one with the input's id and wakes it where it was paused; answers its id.
 * Where the address moves to another origin while reviews are owed to the old one, `owed` must say what becomes of them:
 * without it throws `invalid` for the field `owed`. Throws `not-found` for an unknown id. Where another level is sent from
 * now on, what is still owed is prepared anew before it leaves.
 */
export function saveDestination(
  database: CountersignDatabase,
  input: DestinationInput,
  owed?: OwedChoice,
  newId: () => string = () => crypto.randomUUID(),
): Promise<string> {
  const { destinations, outbox, counters } = database;
  return guarded(() =>
    database.transaction('rw', [destinations, outbox, counters], async () => {
      const stored = input.id === null ? null : await destinations.get(input.id);
      if (stored === undefined) fail('not-found');
      const destination = completed(input, stored, input.id ?? newId());
      if (stored && originOf(stored.url) !== originOf(destination.url)) {
        await settleOwed(database, destination.id, owed);
      }
      if (stored && levelOf(stored) !== levelOf(destination)) await unprepare(database, destination.id);
      const lastDeliveredAt = stored?.lastDeliveredAt ?? null;
      await destinations.put({ ...destination, pausedBecause: null, notBefore: 0, failures: 0, lastDeliveredAt });
      return destination.id;
    }),
  );
}

/** Removes a destination and what is still owed to it; what it has received stays on record. */
export async function removeDestination(database: CountersignDatabase, id: string): Promise<void> {
  const { destinations, outbox, counters } = database;
  await guarded(() =>
    database.transaction('rw', [destinations, outbox, counters], async () => {
      await destinations.delete(id);
      await discardOwed(database, id);
    }),
  );
}

const OWED = ['pending', 'leased', 'dead'] as const;

const owedTo = (database: CountersignDatabase, id: string) =>
  database.outbox.where('[destinationId+state]').anyOf(OWED.map((state) => [id, state]));

/** Drops what was made for another level. Dead entries keep what was refused until they are sent again. */
async function unprepare(database: CountersignDatabase, id: string): Promise<void> {
  const waiting = (['pending', 'leased'] as const).map((state) => [id, state]);
  await database.outbox.where('[destinationId+state]').anyOf(waiting).modify({ event: null });
}

async function discardOwed(database: CountersignDatabase, id: string): Promise<void> {
  const rows = await owedTo(database, id).toArray();
  const changes: CountChanges = new Map();
  for (const row of rows) countEntry(changes, row, -1);
  await database.outbox.bulkDelete(rows.map((row) => row.entryId));
  await addCounts(database, changes);
}

async function settleOwed(database: CountersignDatabase, id: string, choice: OwedChoice | undefined): Promise<void> {
  if (choice === 'move') return;
  const count = await owedTo(database, id).count();
  if (count === 0) return;
  if (choice === 'discard') return discardOwed(database, id);
  const message =
    count === 1 ? 'One review is still owed to the old address.' : `${count} are still owed to the old address.`;
  fail('invalid', { field: 'owed', message, next: 'Choose whether they go to the new address or are dropped.' });
}
