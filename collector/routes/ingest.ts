/** POST /v1/events: stores a CloudEvents batch and says what became of each event. An empty batch is a trial. */
import { Hono } from 'hono';
import { BATCH_MEDIA_TYPE, type BatchReply } from '../../utils/review/wire.ts';
import { incomingOf, readBatch, resultsOf } from '../batch.ts';
import { readJson } from '../body.ts';
import type { AppEnv, AppParts } from '../env.ts';
import { authorize } from '../middleware/authorize.ts';
import { Problem } from '../problem.ts';
import { storeEvents } from '../store/events.ts';

function checkMediaType(header: string | undefined): void {
  const [type, ...parameters] = (header ?? '')
    .toLowerCase()
    .split(';')
    .map((part) => part.trim());
  const charset = parameters.find((parameter) => parameter.startsWith('charset='));
  if (type !== BATCH_MEDIA_TYPE || (charset !== undefined && !/^charset="?utf-?8"?$/.test(charset))) {
    throw new Problem(415, 'unsupported-media-type', `The content type must be ${BATCH_MEDIA_TYPE} in UTF-8.`);
  }
}

export const ingestRoute = ({ database, bodyLimit, onOwed }: AppParts) =>
  new Hono<AppEnv>().post('/', authorize(database, 'write'), async (context) => {
    checkMediaType(context.req.header('content-type'));
    const batch = readBatch(await readJson(context.req.raw, bodyLimit));
    const { project } = context.get('caller');
    // Committed, and synced to the disk, before anything is acknowledged.
    const stored = batch.ids.length === 0 ? new Set<string>() : await storeEvents(database, project, incomingOf(batch));
    if (stored.size > 0) onOwed?.();
    const results = resultsOf(batch, stored);
    context.set('notes', {
      events: results.length,
      stored: stored.size,
      invalid: batch.refused.size,
      duplicate: results.length - stored.size - batch.refused.size,
    });
    // That request bodies may be packed (RFC 9110, section 12.5.3).
    return context.json({ results } satisfies BatchReply, 200, { 'accept-encoding': 'gzip' });
  });
