/** Nothing is lost, and nothing arrives twice, when the browser is killed with SIGKILL. */
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { until } from '../support/browser/poll.ts';
import { type Endpoint, startEndpoint } from '../support/endpoint.ts';
import { inEachBrowser } from '../support/given.ts';
import { approveOrder } from '../support/judge.ts';
import { startTeam, type Team } from '../support/team.ts';

/** A lease of a killed browser runs out by itself; see `LEASE_MS`. */
const leaseIsOver = { timeoutMs: 100_000, everyMs: 500 };

describe('kills', () => {
  let team: Team;
  let relay: Endpoint | null = null;

  beforeAll(async () => {
    team = await startTeam();
  });
  afterEach(async () => {
    await relay?.close();
    relay = null;
  });
  afterAll(() => team.remove());

  inEachBrowser('a killed browser', (given) => {
    it('given a judgement just saved and no endpoint, when the browser is killed, then the page shows it again, and the endpoint gets it once', async () => {
      await team.stop();
      await given.inside.deliverTo({ url: team.endpoint, token: team.token, sends: 'text' });
      const review = await given.openChat('deep-chat', 'orders');
      await approveOrder(review);

      await given.restart('kill');

      const again = await given.openChat('deep-chat', 'orders');
      await again.chat.pointAt('by Thursday');
      await again.toolbar.shows('Your review: Approved');
      const [row] = await given.inside.revisions(1);
      await team.startAgain();
      await given.inside.delivered(90_000);
      const events = (await team.export()).filter(({ event }) => event.id === row?.key);
      expect(events).toHaveLength(1);
      expect(events[0]?.event.data).toEqual(row?.review);
    });

    it('given a delivery that the endpoint has stored, when the browser is killed before the acknowledgement, then it is stored once', {
      timeout: 200_000,
    }, async () => {
      let posts = 0;
      let killed = false;
      relay = await startEndpoint();
      relay.answer(async (request, response) => {
        posts += 1;
        const { authorization = '', 'content-type': type = '' } = request.headers;
        const reply = await fetch(team.endpoint, {
          method: 'POST',
          headers: { authorization, 'content-type': type },
          body: request.body,
        });
        const body = await reply.text();
        if (!killed) {
          // Stored, and not yet acknowledged.
          killed = true;
          await given.session.kill();
          response.destroy();
          return;
        }
        response
          .writeHead(reply.status, { 'content-type': 'application/json', 'access-control-allow-origin': '*' })
          .end(body);
      });
      for (const destination of (await given.inside.stored()).destinations)
        await given.inside.call('removeDestination', { id: destination.id });
      await given.inside.deliverTo({ url: relay.url, token: team.token });
      const review = await given.openChat('deep-chat', 'orders');
      await approveOrder(review);
      const [row] = await given.inside.revisions(1);

      await until('the browser is killed', () => killed, { timeoutMs: 30_000 });
      await given.session.ended;
      await given.restart('kill');
      await until(
        'the second delivery is acknowledged',
        async () => {
          await given.inside.call('deliverNow', {});
          return (await given.inside.stored()).outbox.length === 0;
        },
        leaseIsOver,
      );

      expect(posts).toBeGreaterThan(1);
      const events = (await team.export()).filter(({ event }) => event.id === row?.key);
      expect(events).toHaveLength(1);
    });
  });
});
