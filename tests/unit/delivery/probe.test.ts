import { afterEach, expect, test } from 'vitest';
import { probeDestination } from '../../../utils/delivery/probe.ts';
import { aDestination } from '../../support/builders.ts';
import * as endpoints from '../../support/fault-endpoint.ts';

const open: endpoints.FaultEndpoint[] = [];
afterEach(async () => {
  await Promise.all(open.splice(0).map((one) => one.close()));
});

async function probing(
  behavior: endpoints.Behavior,
  change: Parameters<typeof aDestination>[0] = {},
  // Only who hangs is cut short, so that a busy machine fails no test.
  timeoutMs = behavior === endpoints.commitThenHang ? 100 : 20_000,
) {
  const endpoint = await endpoints.startFaultEndpoint(behavior);
  open.push(endpoint);
  const result = await probeDestination(aDestination({ url: endpoint.url, ...change }), { timeoutMs });
  return { endpoint, result };
}

test('given an endpoint that accepts, the trial stores nothing and says so', async () => {
  const { endpoint, result } = await probing(endpoints.acknowledge);
  expect(result).toEqual({ ok: true, message: 'Connected: the endpoint accepts reviews.', next: null });
  expect(endpoint.requests.map(({ ids }) => ids)).toEqual([[]]);
});

test.each<[string, endpoints.Behavior, RegExp, RegExp]>([
  ['a wrong token', endpoints.answer(401), /does not know the token/, /Check the token/],
  ['a token without the right', endpoints.answer(403), /does not allow/, /Check the token/],
  ['a wrong path', endpoints.answer(404), /does not take reviews at this address/, /Check the address/],
  ['a login page', endpoints.htmlPage, /login page/, /Check the address/],
  ['a redirect', endpoints.redirectTo('http://127.0.0.1:9/', 307), /redirects/, /Check the address/],
  [
    'a server in trouble',
    endpoints.answer(503, {}, { message: 'database is away' }),
    /503: database is away/,
    /is running/,
  ],
  ['a server that hangs', endpoints.commitThenHang, /could not be reached/, /is running/],
  ['a server that speaks something else', endpoints.answer(400), /400/, /wire format/],
  ['a refusal of any size', endpoints.answer(413), /too large/, /limits/],
])('given %s, it says what is wrong and what to do', async (_what, behavior, message, next) => {
  const { result } = await probing(behavior);
  expect(result.ok).toBe(false);
  expect(result.message).toMatch(message);
  expect(result.next).toMatch(next);
});

test('given nothing that listens, it says so', async () => {
  const { endpoint } = await probing(endpoints.acknowledge);
  await endpoint.close();
  const result = await probeDestination(aDestination({ url: endpoint.url }));
  expect(result).toMatchObject({ ok: false, message: expect.stringMatching(/could not be reached/) });
});

test('given a webhook receiver that refuses an empty batch, it is there all the same', async () => {
  const { result } = await probing(endpoints.answer(400, {}, { message: 'no events' }), { connector: 'webhook' });
  expect(result).toMatchObject({ ok: true, next: 'The endpoint answered 400: no events' });
});

test('given an address that may not be used, no request is made', async () => {
  const result = await probeDestination(aDestination({ url: 'http://ok.example/' }), {
    fetch: () => expect.unreachable('a request was made'),
  });
  expect(result).toMatchObject({ ok: false, message: expect.stringMatching(/https/) });
});
