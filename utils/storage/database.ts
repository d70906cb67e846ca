/**
 * The database, in the extension's own origin: never open it in a content script, where IndexedDB is the page's.
 * Rows keep what is searched by beside the thing itself, so that a list never parses a review to sort it.
 */
import Dexie, { type EntityTable, type Table } from 'dexie';
import type { Destination, PrivacyLevel } from '../connectors/types.ts';
import type { AuthorRule, SiteRule } from '../detection/types.ts';
import type { Rubric } from '../review/rubric.ts';
import type { Review, Snapshot, UnfinishedJudgement, Variant, Verdict } from '../review/schema.ts';
import type { WireEvent } from '../review/wire.ts';
import { MEMORY_ONLY } from './memory/reviewed.ts';
import { Routing, type RoutingParts } from './memory/routing.ts';
import { toLedger } from './upgrades.ts';

/** One immutable revision. `latest` is 1 on the newest of its review, else 0. */
export interface RevisionRow {
  /** Idempotency key, `id:revision`. */
  readonly key: string;
  readonly id: string;
  readonly revision: number;
  latest: 0 | 1;
  readonly saveId: string;
  readonly responseKey: string;
  /** The review's origin. */
  readonly site: string;
  readonly verdict: Verdict;
  readonly labels: readonly string[];
  readonly createdAt: string;
  readonly review: Review;
}

/**
 * One revision, or the tombstone of a review, owed to one destination. `event` is what may leave, and nothing else. It is
 * null where nothing may leave (`dead`, with the reason), and in a pending entry that is yet to be prepared, which
 * `leaseBatch` sees to. What was acknowledged moves to the ledger.
 */
export interface OutboxRow {
  entryId: number;
  /** Idempotency key of the revision or the tombstone. */
  readonly key: string;
  readonly reviewId: string;
  readonly destinationId: string;
  readonly kind: 'review' | 'deletion';
  state: 'pending' | 'leased' | 'dead';
  /** ms since 1970: not sent before; the undo window, then the backoff. */
  dueAt: number;
  /** ms since 1970; a lease that has run out makes the entry pending again. 0 where not leased. */
  leasedUntil: number;
  attempts: number;
  /** Why the last attempt failed, in words; null where none did. */
  reason: string | null;
  /** Its number in the destination's stream, given when it is first leased: null means that nobody was ever sent it. */
  sequence: number | null;
  /** Numbers of the stream that this entry tells the endpoint not to wait for. */
  closes: readonly number[];
  event: WireEvent | null;
}

/** What a destination has acknowledged, for good: it outlives the outbox entry, the review and the destination. */
export interface LedgerRow {
  /** As in the outbox entry that it was. */
  readonly entryId: number;
  readonly key: string;
  readonly reviewId: string;
  readonly destinationId: string;
  readonly kind: OutboxRow['kind'];
  /** The destination's name and origin at that time. */
  readonly destinationName: string;
  readonly destinationOrigin: string;
  /** How much was sent; null for a tombstone, and where it was delivered before this was noted. */
  readonly level: PrivacyLevel | null;
  /** The acknowledged attempt: 1 for the first. */
  readonly attempt: number;
  /** ISO time of the acknowledgement. */
  readonly deliveredAt: string;
  readonly sequence: number | null;
}

/**
 * That a destination may have received some of a review although nothing else says so any more: a delivery that was given
 * up may have arrived before. Its tombstone is owed there all the same.
 */
export interface TraceRow {
  readonly reviewId: string;
  readonly destinationId: string;
}

/** A destination with its state. A paused one gets no request until the user does something. */
export interface DestinationRow extends Destination {
  /** Why it is paused, in words; null where it is not. */
  pausedBecause: string | null;
  /** ms since 1970: no request to it before, after a Retry-After or a backoff of the whole destination. */
  notBefore: number;
  /** ms since 1970: when `notBefore` was set. A clock that shows less went back since, and waits for nothing. */
  waitingSince?: number;
  failures: number;
  lastDeliveredAt: string | null;
  /** Learnt from a 413: no batch of more UTF-8 bytes than this. */
  byteLimit?: number;
  /** While a rejected batch is bisected: so many entries at the front of the queue hold at least one bad one. */
  suspects?: number;
  /** Names what is numbered together: all that goes to this address. A new address begins a new stream. */
  stream: string;
  /** The last number given; 0 for none. */
  lastSequence: number;
  /** Numbers given to what will never be sent again, which the endpoint is still to be told. */
  closing: readonly number[];
  /** Learnt from its answers: whether it takes request bodies packed with gzip. */
  takesGzip?: boolean;
  /** It came from a file: nothing goes there before the user has saved it, whatever else is delivered now. */
  unconfirmed?: true;
  /** A former address: gets what it was owed when the address changed, and nothing new. */
  former?: true;
}

/** Unsaved work on one response; of one site, so that no site can reach another's. */
export interface DraftRow {
  readonly origin: string;
  readonly responseKey: string;
  readonly judgement: UnfinishedJudgement;
  readonly snapshot: Snapshot;
  readonly updatedAt: string;
}

/** Counters kept in the transactions that change what they count: `count()` is O(n). */
export interface CounterRow {
  readonly name: string;
  value: number;
}

/**
 * What an editor frame was opened for. It outlives the background, which dies 30 s after its last event, and is bound to
 * the tab and frame that the browser names, so that no other frame can speak for it.
 */
export interface EditorRow {
  /** SHA-256 of the one-time token; the token itself is stored nowhere. */
  readonly tokenHash: string;
  readonly tabId: number;
  /** The frame and document of the content script that asked for the editor, and its origin as the browser vouches for it. */
  readonly parentFrameId: number;
  readonly parentDocumentId: string;
  readonly origin: string;
  /** The frame that claimed the token; -1 until then. */
  frameId: number;
  documentId: string;
  /** ms since 1970. */
  readonly openedAt: number;
  readonly responseKey: string;
  readonly snapshot: Snapshot;
  readonly startWith: 'verdict' | 'correction' | 'labels' | 'finding' | 'compare' | 'help';
  readonly visibility: 'verified' | 'unverified';
  readonly selection: { readonly start: number; readonly end: number } | null;
  readonly variants: readonly Variant[];
  /** What the reviewer is judging by: what a save counts by, also where another project came into force meanwhile. */
  readonly shown?: { readonly rubric: Review['rubric']; readonly guidelines: string | null };
  /** The frame is the gate's, beside a composer: what is about to be sent, and whether it began as a draft of an AI. */
  readonly gate?: { readonly holdId: string; readonly text: string; readonly drafted: boolean };
}

/** A site rule that did not come with the program; its id is unique within its origin. */
export interface RuleRow {
  readonly origin: 'team' | 'user';
  readonly id: string;
  readonly rule: SiteRule;
  /** Made by pointing on a page of this web origin, and good for no other; null for one that is good wherever it matches. */
  readonly keptFor: string | null;
  /** ISO time. */
  readonly savedAt: string;
}

/** "Messages by NAME are AI", or are not. */
export interface AuthorRow extends AuthorRule {
  /** The name folded for comparison; see `author-name.ts`. */
  readonly folded: string;
  readonly origin: 'team' | 'user';
  /** The web origin on whose page it was said, and which it is good for; '' for one that is good on the whole site. */
  readonly keptFor: string;
  /** ISO time. */
  readonly savedAt: string;
}

/** A rubric that reviews were made under, or are made under now; never removed while the database lives. */
export interface RubricRow {
  readonly id: string;
  readonly version: string;
  readonly rubric: Rubric;
}

/** A response that the reviewer set aside for later, or skipped; of one site, so that no site can reach another's. */
export interface QueueRow {
  readonly site: string;
  readonly responseKey: string;
  readonly state: 'aside' | 'skipped';
  /** Why it was skipped, in the reviewer's words; null where they gave none. */
  readonly why: string | null;
  readonly snapshot: Snapshot;
  /** ISO time. */
  readonly addedAt: string;
}

/** An answer that was pinned to be compared with others, from whatever page. */
export interface PinRow {
  readonly id: string;
  readonly site: string;
  readonly responseKey: string;
  readonly snapshot: Snapshot;
  /** ISO time. */
  readonly addedAt: string;
}

/** What triage made of a settled response; of one site, so that no site can reach another's. */
export interface TriagedRow {
  readonly site: string;
  readonly responseKey: string;
  /** SHA-256 of the text that it was made of: another text is triaged anew. */
  readonly contentHash: string;
  /** 0 to 1. */
  readonly priority: number;
  /** 1 where a person is asked to look. */
  readonly asks: 0 | 1;
  readonly audit: boolean;
  /** In words, strongest first. */
  readonly reasons: readonly string[];
  /** Strength of each signal by its name, 0 to 1: what the weights are learnt from. */
  readonly signals: Readonly<Record<string, number>>;
  /** The reason of each signal that has one, by its name: other weights put them in another order. */
  readonly said: Readonly<Record<string, string>>;
  /** A policy asks for a look, whatever the priority. */
  readonly required: boolean;
  /** Its lot, 0 to 1, from a keyed hash: below the audit share it is drawn. */
  readonly lot: number;
  /** It resembles an answer that was corrected. */
  readonly corrected: boolean;
  /** Whether what the user said next was known. */
  readonly answered: boolean;
  /** In characters, and what it is made of, such as `list link`: what is usual on a site. */
  readonly length: number;
  readonly format: string;
  /** ISO time. */
  readonly triagedAt: string;
}

/** One entry of a case. */
interface CaseEntry {
  readonly by: string;
  readonly text: string;
  /** ISO time. */
  readonly at: string;
}

/** An ambiguous response under discussion. */
export interface CaseRow {
  readonly id: string;
  readonly site: string;
  readonly responseKey: string;
  readonly snapshot: Snapshot;
  readonly question: string;
  readonly entries: readonly CaseEntry[];
  /** Whose turn it is; null for nobody's. */
  readonly owner: string | null;
  readonly state: 'open' | 'ruled' | 'closed';
  readonly ruling: { readonly verdict: Verdict; readonly text: string; readonly clause: string | null } | null;
  /** ISO times. */
  readonly openedAt: string;
  readonly updatedAt: string;
}

/**
 * By what an answer that was found wrong is found again: a review whose newest revision has a correction or rejects. Hashes
 * of words only; the text is in the revision.
 */
export interface SketchRow {
  /** Its place among all, the newest first: less than 0, and smaller the later it was judged. */
  readonly place: number;
  readonly reviewId: string;
  readonly revision: number;
  readonly features: readonly number[];
}

/** Single values: settings, installation id, the key of keyed hashes. */
export interface ValueRow {
  readonly name: string;
  value: unknown;
}

/**
 * One per context; the first use opens it. Where another context updates or deletes it, Dexie closes this one so that the
 * other can, and the next use opens it again; where another context does not make way, `guarded` says so.
 */
export class CountersignDatabase extends Dexie {
  declare revisions: Table<RevisionRow, string>;
  declare outbox: EntityTable<OutboxRow, 'entryId'>;
  declare ledger: Table<LedgerRow, [key: string, destinationId: string]>;
  declare traces: Table<TraceRow, [reviewId: string, destinationId: string]>;
  declare destinations: Table<DestinationRow, string>;
  declare drafts: Table<DraftRow, [origin: string, responseKey: string]>;
  declare editors: Table<EditorRow, string>;
  declare counters: Table<CounterRow, string>;
  declare values: Table<ValueRow, string>;
  declare rules: Table<RuleRow, [origin: RuleRow['origin'], id: string]>;
  declare authors: Table<AuthorRow, [origin: AuthorRow['origin'], site: string, folded: string, keptFor: string]>;
  declare rubrics: Table<RubricRow, [id: string, version: string]>;
  declare queue: Table<QueueRow, [site: string, responseKey: string]>;
  declare pins: Table<PinRow, string>;
  declare triaged: Table<TriagedRow, [site: string, responseKey: string]>;
  declare cases: Table<CaseRow, string>;
  declare sketches: Table<SketchRow, number>;

  /** Where the reviewed tables are: on disk, or in memory-only mode in memory. */
  readonly routing: Routing;

  constructor(name = 'countersign', parts: RoutingParts = {}) {
    // Strict: "saved" must survive a power cut, not only a killed process.
    super(name, { chromeTransactionDurability: 'strict' });
    this.routing = new Routing(parts);
    this.use(this.routing.middleware);
    this.version(1).stores({
      revisions: 'key, &[id+revision], &saveId, [latest+createdAt], [latest+site+createdAt], [latest+responseKey]',
      outbox:
        '++entryId, &[key+destinationId], key, [reviewId+state], [destinationId+state+dueAt], [state+leasedUntil]',
      destinations: 'id',
      drafts: '[origin+responseKey]',
      editors: 'tokenHash, [tabId+frameId]',
      counters: 'name',
      values: 'name',
    });
    this.version(2).stores({ rules: '[origin+id]', authors: '[origin+site+folded+keptFor]' });
    this.version(3)
      .stores({
        ledger: '[key+destinationId], [reviewId+destinationId], [destinationId+deliveredAt], deliveredAt',
        traces: '[reviewId+destinationId]',
      })
      .upgrade(toLedger);
    this.version(4).stores({
      rubrics: '[id+version]',
      queue: '[site+responseKey], [state+addedAt]',
      pins: 'id, addedAt',
    });
    this.version(5).stores({
      triaged: '[site+responseKey], [asks+triagedAt], triagedAt',
      cases: 'id, [state+updatedAt], [site+responseKey]',
      sketches: 'place, &reviewId, *features',
      revisions:
        'key, &[id+revision], &saveId, [latest+createdAt], [latest+site+createdAt], [latest+responseKey], [latest+review.oversight.recurrence.reviewId]',
    });
    this.on(
      'ready',
      (opening) =>
        opening
          .table<ValueRow, string>('values')
          .get(MEMORY_ONLY)
          .then((word) => this.routing.prepare(word?.value === true)),
      true,
    );
    // Dexie opens what a later version made; this program would write what that version does not expect.
    this.on(
      'ready',
      () => {
        if (Math.floor(this.backendDB().version / 10) > this.verno)
          throw new Dexie.VersionError('made by a later version');
      },
      true,
    );
  }
}
