/** Forgets reviews that are older than the reviewer wants to keep. What is still owed, or was refused, is never among them. */
import { forgetOldCases } from './cases.ts';
import type { CountersignDatabase } from './database.ts';
import { deliveryStates } from './delivery-states.ts';
import { guarded } from './failures.ts';
import { forgetOldPins } from './pins.ts';
import { forgetJudged, forgetOldQueued } from './queue.ts';
import { type Deletion, deleteReviews } from './remove.ts';
import type { Settings } from './settings-shape.ts';
import { forgetOldTriaged } from './triaged.ts';

const DAY = 86_400_000;
const LAST_RUN = 'retention';
const CHUNK = 250;

type Keeping = Pick<Settings, 'keepDays' | 'forgetEverywhere'>;

/** Ids of the reviews whose newest revision is older than that, and of which nothing waits or lies refused. */
async function* outdated(database: CountersignDatabase, keepDays: number, now: number): AsyncGenerator<string[]> {
  if (keepDays <= 0) return;
  const before = new Date(now - keepDays * DAY).toISOString();
  const old = database.revisions.where('[latest+createdAt]').between([1, ''], [1, before]);
  const ids = (await guarded(() => old.primaryKeys())).map((key) => key.slice(0, key.lastIndexOf(':')));
  for (let start = 0; start < ids.length; start += CHUNK) {
    const some = ids.slice(start, start + CHUNK);
    const states = await deliveryStates(database, some);
    yield some.filter((id) => states.get(id) !== 'pending' && states.get(id) !== 'dead');
  }
}

/** How many reviews a setting would forget now. */
export async function countOutdated(database: CountersignDatabase, keepDays: number, now: number): Promise<number> {
  let count = 0;
  for await (const ids of outdated(database, keepDays, now)) count += ids.length;
  return count;
}

/** Forgets what is too old: here, and at the destinations where `forgetEverywhere` says so. */
export async function forgetOutdated(
  database: CountersignDatabase,
  { keepDays, forgetEverywhere }: Keeping,
  now: number,
): Promise<Deletion> {
  let [deleted, tombstones] = [0, 0];
  for await (const ids of outdated(database, keepDays, now)) {
    const gone = await deleteReviews(database, { ids }, { everywhere: forgetEverywhere, now });
    deleted += gone.deleted;
    tombstones += gone.tombstones;
  }
  await forgetOldQueued(database, keepDays, now);
  await forgetOldPins(database, keepDays, now);
  await forgetOldTriaged(database, keepDays, now);
  await forgetOldCases(database, keepDays, now);
  return { deleted, tombstones };
}

/** The same, at most once a day, whatever happens to the clock; null where it is not time. */
export async function forgetDaily(
  database: CountersignDatabase,
  keeping: Keeping,
  now: number,
): Promise<Deletion | null> {
  await forgetJudged(database, now);
  if (keeping.keepDays <= 0) return null;
  const last = (await database.values.get(LAST_RUN))?.value;
  if (typeof last === 'number' && last <= now && now - last < DAY) return null;
  const forgotten = await forgetOutdated(database, keeping, now);
  await guarded(() => database.values.put({ name: LAST_RUN, value: now }));
  return forgotten;
}
