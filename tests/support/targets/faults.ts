/** An endpoint that fails in the middle of an exchange, at each of its requests in turn. */
import type { BatchOutcome, Connector, Destination, HttpReply, HttpRequest } from '../../../utils/connectors/types.ts';
import type { WireEvent } from '../../../utils/review/wire.ts';
import { aReply, converse } from '../exchange.ts';

type Answer = (request: HttpRequest) => HttpReply;

/** What an exchange comes to when `fault` is the reply to its first, second … request, each time at a new target. */
export async function withFaultAt(
  connector: Connector,
  event: WireEvent,
  destination: Destination,
  now: number,
  target: () => { readonly answer: Answer },
  fault: HttpReply,
): Promise<readonly BatchOutcome[]> {
  const whole = target();
  const { requests } = await converse(connector.exchange([event], destination, now), whole.answer);
  const outcomes: BatchOutcome[] = [];
  for (const at of requests.keys()) {
    const { answer } = target();
    const said = converse(connector.exchange([event], destination, now), (request, index) =>
      index === at ? fault : answer(request),
    );
    outcomes.push((await said).outcome);
  }
  return outcomes;
}

/** Faults, and what each has to come to wherever it happens. */
export const faults: readonly (readonly [string, HttpReply, Partial<BatchOutcome>])[] = [
  ['429', aReply({ status: 429, headers: { 'retry-after': '7' } }), { kind: 'later', retryAfterMs: 7000 }],
  ['a server in trouble', aReply({ status: 503 }), { kind: 'later' }],
  ['a key that was taken back', aReply({ status: 401 }), { kind: 'pause' }],
  ['a redirect', aReply({ status: 302 }), { kind: 'pause' }],
  [
    'a login page',
    aReply({ headers: { 'content-type': 'text/html' }, body: '<html>Sign in</html>' }),
    { kind: 'pause' },
  ],
];
