import { describe, expect, it } from 'vitest';
import {
  type DeliveryFacts,
  type DestinationFacts,
  deliverySentence,
  destinationSentence,
} from '../../../components/workbench/delivery-words.ts';

const now = new Date(2026, 10, 21, 14, 0).getTime();
const MINUTE = 60_000;

const aDelivery = (change: Partial<DeliveryFacts> = {}): DeliveryFacts => ({
  state: 'pending',
  destinationName: 'Team',
  dueAt: now - MINUTE,
  attempts: 0,
  reason: null,
  deliveredAt: null,
  ...change,
});

const aDestination = (change: Partial<DestinationFacts> = {}): DestinationFacts => ({
  name: 'Team',
  pausedBecause: null,
  notBefore: 0,
  lastDeliveredAt: null,
  owed: 0,
  dead: 0,
  ...change,
});

const free = aDestination();

describe('what became of a delivery', () => {
  it('given an acknowledgement, says where it arrived and when', () => {
    const delivered = aDelivery({ state: 'delivered', deliveredAt: new Date(now + 2 * MINUTE).toISOString() });
    expect(deliverySentence(delivered, free, now)).toEqual({ tone: 'good', text: 'Delivered to Team at 14:02' });
  });

  it.each([
    [0, 'Delivered to Team at 14:02'],
    [2, 'Delivered to Team at 14:02, at the third try'],
    [12, 'Delivered to Team at 14:02, after 12 tries that failed'],
  ])('given %i tries that failed before, says so', (attempts, text) => {
    const deliveredAt = new Date(now + 2 * MINUTE).toISOString();
    expect(deliverySentence(aDelivery({ state: 'delivered', deliveredAt, attempts }), free, now).text).toBe(text);
  });

  it('given a destination that was removed since, says so instead of a name', () => {
    const delivered = aDelivery({ state: 'delivered', destinationName: null });
    expect(deliverySentence(delivered, null, now).text).toBe('Delivered to a destination that was removed');
  });

  it('given an undo window that is open, says what it waits for', () => {
    const waiting = aDelivery({ dueAt: now + 5000 });
    expect(deliverySentence(waiting, free, now).text).toBe(
      'Waiting for Team: goes out when it can no longer be undone',
    );
  });

  it('given a failed attempt, says when it is tried again and what the endpoint said', () => {
    const waiting = aDelivery({ dueAt: now + 5 * MINUTE, attempts: 2, reason: 'The endpoint answered 503' });
    expect(deliverySentence(waiting, free, now)).toEqual({
      tone: 'warn',
      text: 'Waiting for Team: tries again at 14:05. The endpoint answered 503.',
    });
  });

  it('given a backoff of the whole destination, says that time, not the entry’s own', () => {
    const waiting = aDelivery({ dueAt: now - MINUTE });
    const backing = aDestination({ notBefore: now + 10 * MINUTE });
    expect(deliverySentence(waiting, backing, now).text).toContain('tries again at 14:10');
  });

  it('given a paused destination, says why nothing goes out', () => {
    const paused = aDestination({ pausedBecause: 'The endpoint answered 401' });
    expect(deliverySentence(aDelivery({ dueAt: now + MINUTE, attempts: 1 }), paused, now).text).toBe(
      'Waiting: Team is paused. The endpoint answered 401.',
    );
  });

  it('given a refusal for good, says so with the reason', () => {
    const dead = aDelivery({ state: 'dead', reason: 'Too large.' });
    expect(deliverySentence(dead, free, now)).toEqual({
      tone: 'bad',
      text: 'Could not be delivered to Team: Too large.',
    });
  });

  it('given nothing in the way, says that it goes out next, or is under way', () => {
    expect(deliverySentence(aDelivery(), free, now).text).toBe('Waiting for Team: goes out next');
    expect(deliverySentence(aDelivery({ state: 'leased' }), free, now).text).toBe('On its way to Team');
  });
});

describe('how a destination fares', () => {
  it.each([
    [{}, 'quiet', 'Ready. Nothing was delivered yet.'],
    [{ owed: 3 }, 'quiet', 'Delivering: 3 still to go.'],
    [{ owed: 3, notBefore: now + MINUTE }, 'warn', 'The last try failed. Tries again at 14:01.'],
    // A backoff with nothing to send is nobody's worry.
    [{ notBefore: now + MINUTE }, 'quiet', 'Ready. Nothing was delivered yet.'],
    [{ lastDeliveredAt: new Date(now).toISOString() }, 'good', 'Everything is delivered, last at 14:00.'],
  ] as const)('given %j, says in a %s tone: %s', (change, tone, text) => {
    expect(destinationSentence(aDestination(change), now)).toEqual({ tone, text });
  });

  it('given a pause, says why and what to do', () => {
    const { tone, text } = destinationSentence(aDestination({ pausedBecause: 'The token is wrong', owed: 1 }), now);
    expect(tone).toBe('bad');
    expect(text).toMatch(/^Paused: The token is wrong\. Change the destination/);
  });
});
