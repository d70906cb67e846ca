/**
 * Promise 1 as a property: whatever the endpoints, the clock and the browser do, in whatever order, each saved revision
 * ends up stored exactly once at each endpoint, or dead; it never vanishes. What is deleted is forgotten by whoever was
 * given it, and never heard of by anybody else. And each endpoint can tell from the numbers that nothing is missing.
 *
 * `npm run soak` does 200,000 operations instead of 10,000; COUNTERSIGN_OPERATIONS says another number, and
 * COUNTERSIGN_SEED where a run begins.
 */
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import '../../support/outbox.ts';
import fc from 'fast-check';
import { defaultRubric } from '../../../utils/review/rubric.ts';
import type { ReviewDraft } from '../../../utils/review/schema.ts';
import { isDeletion } from '../../../utils/review/wire.ts';
import { CountersignDatabase } from '../../../utils/storage/database.ts';
import { discard, resend } from '../../../utils/storage/outbox.ts';
import { deleteReviews } from '../../../utils/storage/remove.ts';
import { saveRevision } from '../../../utils/storage/save.ts';
import { createSender, type Sender } from '../../../utils/sync/index.ts';
import { aDestinationRow, aDraft, aJudgement } from '../../support/builders.ts';
import * as endpoints from '../../support/fault-endpoint.ts';
import { destinationOf, tally } from '../../support/outbox.ts';
import { soaking } from '../../support/soak.ts';

const START = Date.parse('2026-11-21T08:00:00Z');
const POISON = 'poison';
const OPERATIONS = Number(process.env.COUNTERSIGN_OPERATIONS ?? (soaking ? 200_000 : 10_000));
const LONGEST_RUN = 120;
/** ms for one request: short, because some replies never end. */
const TIMEOUT_MS = 30;

/** Stores the first of a batch and names it; nothing is known of the others. */
const storesOne: endpoints.Behavior = ({ commit, json }) => json(200, { results: commit().slice(0, 1) });

const replies: Record<string, endpoints.Behavior> = {
  drop: endpoints.drop,
  delay: endpoints.late(5),
  duplicate: endpoints.twice,
  truncate: endpoints.commitThenTruncate,
  reset: endpoints.commitThenReset,
  hang: endpoints.commitThenHang,
  'slow body': endpoints.slowBody,
  'trickling body': endpoints.tricklingBody,
  'endless body': endpoints.endlessBody,
  '302': (exchange) => endpoints.redirectTo(other.url, 302)(exchange),
  '307': (exchange) => endpoints.redirectTo(other.url, 307)(exchange),
  '401': endpoints.answer(401),
  '403': endpoints.answer(403),
  '404': endpoints.answer(404),
  '408': endpoints.answer(408),
  '409': endpoints.answer(409),
  '413': endpoints.limitBytes(6000),
  '415': endpoints.answer(415),
  '422': endpoints.answer(422),
  '425': endpoints.answer(425),
  '429': endpoints.answer(429, { 'retry-after': '90' }),
  '429 date': endpoints.answer(429, {
    'retry-after': 'Sat, 21 Nov 2026 08:10:00 GMT',
    date: 'Sat, 21 Nov 2026 08:00:00 GMT',
  }),
  '429 limit': endpoints.answer(429, { ratelimit: '"default";r=0;t=30' }),
  '500': endpoints.answer(500),
  '503': endpoints.answer(503, { 'retry-after': '-5' }),
  '599': endpoints.answer(599),
  html: endpoints.htmlPage,
  '{}': endpoints.answer(200),
  '204': ({ response }) => void response.writeHead(204).end(),
  'stores all, names nobody': ({ commit, json }) => {
    commit();
    json(200, { results: [] });
  },
  'names one': storesOne,
  'names strangers': endpoints.answer(200, {}, { results: [{ id: 'somebody:1', status: 'stored' }] }),
  'stores all, names strangers': ({ commit, json }) => {
    commit();
    json(200, { results: [{ id: 'somebody:1', status: 'stored' }] });
  },
  'limits the rate': ({ commit, json }) => json(200, { results: commit() }, { ratelimit: '"d";r=1;t=20' }),
  'takes gzip': ({ commit, json }) => json(200, { results: commit() }, { 'accept-encoding': 'gzip' }),
};

/** As an endpoint answers when nothing is wrong with it: poison is refused, by the batch. */
const sound: endpoints.Behavior = (exchange) =>
  exchange.events.some((event) => !isDeletion(event) && event.data.judgement.comment === POISON)
    ? exchange.json(422, { message: 'comment not wanted' })
    : endpoints.acknowledge(exchange);

let pair: readonly [endpoints.FaultEndpoint, endpoints.FaultEndpoint];
/** Where redirects lead: it must never see anything. */
let other: endpoints.FaultEndpoint;
beforeAll(async () => {
  // Senders that were killed here still run on, and find their database gone at the end of the run.
  vi.spyOn(console, 'warn').mockImplementation(() => {});
  pair = [await endpoints.startFaultEndpoint(sound), await endpoints.startFaultEndpoint(sound)];
  other = await endpoints.startFaultEndpoint();
});
afterAll(() => Promise.all([...pair, other].map((endpoint) => endpoint.close())));

/** The world of one run. */
interface World {
  readonly database: CountersignDatabase;
  clock: number;
  sender: Sender;
  /** Keys of all that was saved. */
  readonly saved: Set<string>;
  readonly poison: Set<string>;
  /** The newest draft of each review that is there. */
  readonly drafts: ReviewDraft[];
  readonly deleted: Set<string>;
  /** Keys that any sender tried to send, by destination. */
  readonly tried: readonly [Set<string>, Set<string>];
  /** Keys of dead entries that were given up, by destination. */
  readonly givenUp: readonly [Set<string>, Set<string>];
  /** Makes every later answer to the present sender get lost, as when its worker is killed. */
  kill(): void;
}

const ids = ['first', 'second'] as const;

function forget(endpoint: endpoints.FaultEndpoint): void {
  for (const each of [endpoint.stored, endpoint.readable, endpoint.numbers, endpoint.closed]) each.clear();
  for (const each of [endpoint.script, endpoint.requests, endpoint.misnumbered]) each.length = 0;
}

let runs = 0;
async function aWorld(random: () => number): Promise<World> {
  runs += 1;
  for (const endpoint of pair) forget(endpoint);
  const database = new CountersignDatabase(`machine-${process.pid}-${runs}`);
  for (const [index, id] of ids.entries()) {
    const stream = crypto.randomUUID();
    await database.destinations.put(aDestinationRow({ id, url: pair[index as 0 | 1].url, stream }));
  }
  let alive = { yes: true };
  const newSender = () => {
    const self = alive;
    return createSender({
      database,
      now: () => world.clock,
      random,
      locks: null,
      timeoutMs: TIMEOUT_MS,
      hostGapMs: 0,
      fetch: async (...args) => {
        // A worker that is killed between lease and request may have sent, as far as anybody can know.
        for (const key of await keysIn(args[1]?.body)) world.tried[args[0] === pair[0].url ? 0 : 1].add(key);
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
    saved: new Set(),
    poison: new Set(),
    drafts: [],
    deleted: new Set(),
    tried: [new Set(), new Set()],
    givenUp: [new Set(), new Set()],
    kill() {
      alive.yes = false;
      alive = { yes: true };
      world.sender = newSender();
    },
  };
  world.sender = newSender();
  return world;
}

async function keysIn(body: unknown): Promise<string[]> {
  const stream = new Blob([body as Uint8Array<ArrayBuffer> | string]).stream();
  const plain = typeof body === 'string' ? stream : stream.pipeThrough(new DecompressionStream('gzip'));
  return ((await new Response(plain).json()) as { id: string }[]).map(({ id }) => id);
}

type Step =
  | { do: 'save'; poison: boolean }
  | { do: 'revise'; which: number }
  | { do: 'delete'; which: number }
  | { do: 'drain'; replies: readonly [string, string]; by: 'alarm' | 'user' }
  | { do: 'kill in flight'; replies: readonly [string, string] }
  | { do: 'give up'; which: 0 | 1 }
  | { do: 'resend'; which: 0 | 1 }
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
  world.saved.add(key);
  if (draft.judgement.comment === POISON) world.poison.add(key);
}

async function take(world: World, step: Step): Promise<void> {
  const { database } = world;
  const chosen = 'which' in step && world.drafts.length > 0 ? step.which % world.drafts.length : -1;
  const draft = world.drafts[chosen];
  switch (step.do) {
    case 'save': {
      const first = aDraft({ judgement: aJudgement({ comment: step.poison ? POISON : null }) });
      world.drafts.push(first);
      return save(world, first);
    }
    case 'revise': {
      if (!draft) return;
      const { id, responseKey, basedOn } = draft;
      const judgement = aJudgement({ verdict: 'reject' });
      const next = aDraft({ id, responseKey, basedOn: basedOn + 1, judgement });
      world.drafts[chosen] = next;
      return save(world, next);
    }
    case 'delete':
      if (!draft) return;
      world.drafts.splice(chosen, 1);
      world.deleted.add(draft.id);
      await deleteReviews(database, { ids: [draft.id] }, { now: world.clock });
      return;
    case 'drain':
      answerWith(step.replies);
      await world.sender.wake(step.by);
      for (const { script } of pair) script.length = 0;
      return;
    case 'kill in flight': {
      const asked = () => pair[0].requests.length + pair[1].requests.length;
      const before = asked();
      answerWith(step.replies);
      let isDone = false;
      void world.sender.wake('alarm').finally(() => {
        isDone = true;
      });
      await until(() => isDone || asked() > before);
      world.kill();
      for (const { script } of pair) script.length = 0;
      return;
    }
    case 'give up': {
      const rows = await database.outbox.filter(
        ({ destinationId, state }) => destinationId === ids[step.which] && state === 'dead',
      );
      for (const { key } of await rows.toArray()) world.givenUp[step.which].add(key);
      await discard(database, { destinationId: ids[step.which] });
      return;
    }
    case 'resend':
      await resend(database, { destinationId: ids[step.which] }, world.clock);
      return;
    case 'pass':
    case 'jump':
      world.clock += step.ms;
  }
}

function answerWith(names: readonly [string, string]): void {
  for (const index of [0, 1] as const) pair[index].script.push(replies[names[index]] ?? sound);
}

/** Lets everything come right, and sees that it does: the user looks after a pause, time passes, the endpoints are sound. */
async function settle(world: World): Promise<void> {
  for (let round = 0; round < 100; round += 1) {
    await world.sender.wake('user');
    if ((await tally(world.database, { allStored: true })).owed === 0) return;
    world.clock = Math.max(world.clock, (await world.sender.nextWakeAt()) ?? world.clock) + 1000;
  }
}

const reviewOf = (key: string) => key.slice(0, 36);

/** What must be true of one destination when all is settled. */
async function check(world: World, index: 0 | 1): Promise<void> {
  const [endpoint, id] = [pair[index], ids[index]];
  const rows = await world.database.outbox.filter(({ destinationId }) => destinationId === id).toArray();
  const dead = new Set(rows.map(({ key }) => key));
  const accepted = await world.database.ledger.filter(({ destinationId }) => destinationId === id).primaryKeys();
  for (const [key] of accepted) expect(endpoint.stored).toContain(key);
  for (const key of world.saved) {
    if (world.deleted.has(reviewOf(key))) {
      const tombstone = `${reviewOf(key)}:deleted`;
      // A tombstone may be refused like anything else; then it is among the dead, in sight.
      const refused = dead.has(tombstone) || world.givenUp[index].has(tombstone);
      if (!refused) expect(endpoint.readable).not.toContain(key);
      if (endpoint.stored.has(key))
        expect([tombstone, endpoint.stored.has(tombstone) || refused]).toEqual([tombstone, true]);
    } else if (endpoint.readable.has(key)) expect([key, dead.has(key) && !world.poison.has(key)]).toEqual([key, false]);
    else expect([key, dead.has(key) || world.givenUp[index].has(key)]).toEqual([key, true]);
  }
  // Whoever was never sent anything of a review hears nothing of its end.
  const told = [...endpoint.stored].filter((key) => key.endsWith(':deleted'));
  const triedReviews = new Set([...world.tried[index]].filter((key) => !key.endsWith(':deleted')).map(reviewOf));
  for (const key of told) expect(triedReviews).toContain(reviewOf(key));

  // No number twice, and none missing but those of what is dead or was just given up.
  expect(endpoint.misnumbered).toEqual([]);
  const { stream, lastSequence, closing } = await destinationOf(world.database, id);
  const known = new Set([
    ...(endpoint.numbers.get(stream)?.keys() ?? []),
    ...(endpoint.closed.get(stream) ?? []),
    ...closing,
    ...rows.flatMap(({ sequence, closes }) => [sequence ?? 0, ...closes]),
  ]);
  for (let number = 1; number <= lastSequence; number += 1) expect([...known]).toContain(number);
}

const reply = fc.constantFrom(...Object.keys(replies), ...Array.from({ length: 12 }, () => 'sound'));
const bothReplies = fc.tuple(reply, reply);
const which = fc.nat(20);
const place = fc.constantFrom(0 as const, 1 as const);
const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 12, arbitrary: fc.record({ do: fc.constant('save' as const), poison: fc.nat(9).map((n) => n === 0) }) },
  { weight: 4, arbitrary: fc.record({ do: fc.constant('revise' as const), which }) },
  { weight: 4, arbitrary: fc.record({ do: fc.constant('delete' as const), which }) },
  {
    weight: 8,
    arbitrary: fc.record({
      do: fc.constant('drain' as const),
      replies: bothReplies,
      by: fc.constantFrom('alarm' as const, 'user' as const),
    }),
  },
  { weight: 4, arbitrary: fc.record({ do: fc.constant('kill in flight' as const), replies: bothReplies }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('give up' as const), which: place }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('resend' as const), which: place }) },
  { weight: 8, arbitrary: fc.record({ do: fc.constant('pass' as const), ms: fc.constantFrom(8000, 61_000, 600_000) }) },
  {
    weight: 2,
    arbitrary: fc.record({ do: fc.constant('jump' as const), ms: fc.constantFrom(-3e10, -3_600_000, 3_600_000, 3e10) }),
  },
);

test(`${OPERATIONS} operations: each revision is stored once or dead, each deletion reaches whom it concerns, no number is missing`, {
  timeout: Math.max(300_000, OPERATIONS * 180),
}, async () => {
  let operations = 0;
  let failed = false;
  await fc.assert(
    fc.asyncProperty(
      fc.array(step, { minLength: 1, maxLength: LONGEST_RUN, size: 'max' }),
      fc.double({ min: 0, max: 0.999, noNaN: true }),
      async (steps, jitter) => {
        // Enough is done; but what failed is tried again with less, until nothing can be left out.
        if (operations >= OPERATIONS && !failed) return;
        const world = await aWorld(() => jitter);
        const before = failed;
        failed = true;
        try {
          for (const one of steps) {
            await take(world, one);
            operations += 1;
          }
          // The counters say what the rows say, and nothing that was saved and not deleted is gone.
          await tally(world.database, { allStored: true });
          await settle(world);
          await check(world, 0);
          await check(world, 1);
          failed = before;
        } finally {
          world.kill();
          await world.database.delete();
        }
      },
    ),
    {
      // Runs have half the longest length on average.
      numRuns: Math.ceil(OPERATIONS / 10),
      ...(process.env.COUNTERSIGN_SEED ? { seed: Number(process.env.COUNTERSIGN_SEED) } : {}),
    },
  );
  expect(other.requests).toEqual([]);
  expect(operations).toBeGreaterThanOrEqual(OPERATIONS);
});

async function until(condition: () => boolean): Promise<void> {
  while (!condition()) await new Promise((resolve) => setTimeout(resolve, 1));
}
