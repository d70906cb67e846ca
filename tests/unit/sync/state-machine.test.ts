/**
 * Promise 1 as a property: whatever the endpoint, the clock and the browser do, in whatever order, each saved revision
 * ends up stored exactly once at the endpoint, or dead; it never vanishes.
 */
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import '../../support/outbox.ts';
import fc from 'fast-check';
import { defaultRubric } from '../../../utils/review/rubric.ts';
import type { ReviewDraft } from '../../../utils/review/schema.ts';
import { CountersignDatabase } from '../../../utils/storage/database.ts';
import { saveRevision } from '../../../utils/storage/save.ts';
import { createSender, type Sender } from '../../../utils/sync/index.ts';
import { aDestinationRow, aDraft, aJudgement } from '../../support/builders.ts';
import * as endpoints from '../../support/fault-endpoint.ts';
import { tally } from '../../support/outbox.ts';

const START = Date.parse('2026-11-21T08:00:00Z');
const POISON = 'poison';

const replies: Record<string, endpoints.Behavior> = {
  drop: endpoints.drop,
  reset: endpoints.commitThenReset,
  truncate: endpoints.commitThenTruncate,
  hang: endpoints.commitThenHang,
  slow: endpoints.slowBody,
  late: endpoints.late(5),
  '401': endpoints.answer(401),
  '404': endpoints.answer(404),
  '409': endpoints.answer(409),
  '413': endpoints.limitBytes(6000),
  '429': endpoints.answer(429, { 'retry-after': '90' }),
  '429 date': endpoints.answer(429, {
    'retry-after': 'Sat, 21 Nov 2026 08:10:00 GMT',
    date: 'Sat, 21 Nov 2026 08:00:00 GMT',
  }),
  '500': endpoints.answer(500),
  html: endpoints.htmlPage,
  '{}': endpoints.answer(200),
  endless: endpoints.endlessBody,
  'commits, names nobody': ({ commit, json }) => {
    commit();
    json(200, { results: [] });
  },
  'names one': ({ commit, json }) => json(200, { results: commit().slice(0, 1) }),
  'stores and names one': ({ events, json }) => {
    const [first] = events;
    if (first) endpoint.stored.add(first.id);
    json(200, { results: first ? [{ id: first.id, status: 'stored' }] : [] });
  },
  'names strangers': endpoints.answer(200, {}, { results: [{ id: 'somebody:1', status: 'stored' }] }),
};

/** As the endpoint answers when nothing is wrong with it: poison is refused, by the batch. */
const sound: endpoints.Behavior = (exchange) =>
  exchange.events.some(({ data }) => data.judgement.comment === POISON)
    ? exchange.json(422, { message: 'comment not wanted' })
    : endpoints.acknowledge(exchange);

let endpoint: endpoints.FaultEndpoint;
beforeAll(async () => {
  // Senders that were killed here still run on, and find their database gone at the end of the run.
  vi.spyOn(console, 'warn').mockImplementation(() => {});
  endpoint = await endpoints.startFaultEndpoint(sound);
});
afterAll(() => endpoint.close());

/** The world of one run. */
interface World {
  readonly database: CountersignDatabase;
  clock: number;
  sender: Sender;
  /** Keys of all that was saved. */
  readonly saved: string[];
  readonly poison: Set<string>;
  readonly drafts: ReviewDraft[];
  /** Makes every later answer to the present sender get lost, as when its worker is killed. */
  kill(): void;
}

let runs = 0;
async function aWorld(random: () => number): Promise<World> {
  runs += 1;
  endpoint.stored.clear();
  endpoint.script.length = 0;
  const database = new CountersignDatabase(`machine-${process.pid}-${runs}`);
  await database.destinations.put(aDestinationRow({ url: endpoint.url }));
  let alive = { yes: true };
  const newSender = () => {
    const self = alive;
    return createSender({
      database,
      now: () => world.clock,
      random,
      locks: null,
      timeoutMs: 60,
      fetch: async (...args) => {
        if (!self.yes) return new Promise(() => {});
        const response = await fetch(...args).catch(() => null);
        // A killed worker learns nothing more; its request may have arrived all the same.
        if (!self.yes) return new Promise(() => {});
        if (response === null) throw new TypeError('Failed to fetch');
        return response;
      },
    });
  };
  const world: World = {
    database,
    clock: START,
    sender: null as unknown as Sender,
    saved: [],
    poison: new Set(),
    drafts: [],
    kill() {
      alive.yes = false;
      alive = { yes: true };
      world.sender = newSender();
    },
  };
  world.sender = newSender();
  return world;
}

type Step =
  | { do: 'save'; poison: boolean }
  | { do: 'revise'; which: number }
  | { do: 'drain'; reply: string; by: 'alarm' | 'user' }
  | { do: 'kill in flight'; reply: string }
  | { do: 'pass'; ms: number }
  | { do: 'jump'; ms: number };

async function save(world: World, draft: ReviewDraft): Promise<void> {
  await saveRevision(world.database, draft, {
    origin: 'https://chat.example',
    reviewer: { id: 'installation-1', name: null },
    rubric: defaultRubric,
    now: world.clock,
  });
  const key = `${draft.id}:${draft.basedOn + 1}`;
  world.saved.push(key);
  if (draft.judgement.comment === POISON) world.poison.add(key);
}

async function take(world: World, step: Step): Promise<void> {
  switch (step.do) {
    case 'save': {
      const draft = aDraft({ judgement: aJudgement({ comment: step.poison ? POISON : null }) });
      world.drafts.push(draft);
      return save(world, draft);
    }
    case 'revise': {
      const index = world.drafts.length === 0 ? -1 : step.which % world.drafts.length;
      const draft = world.drafts[index];
      if (!draft) return;
      const { id, responseKey } = draft;
      const next = aDraft({
        id,
        responseKey,
        basedOn: draft.basedOn + 1,
        judgement: aJudgement({ verdict: 'reject' }),
      });
      world.drafts[index] = next;
      return save(world, next);
    }
    case 'drain':
      endpoint.script.push(replies[step.reply] ?? sound);
      await world.sender.wake(step.by);
      endpoint.script.length = 0;
      return;
    case 'kill in flight': {
      const before = endpoint.requests.length;
      endpoint.script.push(replies[step.reply] ?? sound);
      const run = world.sender.wake('alarm');
      await Promise.race([run, until(() => endpoint.requests.length > before)]);
      world.kill();
      endpoint.script.length = 0;
      return;
    }
    case 'pass':
    case 'jump':
      world.clock += step.ms;
  }
}

/** Lets everything come right, and sees that it does: the user looks after a pause, time passes, the endpoint is sound. */
async function settle(world: World): Promise<void> {
  for (let round = 0; round < 50; round += 1) {
    await world.sender.wake('user');
    if ((await tally(world.database)).owed === 0) return;
    world.clock = Math.max(world.clock, (await world.sender.nextWakeAt()) ?? world.clock) + 1000;
  }
}

const reply = fc.constantFrom(...Object.keys(replies), 'sound', 'sound');
const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 6, arbitrary: fc.record({ do: fc.constant('save' as const), poison: fc.nat(9).map((n) => n === 0) }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('revise' as const), which: fc.nat(20) }) },
  {
    weight: 4,
    arbitrary: fc.record({
      do: fc.constant('drain' as const),
      reply,
      by: fc.constantFrom('alarm' as const, 'user' as const),
    }),
  },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('kill in flight' as const), reply }) },
  { weight: 4, arbitrary: fc.record({ do: fc.constant('pass' as const), ms: fc.constantFrom(8000, 61_000, 600_000) }) },
  {
    weight: 1,
    arbitrary: fc.record({ do: fc.constant('jump' as const), ms: fc.constantFrom(-3e10, -3_600_000, 3_600_000, 3e10) }),
  },
);

test('each saved revision is stored exactly once at the endpoint, or dead; it never vanishes', {
  timeout: 120_000,
}, async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(step, { minLength: 5, maxLength: 30 }),
      fc.double({ min: 0, max: 0.999, noNaN: true }),
      async (steps, jitter) => {
        const world = await aWorld(() => jitter);
        try {
          for (const one of steps) {
            await take(world, one);
            const { owed, delivered, dead } = await tally(world.database);
            expect(owed + delivered + dead).toBe(world.saved.length);
          }
          await settle(world);
          const rows = await world.database.outbox.toArray();
          expect(rows.map(({ key }) => key).sort()).toEqual(world.saved.toSorted());
          for (const { key, state } of rows) {
            if (state === 'delivered') expect(endpoint.stored).toContain(key);
            else expect([key, state, world.poison.has(key)]).toEqual([key, 'dead', true]);
          }
        } finally {
          world.kill();
          await world.database.delete();
        }
      },
    ),
    { numRuns: Number(process.env.COUNTERSIGN_RUNS ?? 60) },
  );
});

async function until(condition: () => boolean): Promise<void> {
  while (!condition()) await new Promise((resolve) => setTimeout(resolve, 1));
}
