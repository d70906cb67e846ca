/** GET /v1/events: everything a project has, as a stream of JSON lines, from any point on. */
import { Hono } from 'hono';
import type { AppEnv, AppParts } from '../env.ts';
import { authorize } from '../middleware/authorize.ts';
import { Problem } from '../problem.ts';
import type { Database } from '../store/database.ts';
import { newestSeq, readEvents, type StoredEvent } from '../store/events.ts';

/** Events that are read, and held in memory, at a time. */
const PAGE = 100;
/** The most numbers that one page looks through. */
const WIDEST = 10_000;

/** A deleted review leaves its keys behind, so that a reader knows what to forget. */
const lineOf = ({ seq, receivedAt, key, event }: StoredEvent) =>
  event === null
    ? `{"seq":${seq},"receivedAt":"${receivedAt}","event":null,"deleted":${JSON.stringify(key)}}\n`
    : `{"seq":${seq},"receivedAt":"${receivedAt}","event":${event}}\n`;

function readNumber(name: string, text: string | undefined, otherwise: number): number {
  if (text === undefined) return otherwise;
  if (!/^\d{1,15}$/.test(text)) throw new Problem(400, 'invalid', `${name} must be a whole number.`, { field: name });
  return Number(text);
}

/**
 * The lines as they are asked for, so that a slow reader costs no memory. It ends at what was newest when it began. An
 * error in between breaks the connection off: what ends well is complete.
 *
 * Each page asks for a window of numbers, so that it costs the same whatever PostgreSQL knows of the table: without
 * statistics (PGlite gathers none) it would sort all that follows, for every page. Resent batches leave gaps in the
 * numbers; the window widens over them.
 */
function stream(database: Database, project: string, from: number, newest: number, limit: number): ReadableStream {
  const encoder = new TextEncoder();
  let [after, left, window] = [from, limit, PAGE];
  return new ReadableStream({
    async pull(controller) {
      while (left > 0 && after < newest) {
        const until = Math.min(after + window, newest);
        const events = await readEvents(database, project, { after, until, limit: Math.min(PAGE, left) });
        const last = events.at(-1);
        left -= events.length;
        // A full page may have left something in its window.
        after = events.length === PAGE && last ? Number(last.seq) : until;
        window = last ? PAGE : Math.min(window * 2, WIDEST);
        if (last) return controller.enqueue(encoder.encode(events.map(lineOf).join('')));
      }
      controller.close();
    },
  });
}

export const exportRoute = ({ database }: AppParts) =>
  new Hono<AppEnv>().get('/', authorize(database, 'read'), async (context) => {
    const after = readNumber('after', context.req.query('after'), 0);
    const limit = readNumber('limit', context.req.query('limit'), Number.MAX_SAFE_INTEGER);
    const { project } = context.get('caller');
    const newest = await newestSeq(database, project);
    return context.body(stream(database, project, after, newest, limit), 200, {
      'content-type': 'application/x-ndjson; charset=UTF-8',
      'cache-control': 'no-store',
    });
  });
