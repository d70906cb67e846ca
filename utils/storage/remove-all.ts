/** Takes everything out of the database, whatever tables it has. */
import type { CountersignDatabase } from './database.ts';
import { guarded } from './failures.ts';
import { turnMemoryOnly } from './memory/switch.ts';

/** ms. A request that is under way ends after 20 s; what it brought would be noted in an empty ledger. */
const UNDER_WAY_MS = 21_000;
const LOOK_MS = 250;

/**
 * Leaves the database as empty as a new one, memory-only mode off. Destinations go first, so that no delivery begins; what is
 * under way is waited for. No tombstone is owed to anybody: who wants that deletes the reviews before.
 */
export async function removeAll(database: CountersignDatabase, underWayMs = UNDER_WAY_MS): Promise<void> {
  const { destinations, outbox } = database;
  await guarded(() => destinations.clear());
  const until = performance.now() + underWayMs;
  const isUnderWay = async () => (await outbox.filter(({ state }) => state === 'leased').count()) > 0;
  while (performance.now() < until && (await isUnderWay()))
    await new Promise((resolve) => setTimeout(resolve, LOOK_MS));
  if (database.routing.isOn) await turnMemoryOnly(database, { on: false, held: 'discard' });
  const { tables } = database;
  await guarded(() => database.transaction('rw', tables, () => Promise.all(tables.map((table) => table.clear()))));
}
