/** What of a stored revision may leave for a destination, by what the destination is set to and the reviewer's own terms. */
import type { PrivacyLevel } from '../connectors/types.ts';
import { regionsOf } from '../privacy/languages.ts';
import type { Prepared, PrepareOptions, Withheld } from '../privacy/prepare.ts';
import type { Result } from '../result.ts';
import type { Review } from '../review/schema.ts';
import { isDeletion, type ReviewEvent, toEvent, type WireEvent } from '../review/wire.ts';
import type { CountersignDatabase } from './database.ts';
import type { Settings } from './settings-shape.ts';
import { partsOf, type Share } from './shares.ts';
import { shownSettings } from './shown-settings.ts';

/** What an outbox entry gets: the event, or why there is none. A withheld revision is kept as a dead entry, in sight. */
export type Leaving =
  | { readonly event: ReviewEvent }
  | { readonly event: null; readonly state: 'dead'; readonly reason: string };

const SECRET = 'privacy-secret';
/** Longest check of one record, in ms: more than it takes when a worker has just started on a busy computer. */
const BUDGET_MS = 1_000;

/** The reviewer's own words on what is redacted. */
export type RedactionTerms = Pick<Settings, 'customerRules' | 'allow' | 'alsoRedact'>;

/** The terms as they are now. They were checked when they were stored; read without their schema, which pages do not load. */
export async function redactionTerms(database: CountersignDatabase): Promise<RedactionTerms> {
  const { customerRules, allow, alsoRedact } = await shownSettings(database);
  return { customerRules, allow, alsoRedact };
}

/** Whether both say the same. */
export const areSame = (one: RedactionTerms, other: RedactionTerms) => JSON.stringify(one) === JSON.stringify(other);

/**
 * Drops what was made for whomever by other terms than now: it is made anew before it leaves. Only inside a readwrite
 * transaction over `outbox`.
 */
export async function unprepareAll({ outbox }: CountersignDatabase): Promise<void> {
  for (const state of ['pending', 'leased']) {
    await outbox
      .where('[state+leasedUntil]')
      .between([state, 0], [state, Number.MAX_SAFE_INTEGER], true, true)
      .filter(({ event }) => event !== null && !isDeletion(event) && madeAt(event) !== 'text')
      .modify({ event: null });
  }
}

/** The level that an event was made at; null for a tombstone, which says the same at every level. */
export function madeAt(event: WireEvent): PrivacyLevel | null {
  return isDeletion(event) ? null : (event.data.redaction?.level ?? 'text');
}

/** Whether this event is what a destination with this share is given: what was made for another must not be sent. */
export function isMadeFor(event: WireEvent | null, share: Share): boolean {
  if (event === null) return false;
  if (isDeletion(event)) return true;
  const { level, sendPrompt, sendContext } = partsOf(share);
  if (madeAt(event) !== level) return false;
  if (level === 'hashes' || level === 'ratings') return true;
  const { snapshot, redaction } = event.data;
  const promptFits = sendPrompt ? !redaction?.leftOut.includes('snapshot.prompt') : snapshot.prompt === null;
  const contextFits = sendContext ? !redaction?.leftOut.includes('snapshot.context') : snapshot.context === undefined;
  return promptFits && contextFits;
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

/** Loads with the first destination that gets something: who has none never pays for it. */
const redaction = () => import('../privacy/prepare.ts');

function optionsOf(share: Share, terms: RedactionTerms, secret: string, languages: readonly string[]): PrepareOptions {
  const { customerRules, allow, alsoRedact: accepted } = terms;
  const options = { secret, regions: regionsOf(languages), budgetMs: BUDGET_MS, customerRules, allow, accepted };
  return { ...partsOf(share), ...options };
}

/**
 * What would leave of a revision now, for a look at it: nothing is stored. Its keyed hashes are those that would be sent
 * only where the installation has its key already. Throws only where the database does.
 */
export async function previewLeaving(
  database: CountersignDatabase,
  review: Review,
  share: Share,
  languages: readonly string[] = globalThis.navigator?.languages ?? [],
): Promise<Result<Prepared, Withheld>> {
  const stored = (await database.values.get(SECRET))?.value;
  const secret = typeof stored === 'string' && stored.length === 64 ? stored : randomSecret();
  const options = optionsOf(share, await redactionTerms(database), secret, languages);
  const { prepareForDestination } = await redaction();
  return prepareForDestination(toEvent(review), options);
}

/**
 * What may leave of a revision for each of these shares, by these terms. Hashes on another thread, so call it before a transaction, never
 * inside one. Throws only where the database does.
 */
export async function leavingAt(
  database: CountersignDatabase,
  review: Review,
  wanted: Iterable<Share>,
  terms: RedactionTerms,
  languages: readonly string[] = globalThis.navigator?.languages ?? [],
): Promise<Map<Share, Leaving>> {
  const leaving = new Map<Share, Leaving>();
  for (const share of new Set(wanted)) {
    const secret = await privacySecret(database);
    const { prepareForDestination } = await redaction();
    const made = await prepareForDestination(toEvent(review), optionsOf(share, terms, secret, languages));
    leaving.set(
      share,
      made.ok ? { event: made.value.event } : { event: null, state: 'dead', reason: made.error.message },
    );
  }
  return leaving;
}
