/** One batch to one destination: encode, send, decode. */
import { paceMs } from '../connectors/rate-limit.ts';
import type { BatchOutcome, Connector, Destination, HttpReply, HttpRequest } from '../connectors/types.ts';
import type { WireEvent } from '../review/wire.ts';
import type { Learnt } from '../storage/outcomes.ts';
import { withoutSecrets } from './secrets.ts';
import { gzipped, send, TIMEOUT_MS } from './transport.ts';

export interface DeliverParts {
  readonly fetch: typeof fetch;
  readonly now: () => number;
  readonly timeoutMs?: number;
}

const noAnswer: BatchOutcome = {
  kind: 'later',
  retryAfterMs: null,
  reason: 'The endpoint could not be reached, or did not answer in time.',
};

const notSendable: BatchOutcome = {
  kind: 'pause',
  reason: 'No request can be made for this destination.',
  next: 'Check its token and its signing secret.',
};

/** A shorter body gains nothing, in UTF-16 code units. */
const WORTH_PACKING = 1024;

/** What became of a batch, and what else the reply told. */
export interface Delivered extends Learnt {
  readonly outcome: BatchOutcome;
}

const untold = (outcome: BatchOutcome): Delivered => ({ outcome, paceMs: 0, takesGzip: null });

/** Whether an answer says that requests may be packed (RFC 9110, section 12.5.3). */
const offersGzip = ({ headers }: HttpReply) =>
  /(?:^|[,\s])gzip(?!\s*;\s*q=0(?:\.0*)?\s*(?:,|$))/i.test(headers.get('accept-encoding') ?? '');

/**
 * Sends packed where that is wanted, and once more as it is where the endpoint answers that it does not take it.
 * `takesGzip` is then false.
 */
async function sendPacked(
  request: HttpRequest,
  packs: boolean,
  { fetch, timeoutMs = TIMEOUT_MS }: DeliverParts,
): Promise<{ readonly reply: HttpReply | null; readonly refusedGzip: boolean }> {
  if (!packs || request.body.length < WORTH_PACKING) {
    return { reply: await send(request, fetch, timeoutMs), refusedGzip: false };
  }
  const headers = { ...request.headers, 'content-encoding': 'gzip' };
  const reply = await send({ ...request, headers, body: await gzipped(request.body) }, fetch, timeoutMs);
  if (reply?.status !== 415) return { reply, refusedGzip: false };
  return { reply: await send(request, fetch, timeoutMs), refusedGzip: true };
}

/**
 * What became of these events, or of the probe where there are none. `takesGzip`: what was learnt of the destination
 * before. Never rejects because of the endpoint.
 */
export async function deliver(
  connector: Connector,
  destination: Destination & { readonly takesGzip?: boolean },
  events: readonly WireEvent[],
  parts: DeliverParts,
): Promise<Delivered> {
  const { now } = parts;
  let request: HttpRequest;
  try {
    const probing = events.length === 0;
    request = await (probing ? connector.probe(destination, now()) : connector.encode(events, destination, now()));
  } catch {
    return untold(notSendable);
  }
  const packs = destination.gzip ?? (connector.learnsGzip && destination.takesGzip === true);
  const { reply, refusedGzip } = await sendPacked(request, packs, parts);
  if (reply === null) return untold(noAnswer);
  const outcome = withoutSecrets(connector.decode(reply, events, now()), destination);
  const pace = paceMs(reply.headers, now());
  const learns = destination.takesGzip === undefined && offersGzip(reply);
  return {
    outcome:
      outcome.kind === 'later' && pace > 0 ? { ...outcome, retryAfterMs: outcome.retryAfterMs ?? pace } : outcome,
    paceMs: pace,
    // An endpoint that refused it once is not believed again.
    takesGzip: refusedGzip ? false : learns ? true : null,
  };
}
