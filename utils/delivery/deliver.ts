/** One batch to one destination: an exchange, request by request. */
import { paceMs } from '../connectors/rate-limit.ts';
import type { BatchOutcome, Connector, Destination, Exchange, HttpReply, HttpRequest } from '../connectors/types.ts';
import { report } from '../errors.ts';
import type { WireEvent } from '../review/wire.ts';
import { withoutSecrets } from './secrets.ts';
import { gzipped, send, TIMEOUT_MS } from './transport.ts';
import type { Learnt } from './types.ts';

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

const tooSlow: BatchOutcome = {
  kind: 'later',
  retryAfterMs: null,
  reason: 'The endpoint took too long over one review.',
};

const notReadable: BatchOutcome = {
  kind: 'later',
  retryAfterMs: null,
  reason: 'The endpoint’s answer could not be read.',
};

/** A shorter body gains nothing, in UTF-16 code units. */
const WORTH_PACKING = 1024;

/** What became of a batch, and what else the reply told. */
export interface Delivered extends Learnt {
  readonly outcome: BatchOutcome;
}

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

/** The most requests of one exchange: a connector that wants more has lost its way. */
const MOST_REQUESTS = 60;
/** Begins no further request after this, in ms: the lease on the batch must outlive the one in flight. */
const LONGEST_EXCHANGE_MS = 35_000;

/** What is learnt on the way of an exchange. */
interface Road extends Learnt {
  readonly refusedGzip: boolean;
}

/** Runs an exchange to its end. Never rejects because of the endpoint. */
async function run(
  exchange: Exchange,
  destination: Destination & { readonly takesGzip?: boolean },
  learnsGzip: boolean,
  parts: DeliverParts,
): Promise<Delivered> {
  const begun = parts.now();
  let road: Road = { paceMs: 0, takesGzip: null, refusedGzip: false };
  const end = async (outcome: BatchOutcome): Promise<Delivered> => {
    await exchange.return(outcome);
    return { outcome, paceMs: road.paceMs, takesGzip: road.takesGzip };
  };
  let step: IteratorResult<HttpRequest, BatchOutcome>;
  try {
    step = await exchange.next();
  } catch {
    return end(notSendable);
  }
  for (let requests = 0; !step.done; requests += 1) {
    if (requests === MOST_REQUESTS || parts.now() - begun > LONGEST_EXCHANGE_MS) return end(tooSlow);
    const packs = !road.refusedGzip && (destination.gzip ?? (learnsGzip && destination.takesGzip === true));
    const { reply, refusedGzip } = await sendPacked(step.value, packs, parts);
    if (reply === null) return end(noAnswer);
    const learns = destination.takesGzip === undefined && offersGzip(reply);
    road = {
      paceMs: paceMs(reply.headers, parts.now()),
      // An endpoint that refused it once is not believed again.
      takesGzip: refusedGzip || road.refusedGzip ? false : learns ? true : road.takesGzip,
      refusedGzip: refusedGzip || road.refusedGzip,
    };
    try {
      step = await exchange.next(reply);
    } catch (error) {
      report(error, 'reading an endpoint’s answer');
      return end(notReadable);
    }
  }
  return { outcome: step.value, paceMs: road.paceMs, takesGzip: road.takesGzip };
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
  const probing = events.length === 0;
  const exchange = probing
    ? connector.probe(destination, parts.now())
    : connector.exchange(events, destination, parts.now());
  const { outcome: told, paceMs, takesGzip } = await run(exchange, destination, connector.learnsGzip, parts);
  const outcome = withoutSecrets(told, destination);
  return {
    outcome:
      outcome.kind === 'later' && paceMs > 0 ? { ...outcome, retryAfterMs: outcome.retryAfterMs ?? paceMs } : outcome,
    paceMs,
    takesGzip,
  };
}
