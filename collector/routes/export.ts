/** GET /v1/events: everything a project has, as a stream of JSON lines, from any point on. */
import { Hono } from 'hono';
import type { AppEnv, AppParts } from '../env.ts';
import { authorize } from '../middleware/authorize.ts';
import { Problem } from '../problem.ts';
import type { Database } from '../store/database.ts';
import { newestSeq, readEvents, type StoredEvent } from '../store/events.ts';

/** Events that are read, and held in memory, at a time. */
const PAGE = 100;

const lineOf = ({ seq, receivedAt, event }: StoredEvent) =>
  `{"seq":${seq},"receivedAt":"${receivedAt}","event":${event}}\n`;

function readNumber(name: string, text: string | undefined): string | null {
  if (text === undefined) return null;
  if (!/^\d{1,15}$/.test(text)) throw new Problem(400, 'invalid', `${name} must be a whole number.`, { field: name });
  return text;
}

/**
 * The lines as they are asked for, so that a slow reader costs no memory. It ends at what was newest when it began. An
 * error in between breaks the connection off: what ends well is complete.
 */
function stream(database: Database, project: string, from: string, until: string, limit: number): ReadableStream {
  const encoder = new TextEncoder();
  let [after, left] = [from, limit];
  return new ReadableStream({
    async pull(controller) {
      const events = await readEvents(database, project, { after, until, limit: Math.min(PAGE, left) });
      after = events.at(-1)?.seq ?? after;
      left -= events.length;
      if (events.length > 0) controller.enqueue(encoder.encode(events.map(lineOf).join('')));
      if (events.length < PAGE || left <= 0) controller.close();
    },
  });
}

export const exportRoute = ({ database }: AppParts) =>
  new Hono<AppEnv>().get('/', authorize(database, 'read'), async (context) => {
    const after = readNumber('after', context.req.query('after')) ?? '0';
    const limit = Number(readNumber('limit', context.req.query('limit')) ?? Number.MAX_SAFE_INTEGER);
    const { project } = context.get('caller');
    const until = await newestSeq(database, project);
    return context.body(stream(database, project, after, until, limit), 200, {
      'content-type': 'application/x-ndjson; charset=UTF-8',
      'cache-control': 'no-store',
    });
  });
