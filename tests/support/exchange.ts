/** Looking into exchanges without a network. */
import type {
  BatchOutcome,
  Connector,
  Destination,
  Exchange,
  HttpReply,
  HttpRequest,
} from '../../utils/connectors/types.ts';
import type { WireEvent } from '../../utils/review/wire.ts';

/** A reply as a connector gets it; JSON unless something else is said. */
export function aReply(
  change: Omit<Partial<HttpReply>, 'headers' | 'body'> & {
    readonly headers?: Readonly<Record<string, string>>;
    readonly body?: unknown;
  } = {},
): HttpReply {
  const { headers, body = {}, ...rest } = change;
  return {
    status: 200,
    end: 'whole',
    ...rest,
    headers: new Headers({ 'content-type': 'application/json', ...headers }),
    body: typeof body === 'string' ? body : JSON.stringify(body),
  };
}

/** Runs an exchange against an endpoint that is a function; answers what was asked of it, and what it meant. */
export async function converse(
  exchange: Exchange,
  endpoint: (request: HttpRequest, index: number) => HttpReply | Promise<HttpReply>,
): Promise<{ readonly requests: readonly HttpRequest[]; readonly outcome: BatchOutcome }> {
  const requests: HttpRequest[] = [];
  let step = await exchange.next();
  while (!step.done) {
    requests.push(step.value);
    step = await exchange.next(await endpoint(step.value, requests.length - 1));
  }
  return { requests, outcome: step.value };
}

/** The first request with which these events would be delivered. */
export async function firstRequest(
  connector: Connector,
  events: readonly WireEvent[],
  destination: Destination,
  now: number,
): Promise<HttpRequest> {
  const step = await connector.exchange(events, destination, now).next();
  if (step.done) throw new Error(`The connector asked nothing and answered ${JSON.stringify(step.value)}`);
  return step.value;
}
