import type { CountersignDatabase } from '../database.ts';

/** Which tables hold what was reviewed, or tell of it: what memory-only mode keeps off the disk. */
export const reviewedTables = [
  'revisions',
  'outbox',
  'ledger',
  'traces',
  'drafts',
  'editors',
  'counters',
  'queue',
  'pins',
  'triaged',
  'cases',
  'sketches',
] as const;

/** Name of the value that says whether the mode is on. A setting of its own kind: to change it is more than to store it. */
export const MEMORY_ONLY = 'memory-only';

/** Whether the mode is on, by the stored word. Works inside `liveQuery`. */
export async function isMemoryOnly(database: CountersignDatabase): Promise<boolean> {
  return (await database.values.get(MEMORY_ONLY))?.value === true;
}
