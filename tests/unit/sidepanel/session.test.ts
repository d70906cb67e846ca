/** The session: its goal and pace follow what is judged wherever; what was dismissed stays so for half an hour. */
import 'fake-indexeddb/auto';
import { signal } from '@preact/signals';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { createSession, type Session } from '../../../entrypoints/sidepanel/store/session.ts';
import type { CountersignDatabase } from '../../../utils/storage/database.ts';
import { aJudgement, aSnapshot } from '../../support/builders.ts';
import { NOON, openDatabase, stored } from '../../support/stored.ts';

const text = 'It goes on and on. '.repeat(200);
let database: CountersignDatabase;
let clock: number;
let kept: Record<string, unknown>;
let ends: AbortController;
const wanted = signal(true);

beforeEach(async () => {
  database = await openDatabase();
  [clock, kept, ends] = [NOON, {}, new AbortController()];
  wanted.value = true;
});
afterEach(() => ends.abort());

const open = (): Session =>
  createSession(
    {
      database,
      storage: { get: async () => kept, set: async (change: object) => void Object.assign(kept, change) } as never,
      now: () => clock,
      wanted,
    },
    ends.signal,
  );
/** Approves a long answer in two seconds, three seconds after the last one. */
async function judge() {
  clock += 3_000;
  const judgement = aJudgement({ verdict: 'approve', labels: [], correction: null });
  await stored(
    database,
    { judgement, spentMs: 2_000, snapshot: aSnapshot({ text, length: text.length }) },
    { now: clock },
  );
}

it('given reviews of before, when the panel opens and more are made, then the goal counts what came since it was set', async () => {
  await judge();
  const session = open();
  await vi.waitFor(() => expect(session.pace.value.here?.n).toBe(1));
  clock += 1_000;
  session.setGoal({ kind: 'reviews', amount: 2 });
  expect(session.goal.value).toMatchObject({ amount: 2, done: 0 });
  await judge();
  await vi.waitFor(() => expect(session.goal.value?.done).toBe(1));
  expect(session.pace.value.here).toEqual({ ms: 2_000, n: 2 });
  // A panel that is closed and opened again goes on.
  const again = open();
  await vi.waitFor(() => expect(again.goal.value).toMatchObject({ amount: 2, done: 1 }));
});

it('given haste, when it is dismissed, then it is silent, for another panel too; and for good where nudges are not wanted', async () => {
  const session = open();
  for (let n = 0; n < 9; n += 1) await judge();
  await vi.waitFor(() => expect(session.pace.value.nudge?.kind).toBe('unread'));
  wanted.value = false;
  expect(session.pace.value.nudge).toBeNull();
  wanted.value = true;
  session.dismiss('unread');
  expect(session.pace.value.nudge).toBeNull();
  const again = open();
  await vi.waitFor(() => expect(again.pace.value.here?.n).toBe(9));
  await vi.waitFor(() => expect(again.pace.value.nudge).toBeNull());
});
