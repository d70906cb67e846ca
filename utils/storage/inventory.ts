/** What lies in the database, by kind, and what has left it: for the privacy page. Reads only; no row's text is read. */
import { counts } from './counters.ts';
import type { CountersignDatabase, LedgerRow } from './database.ts';

/** How many of each kind are stored. */
export interface Inventory {
  readonly reviews: number;
  readonly revisions: number;
  /** Unsaved work. */
  readonly drafts: number;
  /** Answers that were set aside or skipped. */
  readonly queued: number;
  /** Answers that were pinned. */
  readonly pinned: number;
  /** Answers that triage has seen; of their texts only the words of its reasons. */
  readonly triaged: number;
  /** Answers under discussion, with what was said to them. */
  readonly cases: number;
  /** Site rules and named authors, the team's and the user's own. */
  readonly rules: number;
  readonly authors: number;
  readonly destinations: number;
  /** Copies made for destinations that are still waiting, and those that could not be delivered. */
  readonly owed: number;
  readonly dead: number;
  /** Notes of what was accepted by whom and when, without text. */
  readonly ledger: number;
}

/** Counts by index or counter; works inside `liveQuery`. */
export async function takeInventory(database: CountersignDatabase): Promise<Inventory> {
  const { drafts, rules, authors, destinations, ledger, queue, pins, triaged, cases } = database;
  const [stored, ...rows] = await Promise.all([
    counts(database),
    ...[drafts, rules, authors, destinations, ledger, queue, pins, triaged, cases].map((table) => table.count()),
  ]);
  const { reviews, revisions, owed, dead } = stored;
  const [ofDrafts = 0, ofRules = 0, ofAuthors = 0, ofDestinations = 0, ofLedger = 0, ...others] = rows;
  const [queued = 0, pinned = 0, ofTriaged = 0, ofCases = 0] = others;
  return {
    ...{ reviews, revisions, owed, dead, queued, pinned, triaged: ofTriaged, cases: ofCases },
    ...{ drafts: ofDrafts, rules: ofRules, authors: ofAuthors, destinations: ofDestinations, ledger: ofLedger },
  };
}

/** What one destination has acknowledged over all time, whether or not it, or the reviews, are still here. */
export interface LeftFor {
  readonly destinationId: string;
  /** Its present name, or the one it had last. */
  readonly name: string;
  /** The origin of the last delivery. */
  readonly origin: string;
  /** False where it was removed since. */
  readonly present: boolean;
  /** Revisions and tombstones. */
  readonly total: number;
  /** ISO time of the first acknowledgement. */
  readonly since: string;
  /** The newest acknowledgements, newest first. */
  readonly newest: readonly LedgerRow[];
}

const END = '\uffff';

/** What has left, by destination, the one served last first. Reads `newest` rows of each, however much there is. */
export async function whatLeft({ ledger, destinations }: CountersignDatabase, newest = 5): Promise<LeftFor[]> {
  const found: LeftFor[] = [];
  // From destination to destination, without reading what lies between.
  for (let after = ''; ; ) {
    const first = await ledger.where('[destinationId+deliveredAt]').above([after, END]).first();
    if (!first) break;
    const id = first.destinationId;
    const its = () => ledger.where('[destinationId+deliveredAt]').between([id, ''], [id, END]);
    const rows = await its().reverse().limit(newest).toArray();
    const last = rows[0] ?? first;
    const present = await destinations.get(id);
    found.push({
      destinationId: id,
      name: present?.name ?? last.destinationName,
      origin: last.destinationOrigin,
      present: present !== undefined,
      total: await its().count(),
      since: first.deliveredAt,
      newest: rows,
    });
    after = id;
  }
  const lastOf = ({ newest: [row] }: LeftFor) => row?.deliveredAt ?? '';
  return found.sort((one, other) => (lastOf(one) < lastOf(other) ? 1 : -1));
}
