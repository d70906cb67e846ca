/**
 * Reviews as JSON Lines: one JSON object per line, UTF-8, each line ended by a newline. Nothing is left out or rounded.
 *
 * JSON.stringify writes a lone surrogate as an escape (well-formed JSON.stringify, ES2019), so that encoding the text as
 * UTF-8 loses nothing; and line ends of other kinds are escaped here, because some readers split on them too.
 */
import type { Review } from '../review/schema.ts';
import type { WireEvent } from '../review/wire.ts';

/** How much of each review a line holds. */
export type RevisionChoice = 'newest' | 'all';

/** Line ends to some readers, though not to JSON: next line, line separator, paragraph separator. */
const foreignLineEnds = /[\u0085\u2028\u2029]/g;

/** One line with its newline. `value` must be JSON-safe: what JSON cannot say, a line cannot hold. */
export function jsonLine(value: unknown): string {
  const json = JSON.stringify(value).replace(
    foreignLineEnds,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
  return `${json}\n`;
}

/**
 * The line of one review, from its revisions, oldest first.
 * `newest`: the newest revision itself, in the shape of the wire format's `data`.
 * `all`: `{ id, revisions }`, with every revision in that shape, oldest first.
 * Throws a RangeError where there is no revision.
 */
export function reviewLine(revisions: readonly Review[], choice: RevisionChoice): string {
  const newest = revisions.at(-1);
  if (!newest) throw new RangeError('a review has at least one revision');
  return jsonLine(choice === 'newest' ? newest : { id: newest.id, revisions });
}

/** One line per review. `reviews` gives the revisions of each review one after the other, oldest first. */
export async function* reviewLines(
  reviews: AsyncIterable<Review> | Iterable<Review>,
  choice: RevisionChoice,
): AsyncGenerator<string> {
  let revisions: Review[] = [];
  for await (const review of reviews) {
    if (revisions.length > 0 && revisions[0]?.id !== review.id) {
      yield reviewLine(revisions, choice);
      revisions = [];
    }
    revisions.push(review);
  }
  if (revisions.length > 0) yield reviewLine(revisions, choice);
}

/** What could not be delivered, as its file tells it. */
export interface Undelivered {
  /** Idempotency key of the revision. */
  readonly key: string;
  readonly destination: string;
  readonly reason: string | null;
  readonly attempts: number;
  /** Exactly what would have been sent. */
  readonly event: WireEvent | null;
}

/** The line of one entry that could not be delivered. */
export function undeliveredLine({ key, destination, reason, attempts, event }: Undelivered): string {
  return jsonLine({ key, destination, reason, attempts, event });
}

/**
 * Joins lines into pieces of about `size` UTF-16 code units, so that a large export never is one string: a string of
 * V8 ends at 512 MiB, a Blob of many parts does not.
 */
export async function* inPieces(
  lines: AsyncIterable<string> | Iterable<string>,
  size = 1_000_000,
): AsyncGenerator<string> {
  let waiting: string[] = [];
  let length = 0;
  for await (const line of lines) {
    waiting.push(line);
    length += line.length;
    if (length >= size) {
      yield waiting.join('');
      waiting = [];
      length = 0;
    }
  }
  if (length > 0) yield waiting.join('');
}

/** A file name with the local date: `countersign-reviews-2026-11-21.jsonl`. */
export function exportFileName(
  what: 'reviews' | 'preferences' | 'findings' | 'undelivered',
  now: Date = new Date(),
  ending: 'jsonl' | 'csv' = 'jsonl',
): string {
  const two = (value: number) => String(value).padStart(2, '0');
  const date = [now.getFullYear(), two(now.getMonth() + 1), two(now.getDate())].join('-');
  return `countersign-${what}-${date}.${ending}`;
}
