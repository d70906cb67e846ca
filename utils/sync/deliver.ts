/** One batch to one destination: encode, send, decode. */
import type { BatchOutcome, Connector, Destination, HttpRequest } from '../connectors/types.ts';
import type { ReviewEvent } from '../review/wire.ts';
import { withoutSecrets } from './secrets.ts';
import { send, TIMEOUT_MS } from './transport.ts';

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

/** What became of these events, or of the probe where there are none. Never rejects because of the endpoint. */
export async function deliver(
  connector: Connector,
  destination: Destination,
  events: readonly ReviewEvent[],
  { fetch, now, timeoutMs = TIMEOUT_MS }: DeliverParts,
): Promise<BatchOutcome> {
  let request: HttpRequest;
  try {
    const probing = events.length === 0;
    request = await (probing ? connector.probe(destination, now()) : connector.encode(events, destination, now()));
  } catch {
    return notSendable;
  }
  const reply = await send(request, fetch, timeoutMs);
  return reply === null ? noAnswer : withoutSecrets(connector.decode(reply, events, now()), destination);
}
