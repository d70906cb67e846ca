/** A connector speaks one destination's protocol: pure translation, used by the extension and by the collector. */

import type { RedactionNote, WireEvent } from '../review/wire.ts';

/** All connectors, in the order in which a form offers them. */
export const connectorIds = [
  'countersign',
  'webhook',
  'otlp',
  'langfuse',
  'mlflow',
  'phoenix',
  'argilla',
  'label-studio',
  'langsmith',
  'opik',
  'braintrust',
] as const;
export type ConnectorId = (typeof connectorIds)[number];

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
  /** What the connector's own fields hold, by their names; those left empty are absent. */
  readonly options?: Readonly<Record<string, string>>;
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
  readonly method: 'POST' | 'GET' | 'PUT' | 'PATCH' | 'DELETE';
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  /** Empty where there is none, as with GET. */
  readonly body: string;
  /** The most of the reply that is read, in bytes: 64 KiB where absent, 4 MiB at most. For targets that repeat what they store. */
  readonly replyLimit?: number;
}

/** A reply as far as it was read: at most as much of the body as its request allows. */
export interface HttpReply {
  /** 0 where a browser hides the status of a redirect that was not followed. */
  readonly status: number;
  readonly headers: { get(name: string): string | null };
  readonly body: string;
  /** `too-long`: there is more than was read. `broken`: the connection or the time ended within the body. */
  readonly end: 'whole' | 'too-long' | 'broken';
}

/** What became of one event. */
export type ItemOutcome =
  | { readonly outcome: 'delivered' }
  | { readonly outcome: 'dead'; readonly reason: string }
  /** Nothing is wrong with the endpoint, but this one is tried again: what it belongs to is not there yet. Others go on. */
  | { readonly outcome: 'later'; readonly reason: string; readonly retryAfterMs: number | null };

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

/**
 * A conversation with an endpoint: yields requests one after the other, is given the reply to each, and answers what became
 * of the events. It does nothing itself, so whoever runs it may end it at any request, and begin it anew: a connector must
 * make the same requests for the same events again, or look first what is there.
 */
export type Exchange = AsyncGenerator<HttpRequest, BatchOutcome, HttpReply>;

/** What a form shows beside an acceptable destination; null where there is nothing to say. */
export interface Checked {
  readonly warning: string | null;
}

/** One thing that a form asks for beside name, address, token and secret; kept in `Destination.options`. */
export interface ConnectorField {
  readonly name: string;
  readonly label: string;
  /** A sentence. */
  readonly hint: string;
  /** A value as one would type it. */
  readonly example: string;
  readonly required: boolean;
  /** What a value looks like, all of it; `wrong` says so in words. */
  readonly pattern?: RegExp;
  readonly wrong?: string;
  /** What is wrong with a value that a pattern cannot tell, as a sentence; null where nothing is. Pure. */
  readonly check?: (value: string) => string | null;
  /** The values to choose from; the first is what an empty one means. */
  readonly choices?: readonly { readonly value: string; readonly label: string }[];
  /** Of several lines. */
  readonly long?: true;
  /** Asked for only where another field has this value. */
  readonly when?: { readonly name: string; readonly is: string };
}

/** The parts of a review that a table tells the fate of. */
export const reviewParts = [
  'verdict',
  'ratings',
  'labels',
  'findings',
  'preference',
  'correction',
  'comment',
  'answer',
  'oversight',
] as const;
export type ReviewPart = (typeof reviewParts)[number];

/** What becomes of one part: arrives in the target's own terms, arrives as metadata, or does not arrive. */
export interface Carried {
  readonly how: 'own' | 'metadata' | 'lost';
  /** In what, in the target's words; why not, where it is lost. */
  readonly as: string;
}

/** What a person must know of a connector before it is set up; data, so that a form and a table need no code of it. */
export interface ConnectorAbout {
  readonly id: ConnectorId;
  readonly name: string;
  /** What it is for, in one or two sentences. */
  readonly sentence: string;
  /** An address as one would type it. */
  readonly example: string;
  readonly token: { readonly label: string; readonly hint: string; readonly required: boolean } | null;
  /** Whether requests are signed as Standard Webhooks says, where there is a secret. */
  readonly signs: boolean;
  readonly fields: readonly ConnectorField[];
  /** `collector`: the target refuses browsers, or its credential must not lie in one, as `why` says. */
  readonly runs: { readonly where: 'anywhere' | 'collector'; readonly why: string };
  readonly carries: Readonly<Record<ReviewPart, Carried>>;
  /** What happens when the same review is sent twice, in words. */
  readonly repeats: string;
  /** What happens to what was sent when the review is deleted, in words. */
  readonly deletion: string;
  /** Whether the form offers packed requests: once the endpoint says that it takes them, or at the user’s word alone. */
  readonly packs?: 'learned' | 'chosen';
  /** Whether a review without a trace is refused. */
  readonly needsTrace: boolean;
}

/** Most events and UTF-8 bytes of one exchange. */
interface Limits {
  readonly items: number;
  readonly bytes: number;
}

export interface Connector {
  readonly id: ConnectorId;
  /** Whether it packs bodies for destinations that say they take it. */
  readonly learnsGzip: boolean;
  /**
   * A target that takes one thing at a time gets one event an exchange: what was done for others then needs no telling when
   * a request fails.
   */
  readonly limits: Limits;
  /** The limits for one destination, where its fields change them. */
  limitsFor?(destination: Destination): Limits;
  /**
   * Delivers these events. `now` in ms, for signatures, and for `Retry-After` dates without a `Date` header. Rejects where
   * no request can be made for the destination.
   */
  exchange(events: readonly WireEvent[], destination: Destination, now: number): Exchange;
  /** Shows whether the destination would accept, and stores nothing; `items` where it would. */
  probe(destination: Destination, now: number): Exchange;
}
