/** What of a stored revision may leave for a destination, at the level that the destination is set to. */
import type { Destination, PrivacyLevel } from '../connectors/types.ts';
import { prepareForDestination } from '../privacy/prepare.ts';
import type { Review } from '../review/schema.ts';
import { isDeletion, type ReviewEvent, toEvent, type WireEvent } from '../review/wire.ts';
import type { CountersignDatabase } from './database.ts';

/** What an outbox entry gets: the event, or why there is none. A withheld revision is kept as a dead entry, in sight. */
export type Leaving =
  | { readonly event: ReviewEvent }
  | { readonly event: null; readonly state: 'dead'; readonly reason: string };

/** All levels. */
export const privacyLevels = ['redacted', 'text', 'hashes', 'ratings'] as const satisfies readonly PrivacyLevel[];

const SECRET = 'privacy-secret';
/** Longest check of one record, in ms: more than it takes when a worker has just started on a busy computer. */
const BUDGET_MS = 1_000;

/** What is sent to this destination; one that was stored before there was a choice gets redacted texts. */
export function levelOf({ sends }: Pick<Destination, 'sends'>): PrivacyLevel {
  return privacyLevels.find((level) => level === sends) ?? 'redacted';
}

/** The level that an event was made at; null for a tombstone, which says the same at every level. */
export function madeAt(event: WireEvent): PrivacyLevel | null {
  return isDeletion(event) ? null : (event.data.redaction?.level ?? 'text');
}

/** Whether this event may be sent at this level: what was made at another must not be. */
export function isMadeAt(event: WireEvent | null, level: PrivacyLevel): boolean {
  return event !== null && (madeAt(event) ?? level) === level;
}

function randomSecret(): string {
  return Array.from(crypto.getRandomValues(new Uint8Array(32)), (byte) => byte.toString(16).padStart(2, '0')).join('');
}

/** The installation's key for keyed hashes: 32 random bytes in hexadecimal, made on first use, kept here, never sent. */
async function privacySecret(database: CountersignDatabase): Promise<string> {
  const stored = (await database.values.get(SECRET))?.value;
  if (typeof stored === 'string' && stored.length === 64) return stored;
  return database.transaction('rw', database.values, async () => {
    const meanwhile = (await database.values.get(SECRET))?.value;
    if (typeof meanwhile === 'string' && meanwhile.length === 64) return meanwhile;
    const value = randomSecret();
    await database.values.put({ name: SECRET, value });
    return value;
  });
}

/** The regions whose national phone numbers the reviewer is likely to meet, by the languages of the browser. */
function regionsOf(languages: readonly string[]): string[] {
  const regions = languages.map((language) => {
    try {
      return new Intl.Locale(language).maximize().region;
    } catch {
      return undefined;
    }
  });
  return [...new Set(regions.filter((region) => region !== undefined))];
}

/**
 * What may leave of a revision at each of these levels. Hashes on another thread, so call it before a transaction, never
 * inside one. Throws only where the database does.
 */
export async function leavingAt(
  database: CountersignDatabase,
  review: Review,
  levels: Iterable<PrivacyLevel>,
  languages: readonly string[] = globalThis.navigator?.languages ?? [],
): Promise<Map<PrivacyLevel, Leaving>> {
  const leaving = new Map<PrivacyLevel, Leaving>();
  for (const level of new Set(levels)) {
    const secret = await privacySecret(database);
    const options = { level, secret, regions: regionsOf(languages), budgetMs: BUDGET_MS };
    const made = await prepareForDestination(toEvent(review), options);
    leaving.set(
      level,
      made.ok ? { event: made.value.event } : { event: null, state: 'dead', reason: made.error.message },
    );
  }
  return leaving;
}
