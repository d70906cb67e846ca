/** The next batch of a destination: how much of what is due fits, and which numbers it gets. */
import type { Connector } from '../connectors/types.ts';
import { inPlace, MOST_CLOSED, type WireEvent } from '../review/wire.ts';
import type { Numberable, Numbering, Standing } from './types.ts';

const utf8 = new TextEncoder();
let room = new Uint8Array(16_384);

/** UTF-8 bytes of an event, written into the same room each time: most of the time of counting went into making it. */
function bytesOf(event: WireEvent): number {
  const json = JSON.stringify(event);
  // A UTF-16 code unit takes three bytes at most.
  if (room.length < json.length * 3) room = new Uint8Array(json.length * 3);
  return utf8.encodeInto(json, room).written;
}

/** The most entries of the next batch: a rejected one is bisected. */
export function mostItems({ suspects = 0 }: Pick<Standing, 'suspects'>, limits: Connector['limits']): number {
  return suspects > 0 ? Math.ceil(suspects / 2) : limits.items;
}

/** An entry with what is sent of it. */
interface Numbered<Row> {
  readonly row: Row & { readonly sequence: number };
  readonly event: WireEvent;
}

/**
 * Gives those entries their number that have none, which is every entry that was never sent: numbers follow the order of
 * sending, and none is skipped. The first of them also closes numbers that will not come any more.
 */
function numbered<Row extends Numberable>(
  { stream, lastSequence, closing }: Numbering,
  rows: readonly Row[],
): Numbered<Row>[] {
  let last = lastSequence;
  let closes = closing.slice(0, MOST_CLOSED);
  return rows.flatMap((row) => {
    const { event } = row;
    if (event === null) return [];
    let { sequence } = row;
    if (sequence !== null) {
      return [{ row: { ...row, sequence }, event: inPlace(event, { stream, sequence, closes: row.closes }) }];
    }
    last += 1;
    sequence = last;
    const next = { ...row, sequence, closes };
    closes = [];
    return [{ row: next, event: inPlace(event, { stream, sequence, closes: next.closes }) }];
  });
}

/** As many of these, from the front, as `bytes` allow, and at least one. */
function fitting<Row>(
  entries: readonly Numbered<Row>[],
  bytes: number,
): { readonly taken: Numbered<Row>[]; readonly bytes: number } {
  const taken: Numbered<Row>[] = [];
  let total = 2;
  for (const entry of entries) {
    const more = bytesOf(entry.event) + (taken.length > 0 ? 1 : 0);
    if (taken.length > 0 && total + more > bytes) break;
    taken.push(entry);
    total += more;
  }
  return { taken, bytes: total };
}

/** What goes out next. */
interface Batch<Row> {
  readonly rows: readonly (Row & { readonly sequence: number })[];
  /** The events of the rows, each with its place in the destination's stream. */
  readonly events: readonly WireEvent[];
  /** UTF-8 bytes of the events as a JSON array. */
  readonly bytes: number;
  /** What of the destination changes with it. */
  readonly numbering: Pick<Numbering, 'lastSequence' | 'closing'>;
}

/** As much of what is due, oldest first, as one exchange may carry. Entries that hold nothing are left out. */
export function nextBatch<Row extends Numberable>(
  destination: Numbering & Pick<Standing, 'byteLimit'>,
  due: readonly Row[],
  limits: Connector['limits'],
): Batch<Row> {
  const most = Math.min(limits.bytes, destination.byteLimit ?? limits.bytes);
  const { taken, bytes } = fitting(numbered(destination, due), most);
  const { lastSequence, closing } = destination;
  const carries = due.slice(0, taken.length).some(({ sequence }) => sequence === null);
  return {
    rows: taken.map(({ row }) => row),
    events: taken.map(({ event }) => event),
    bytes,
    numbering: {
      lastSequence: Math.max(lastSequence, ...taken.map(({ row }) => row.sequence)),
      closing: carries ? closing.slice(MOST_CLOSED) : closing,
    },
  };
}
