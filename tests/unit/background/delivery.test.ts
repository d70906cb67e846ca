import 'fake-indexeddb/auto';
import { describe, expect, it } from 'vitest';
import { createDelivery } from '../../../entrypoints/background/delivery.ts';
import { dataCollection } from '../../../utils/messaging/consent.ts';
import type { Verdict } from '../../../utils/review/schema.ts';
import { counts } from '../../../utils/storage/counters.ts';
import { listDestinations } from '../../../utils/storage/destinations.ts';
import type { Sender, WakeReason } from '../../../utils/sync/index.ts';
import { type Background, refused, startBackground, value } from '../../support/background.ts';
import { aDraft, aJudgement } from '../../support/builders.ts';
import { FakeExtension } from '../../support/fake-extension.ts';
import { NOON } from '../../support/stored.ts';

const destination = {
  id: null,
  name: 'Team',
  connector: 'countersign',
  url: 'https://feedback.example/v1/events',
  token: 'cst_SECRET-zq9',
} as const;

/** A background with a site that is on and this destination; answers how to store a review there. */
async function connected(endpoint?: (request: Request) => Promise<Response>, with_: object | null = destination) {
  const background = await startBackground(endpoint);
  background.extension.grant('https://chat.example/*');
  const tab = background.extension.openTab('https://chat.example/');
  if (with_) value(await background.page('saveDestination', { ...destination, ...with_ }));
  const review = async (verdict: Verdict = 'reject') => {
    const judgement = aJudgement({ verdict, correction: null, comment: null, ratings: [] });
    return value(await background.content(tab)('saveReview', aDraft({ judgement })));
  };
  return { ...parts(background), background, review };
}

function parts(background: Background) {
  const alarm = () => background.extension.events.alarm.fire({ name: 'deliver' });
  return { alarm, sees: () => counts(background.database) };
}

describe('delivery', () => {
  it('given no destination, makes no request and sets no alarm, whatever happens', async () => {
    const { background, review, alarm } = await connected(undefined, null);
    await review();
    background.now += 60_000;
    alarm();
    background.restart();
    value(await background.page('deliverNow', {}));
    await expect.poll(() => background.extension.alarms.size).toBe(0);
    expect(background.requests).toEqual([]);
  });

  it('given a review, waits for the undo window, delivers at the alarm, and needs none any more', async () => {
    const { background, review, alarm, sees } = await connected();
    await review();
    expect(background.extension.alarms.get('deliver')).toEqual({ periodInMinutes: 1 });
    background.now += 5_000;
    alarm();
    background.now += 4_000;
    expect(await sees()).toMatchObject({ owed: 1 });
    alarm();
    await expect.poll(sees).toMatchObject({ owed: 0, delivered: 1 });
    expect(background.requests).toHaveLength(1);
    await expect.poll(() => background.extension.alarms.size).toBe(0);
  });

  it('given a worker that died with something owed, sets the alarm again at its next start', async () => {
    const { background, review, sees } = await connected();
    await review();
    background.extension.alarms.clear();
    background.restart();
    await expect.poll(() => background.extension.alarms.size).toBe(1);
    background.now += 10_000;
    background.restart();
    await expect.poll(sees).toMatchObject({ delivered: 1 });
  });

  it('given a refused token, pauses, shows it on the button, asks no more, and a new token resumes', async () => {
    let status = 401;
    const { background, review, alarm, sees } = await connected(async (request) => {
      const events = (await request.json()) as { id: string }[];
      return Response.json({ results: events.map(({ id }) => ({ id, status: 'stored' })) }, { status });
    });
    await review();
    background.now += 10_000;
    alarm();
    await expect.poll(() => background.extension.badge.text).toBe('!');
    expect(background.extension.badge.title).toBe('Countersign: one destination paused');
    await expect.poll(() => background.extension.alarms.size).toBe(0);
    alarm();
    expect(background.requests).toHaveLength(1);
    status = 200;
    const [stored] = await listDestinations(background.database);
    value(await background.page('saveDestination', { ...destination, id: stored?.id as string, token: 'cst_new' }));
    await expect.poll(sees).toMatchObject({ owed: 0, delivered: 1 });
    await expect.poll(() => background.extension.badge.text).toBe('');
  });

  it('given dead reviews, counts them on the button until they are sent again', async () => {
    let verdict = 'invalid';
    const { background, review, alarm, sees } = await connected(async (request) => {
      const events = (await request.json()) as { id: string }[];
      return Response.json({ results: events.map(({ id }) => ({ id, status: verdict, reason: 'No.' })) });
    });
    await review();
    await review('approve');
    background.now += 10_000;
    alarm();
    await expect
      .poll(() => background.extension.badge)
      .toEqual({
        text: '2',
        title: 'Countersign: 2 reviews could not be delivered',
      });
    verdict = 'duplicate';
    const destinationId = (await listDestinations(background.database))[0]?.id as string;
    expect(value(await background.page('resend', { destinationId }))).toEqual({ requeued: 2 });
    await expect.poll(sees).toMatchObject({ dead: 0, delivered: 2 });
    await expect.poll(() => background.extension.badge.text).toBe('');
  });

  it('given a destination that came later, delivers earlier reviews only when asked', async () => {
    const { background, review, sees } = await connected(undefined, null);
    await review();
    background.now = NOON + 60_000;
    const { id } = value(await background.page('saveDestination', destination));
    expect(await sees()).toMatchObject({ owed: 0 });
    expect(value(await background.page('deliverEarlier', { destinationId: id }))).toEqual({ owed: 1 });
    await expect.poll(sees).toMatchObject({ delivered: 1 });
  });

  it('given a removed destination, owes and sends nothing', async () => {
    const { background, review, alarm, sees } = await connected();
    await review();
    const id = (await listDestinations(background.database))[0]?.id as string;
    value(await background.page('removeDestination', { id }));
    background.now += 60_000;
    alarm();
    await expect.poll(() => background.extension.alarms.size).toBe(0);
    expect(await sees()).toMatchObject({ owed: 0 });
    expect(background.requests).toEqual([]);
  });
});

describe('consent, where the browser asks for it', () => {
  it('given none, adds and tries no destination, and says what to do', async () => {
    const { background } = await connected(undefined, null);
    background.extension.dataCollection = ['websiteContent'];
    for (const call of ['saveDestination', 'testDestination'] as const) {
      const answer = await background.page(call, destination);
      expect(answer).toMatchObject(refused('forbidden'));
      expect(answer).toMatchObject({ error: { message: expect.stringContaining('Firefox') } });
    }
    expect(background.requests).toEqual([]);
  });

  it('given that it is taken back, sends nothing more; given again, delivers what waited', async () => {
    const background = await startBackground();
    background.extension.dataCollection = [...dataCollection];
    background.extension.grant('https://chat.example/*');
    value(await background.page('saveDestination', destination));
    const tab = background.extension.openTab('https://chat.example/');
    const judgement = aJudgement({ correction: null, comment: null });
    value(await background.content(tab)('saveReview', aDraft({ judgement })));
    background.extension.dataCollection = [];
    background.extension.revoke();
    await expect.poll(() => background.extension.alarms.size).toBe(0);
    background.now += 60_000;
    parts(background).alarm();
    value(await background.page('deliverNow', {}));
    background.restart();
    expect(background.requests).toEqual([]);
    background.extension.dataCollection = [...dataCollection];
    background.extension.grant();
    await expect.poll(() => background.requests.length).toBe(1);
  });
});

describe('a trial of a destination', () => {
  it('given an answer, says so and stores nothing', async () => {
    const { background } = await connected(async () => Response.json({ results: [] }), null);
    expect(value(await background.page('testDestination', destination))).toMatchObject({ ok: true });
    expect(await background.database.destinations.count()).toBe(0);
  });

  it('given a form of a stored destination, uses its token, but not for another host', async () => {
    const { background } = await connected();
    const { token: _, ...form } = destination;
    const id = (await listDestinations(background.database))[0]?.id as string;
    value(await background.page('testDestination', { ...form, id }));
    expect(background.requests[0]?.headers.get('authorization')).toBe('Bearer cst_SECRET-zq9');
    const elsewhere = { ...form, id, url: 'https://evil.example/' };
    expect(await background.page('testDestination', elsewhere)).toMatchObject(refused('invalid', 'token'));
    expect(background.requests).toHaveLength(1);
  });

  it.each([
    ['url', { url: 'http://feedback.example/' }],
    ['url', { url: 'javascript:alert(1)' }],
    ['name', { name: ' ' }],
    ['token', { token: 'two words' }],
    ['secret', { secret: 'short' }],
  ])('given a wrong %s, refuses it with the field named, as saving does', async (field, change) => {
    const { background } = await connected(undefined, null);
    for (const call of ['saveDestination', 'testDestination'] as const) {
      expect(await background.page(call, { ...destination, ...change })).toMatchObject(refused('invalid', field));
    }
    expect(background.requests).toEqual([]);
  });
});

describe('a sample', () => {
  it('given an endpoint that names it, says that it arrived, and stores nothing here', async () => {
    const { background } = await connected(async (request) => {
      const events = (await request.clone().json()) as readonly { readonly id: string }[];
      return Response.json({ results: events.map(({ id }) => ({ id, status: 'stored' })) });
    }, null);
    const once = value(await background.page('sendSample', { destination, trace: null }));
    expect(once).toMatchObject({ ok: true, message: 'The sample arrived.' });
    expect(await background.database.destinations.count()).toBe(0);
    expect(await background.database.revisions.count()).toBe(0);
    await background.page('sendSample', { destination, trace: { id: 'trace-1' } });
    const [first, second] = await Promise.all(background.requests.map((request) => request.clone().json()));
    expect(second[0].id).toBe(first[0].id);
    expect(second[0].data.snapshot.trace).toEqual({ id: 'trace-1' });
  });

  it('given an endpoint that refuses it, says why', async () => {
    const answer = async () => Response.json({ error: 'no such project' }, { status: 422 });
    const { background } = await connected(answer, null);
    expect(value(await background.page('sendSample', { destination, trace: null }))).toMatchObject({
      ok: false,
      message: expect.stringContaining('no such project'),
    });
  });
});

describe('the timer', () => {
  const aPlan = (next: number | null, mayTransmit = true) => {
    const woken: WakeReason[] = [];
    const timers: { call: () => void; ms: number }[] = [];
    const sender: Sender = { wake: async (reason) => void woken.push(reason), nextWakeAt: async () => next };
    const extension = new FakeExtension();
    const delivery = createDelivery({
      sender,
      alarms: extension.browser.alarms,
      mayTransmit: async () => mayTransmit,
      onChange: async () => {},
      now: () => NOON,
      setTimer: (call, ms) => timers.push({ call, ms }),
      clearTimer: () => {},
    });
    return { woken, timers, extension, delivery };
  };

  it('given something due soon, wakes then, in addition to the alarm', async () => {
    const { delivery, timers, woken, extension } = aPlan(NOON + 8_000);
    await delivery.schedule();
    expect(timers).toMatchObject([{ ms: 8_000 }]);
    expect(extension.alarms.size).toBe(1);
    timers[0]?.call();
    await expect.poll(() => woken).toEqual(['alarm']);
  });

  it('given something due that a run left undone, does not ask again at once', async () => {
    const { delivery, timers } = aPlan(NOON - 5_000);
    await delivery.wake('alarm');
    expect(timers).toMatchObject([{ ms: 1_000 }]);
  });

  it('given no consent, sends nothing and plans nothing, whoever asks', async () => {
    const { delivery, woken, timers, extension } = aPlan(NOON, false);
    for (const reason of ['user', 'alarm', 'startup'] as const) await delivery.wake(reason);
    expect({ woken, timers, alarms: extension.alarms.size }).toEqual({ woken: [], timers: [], alarms: 0 });
  });

  it('given something due later than the worker lives, leaves it to the alarm', async () => {
    const { delivery, timers, extension } = aPlan(NOON + 3_600_000);
    await delivery.schedule();
    expect(timers).toEqual([]);
    expect(extension.alarms.size).toBe(1);
  });
});
