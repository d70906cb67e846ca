/** Nothing counts as delivered but a well-formed acknowledgement; what goes wrong is said in words. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { until } from '../support/browser/poll.ts';
import { pageOf } from '../support/browser/ui.ts';
import { acknowledge, corsHeaders, type Endpoint, eventIds, startEndpoint } from '../support/endpoint.ts';
import { inEachBrowser } from '../support/given.ts';
import { approveOrder } from '../support/judge.ts';
import { startTeam, type Team } from '../support/team.ts';

type Answer = Parameters<Endpoint['answer']>[0];

const json = { ...corsHeaders, 'content-type': 'application/json' };

describe('endpoints', () => {
  let endpoint: Endpoint;
  let elsewhere: Endpoint;
  let team: Team;

  beforeAll(async () => {
    [endpoint, elsewhere, team] = await Promise.all([startEndpoint(), startEndpoint(), startTeam()]);
  });
  afterAll(() => Promise.all([endpoint.close(), elsewhere.close(), team.remove()]));

  const lies: Readonly<Record<string, Answer>> = {
    'a redirect (307) to another host': (_request, response) =>
      void response.writeHead(307, { ...corsHeaders, location: elsewhere.url }).end(),
    'a redirect (302) to another host': (_request, response) =>
      void response.writeHead(302, { ...corsHeaders, location: elsewhere.url }).end(),
    'a login page with status 200': (_request, response) =>
      void response.writeHead(200, { ...corsHeaders, 'content-type': 'text/html' }).end('<h1>Log in</h1>'),
    'an empty object': (_request, response) => void response.writeHead(200, json).end('{}'),
    'an acknowledgement of something else': (_request, response) =>
      void response.writeHead(200, json).end(JSON.stringify({ results: [{ id: 'other:1', status: 'stored' }] })),
    '204 and no word': (_request, response) => void response.writeHead(204, corsHeaders).end(),
    'five megabytes': (request, response) => {
      const results = eventIds(request.body).map((id) => ({ id, status: 'stored' }));
      response.writeHead(200, json).end(JSON.stringify({ results, padding: 'x'.repeat(5_000_000) }));
    },
    '401': (_request, response) => void response.writeHead(401, json).end('{}'),
    '500': (_request, response) => void response.writeHead(500, json).end('{}'),
    '429 with Retry-After': (_request, response) =>
      void response.writeHead(429, { ...json, 'retry-after': '120' }).end('{}'),
    'a broken connection': (_request, response) => void response.destroy(),
  };

  inEachBrowser('delivery', (given) => {
    it('given endpoints that redirect, lie or refuse, when a review is sent to them, then it stays owed, until one acknowledges it', async () => {
      const id = await given.inside.deliverTo({ url: endpoint.url, token: 'secret-token-2' });
      endpoint.answer(lies['500'] as Answer);
      await approveOrder(await given.openChat('deep-chat', 'orders'));
      await until('the undo window is over', () => endpoint.requests.length > 0, { timeoutMs: 20_000 });
      const strangers = elsewhere.requests.length;

      for (const [lie, answer] of Object.entries(lies)) {
        endpoint.answer(answer);
        const before = endpoint.requests.length;
        await given.inside.call('deliverNow', {});
        await until(`the endpoint answers with ${lie}`, () => endpoint.requests.length > before);
        const entry = await until(`the entry is given back after ${lie}`, async () =>
          (await given.inside.stored()).outbox.find(({ state }) => state !== 'leased'),
        );
        expect(entry, lie).toMatchObject({ state: 'pending', kind: 'review' });
        expect((await given.inside.stored()).ledger, lie).toEqual([]);
        expect(entry.reason, lie).toMatch(/\w+ \w+/);
      }
      expect(elsewhere.requests.length, 'nothing reached the other host').toBe(strangers);

      endpoint.answer(acknowledge);
      await given.inside.call('deliverNow', {});
      await given.inside.delivered();
      const [row] = await given.inside.revisions(1);
      expect(eventIds(endpoint.requests.at(-1)?.body ?? '[]')).toEqual([row?.key]);
      await given.inside.call('removeDestination', { id });
    });

    it('given an endpoint that refuses the token, when it is asked once, then it is left alone and the workbench says why', async () => {
      endpoint.answer(lies['401'] as Answer);
      const before = endpoint.requests.length;
      const id = await given.inside.deliverTo({ url: endpoint.url, token: 'wrong-token' });
      await approveOrder(await given.openChat('deep-chat', 'orders'));

      await until(
        'the destination is paused',
        async () => (await given.inside.stored()).destinations[0]?.pausedBecause,
        { timeoutMs: 20_000 },
      );

      const workbench = pageOf(await given.openExtension('workbench.html#/delivery'));
      await workbench.shows(/token/i);
      expect(await workbench.text()).not.toContain('wrong-token');
      expect(endpoint.requests.length).toBe(before + 1);
      await given.inside.call('removeDestination', { id });
    });

    it('given a plain webhook with a secret, when it answers 2xx, then the signed batch counts as delivered', async () => {
      endpoint.answer((_request, response) => void response.writeHead(202, corsHeaders).end());
      const id = await given.inside.deliverTo({
        url: endpoint.url,
        connector: 'webhook',
        secret: `whsec_${Buffer.from('a secret of thirty-two bytes ok!').toString('base64')}`,
      });
      await approveOrder(await given.openChat('deep-chat', 'orders'));

      await given.inside.delivered();

      expect(endpoint.requests.at(-1)?.headers).toMatchObject({
        'webhook-id': expect.any(String),
        'webhook-signature': expect.stringMatching(/^v1,/),
      });
      await given.inside.call('removeDestination', { id });
    });

    it('given the form in the workbench, when a destination is typed in, tested and saved, then reviews arrive in the collector', async () => {
      const workbench = pageOf(await given.openExtension('workbench.html#/delivery'));
      await workbench.fill(/^Name/, 'Our team');
      await workbench.fill(/^Address/, team.endpoint);
      await workbench.fill(/^Token/, team.token);

      await workbench.click('button', 'Test connection');
      await workbench.shows('Connected: the endpoint accepts reviews.');
      await workbench.click('button', 'Save destination');
      await until('the destination is stored', async () => (await given.inside.stored()).destinations.length === 1);

      await approveOrder(await given.openChat('deep-chat', 'orders'));
      await given.inside.delivered();
      const [row] = await given.inside.revisions(1);
      expect((await team.export()).filter(({ event }) => event.id === row?.key)).toHaveLength(1);
    });
  });
});
