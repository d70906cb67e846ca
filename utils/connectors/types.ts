/** A connector speaks one destination's protocol: pure translation, used by the extension and by the collector. */

import type { Failure } from '../errors.ts';
import type { Result } from '../result.ts';
import type { RedactionNote, WireEvent } from '../review/wire.ts';

export type ConnectorId = 'countersign' | 'webhook';

/**
 * How much of a review leaves. `redacted`: all texts, with what was recognised as personal replaced. `text`: all as stored.
 * `hashes`: no text, but hashes of it. `ratings`: the judgement, nothing derived from text.
 */
export type PrivacyLevel = RedactionNote['level'];

/** A configured place that reviews are delivered to. Token and secret never leave the extension's own pages and database. */
export interface Destination {
  readonly id: string;
  readonly name: string;
  readonly connector: ConnectorId;
  readonly url: string;
  /** Sent as `Authorization: Bearer …`. */
  readonly token: string | null;
  /** Standard Webhooks signing secret, `whsec_` + base64. */
  readonly secret: string | null;
  /** `redacted` where absent. */
  readonly sends?: PrivacyLevel;
  /** Whether the prompt before the answer is sent too, where texts are; true where absent. */
  readonly sendPrompt?: boolean;
  /** Whether what was said before the prompt is sent too, where the prompt is; false where absent. */
  readonly sendContext?: boolean;
  /**
   * Whether request bodies are packed with gzip. Where absent, a destination that names reviews gets them packed once it
   * has said that it takes that (`Accept-Encoding` in an answer, RFC 9110, section 12.5.3), a webhook never.
   */
  readonly gzip?: boolean;
}

/** A destination as a form sends it: an id replaces the one stored; token, secret or level left out stay as stored. */
export interface DestinationInput extends Omit<Destination, 'id' | 'token' | 'secret' | 'gzip'> {
  readonly id: string | null;
  /** null: no choice of the user's any more. */
  readonly gzip?: boolean | null;
  readonly token?: string | null;
  readonly secret?: string | null;
}

/** A request to be sent exactly like this: no redirect followed, no credentials but `authorization`, 20 s at most. */
export interface HttpRequest {
  readonly method: 'POST' | 'GET';
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** A reply as far as it was read: at most 64 KiB of the body. */
export interface HttpReply {
  /** 0 where a browser hides the status of a redirect that was not followed. */
  readonly status: number;
  readonly headers: { get(name: string): string | null };
  readonly body: string;
  /** `too-long`: there is more than was read. `broken`: the connection or the time ended within the body. */
  readonly end: 'whole' | 'too-long' | 'broken';
}

/** What became of one event. */
export type ItemOutcome = { readonly outcome: 'delivered' } | { readonly outcome: 'dead'; readonly reason: string };

/** What a reply means for the batch. */
export type BatchOutcome =
  /** Events that are not in the map were not acknowledged and are tried again. */
  | { readonly kind: 'items'; readonly items: ReadonlyMap<string, ItemOutcome> }
  /** 413: halve the batch; a single event is dead. */
  | { readonly kind: 'too-large' }
  /** 400 or 422 for the whole batch: bisect it; a single event is dead. */
  | { readonly kind: 'invalid'; readonly reason: string }
  /** Try again, not before `retryAfterMs` where the endpoint said so. */
  | { readonly kind: 'later'; readonly retryAfterMs: number | null; readonly reason: string }
  /** The destination cannot be used until somebody changes something: no further request. */
  | { readonly kind: 'pause'; readonly reason: string; readonly next: string };

/** What a form shows beside an acceptable destination; null where there is nothing to say. */
export interface Checked {
  readonly warning: string | null;
}

export interface Connector {
  readonly id: ConnectorId;
  readonly name: string;
  /** Whether it packs bodies for destinations that say they take it. */
  readonly learnsGzip: boolean;
  /** Most events and UTF-8 bytes of one request. */
  readonly limits: { readonly items: number; readonly bytes: number };
  /** Checks what the user typed; the failure names the field, the warning asks for a second look. */
  check(input: DestinationInput): Result<Checked, Failure>;
  /** The request that delivers these events. `now` in ms, for the signature. */
  encode(events: readonly WireEvent[], destination: Destination, now: number): Promise<HttpRequest>;
  /** What the reply to that request means. `now` in ms, for `Retry-After` dates without a `Date` header. */
  decode(reply: HttpReply, events: readonly WireEvent[], now: number): BatchOutcome;
  /** A request that stores nothing and shows whether the destination would accept. */
  probe(destination: Destination, now: number): Promise<HttpRequest>;
}
