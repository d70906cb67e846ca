/** A review whose trace is not at its target yet: it waits alone, and arrives when the trace does. */
import '../../support/outbox.ts';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { about } from '../../../utils/connectors/opik/about.ts';
import { withoutSecrets } from '../../../utils/delivery/secrets.ts';
import { toEvent } from '../../../utils/review/wire.ts';
import { createSender } from '../../../utils/sync/index.ts';
import { aDestination, aDestinationRow } from '../../support/builders.ts';
import { destinationOf, openDatabase, owe, tally } from '../../support/outbox.ts';
import { anOpik, type FakeOpik } from '../../support/targets/opik.ts';
import { type Served, serve } from '../../support/targets/serve.ts';
import { aFullDestination, aTracedReview } from '../../support/traced.ts';

const START = Date.parse('2026-11-21T08:01:00Z');
const THERE = '0190a1b2-0000-7000-8000-000000000001';
const MISSING = '0190a1b2-0000-7000-8000-000000000002';

let target: FakeOpik;
let served: Served;
beforeEach(async () => {
  target = anOpik({ has: [THERE] });
  served = await serve(target);
});
afterEach(() => served.close());

test('given two reviews, when the trace of the first is missing, the second is delivered, and the first once it is there', async () => {
  let clock = START;
  const destination = aFullDestination(about, { url: `${served.origin}/opik/api`, sendContext: true });
  const database = await openDatabase(aDestinationRow(destination));
  const early = toEvent(aTracedReview({ id: MISSING }));
  const other = toEvent(aTracedReview({ id: THERE }, { id: '0190a1b2-0000-7000-8000-0000000000bb' }));
  await owe(database, [early, other], START);
  const sender = createSender({ database, now: () => clock, random: () => 0.5, locks: null, hostGapMs: 0 });

  await sender.wake('saved');
  expect(await tally(database)).toEqual({ owed: 1, delivered: 1, dead: 0 });
  const [waiting] = await database.outbox.toArray();
  expect(waiting).toMatchObject({
    key: early.id,
    state: 'pending',
    attempts: 1,
    reason: `Opik does not have the trace ${MISSING} yet.`,
  });
  expect(waiting?.dueAt).toBeGreaterThan(clock);
  expect(await destinationOf(database)).toMatchObject({ failures: 0, pausedBecause: null });

  target.add(MISSING);
  clock = waiting?.dueAt ?? 0;
  await sender.wake('alarm');
  expect(await tally(database)).toEqual({ owed: 0, delivered: 2, dead: 0 });
  expect(target.entities.get(MISSING)?.scores.size).toBe(3);
});

test('given an endpoint that echoes a token or a part of it, what is shown of a wait has neither', () => {
  const destination = aDestination({ token: 'pk-lf-11111111:sk-lf-22222222' });
  const reason = 'sk-lf-22222222 is not the key of pk-lf-11111111:sk-lf-22222222';
  const items = new Map([['a', { outcome: 'later', reason, retryAfterMs: null } as const]]);
  const hidden = withoutSecrets({ kind: 'items', items }, destination);
  expect(JSON.stringify([...(hidden.kind === 'items' ? hidden.items : [])])).not.toMatch(/[12]{8}/);
});
