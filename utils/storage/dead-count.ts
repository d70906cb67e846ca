/** How many entries are dead: apart from all that is counted, because the badge shows it at every start. */
import type { CountersignDatabase } from './database.ts';

/** The counters are by destination; see `countEntry`. Works inside `liveQuery`. */
export async function countDead({ counters }: CountersignDatabase): Promise<number> {
  const rows = await counters.where('name').startsWith('outbox dead ').toArray();
  return rows.reduce((sum, { value }) => sum + value, 0);
}
