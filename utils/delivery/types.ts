/**
 * What is delivered, and how its destination fares, as far as delivery itself looks: the rows of the extension's outbox and
 * of the collector's queue have more to them.
 */
import type { WireEvent } from '../review/wire.ts';

/** An event that one destination is owed. What was acknowledged is no entry any more. */
export interface Entry {
  /** Idempotency key of the revision or the tombstone. */
  readonly key: string;
  readonly state: 'pending' | 'leased' | 'dead';
  /** ms since 1970: not sent before. */
  readonly dueAt: number;
  /** ms since 1970; 0 where not leased. */
  readonly leasedUntil: number;
  readonly attempts: number;
  /** Why the last attempt failed, in words; null where none did. */
  readonly reason: string | null;
}

/** An entry as far as it is numbered. */
export interface Numberable {
  /** Its number in the destination's stream, given when it is first leased. */
  readonly sequence: number | null;
  /** Numbers of the stream that this entry tells the endpoint not to wait for. */
  readonly closes: readonly number[];
  readonly event: WireEvent | null;
}

/** How a destination fares. */
export interface Standing {
  /** Why it is paused, in words; null where it is not. */
  readonly pausedBecause: string | null;
  /** ms since 1970: no request to it before. */
  readonly notBefore: number;
  /** ms since 1970: when `notBefore` was set. */
  readonly waitingSince?: number;
  /** In a row. */
  readonly failures: number;
  /** ISO time. */
  readonly lastDeliveredAt: string | null;
  /** Learnt from a 413: no batch of more UTF-8 bytes than this. */
  readonly byteLimit?: number;
  /** While a rejected batch is bisected: so many entries at the front of the queue hold at least one bad one. */
  readonly suspects?: number;
  readonly takesGzip?: boolean;
}

/** What a destination's stream has come to. */
export interface Numbering {
  /** Names what is numbered together. */
  readonly stream: string;
  /** The last number given; 0 for none. */
  readonly lastSequence: number;
  /** Numbers given to what will never be sent again, which the endpoint is still to be told. */
  readonly closing: readonly number[];
}

/** A batch in flight. `until` tells this lease from a later one of the same entries. */
export interface InFlight<Row> {
  readonly rows: readonly Row[];
  /** UTF-8 bytes of the events as a JSON array. */
  readonly bytes: number;
  /** ms since 1970. */
  readonly until: number;
}

/** What a reply told besides the fate of its batch. */
export interface Learnt {
  /** ms to leave the destination alone, as its rate limit asks; 0 where it asks nothing. */
  readonly paceMs: number;
  /** Whether it takes bodies packed with gzip; null where it did not say. */
  readonly takesGzip: boolean | null;
}

/** What a trial of a destination showed, in words for the form. */
export interface ProbeResult {
  readonly ok: boolean;
  readonly message: string;
  /** One thing that the user can do, or null where nothing is needed. */
  readonly next: string | null;
}
