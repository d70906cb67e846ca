/** What became of a delivery, in words. */
import { numberWords, timeWords } from './wording.ts';

/** As much of an outbox entry as its sentence needs; times in ms since 1970 or ISO. */
export interface DeliveryFacts {
  readonly state: 'pending' | 'leased' | 'delivered' | 'dead';
  /** null where the destination was removed since. */
  readonly destinationName: string | null;
  readonly dueAt: number;
  readonly attempts: number;
  readonly reason: string | null;
  readonly deliveredAt: string | null;
}

/** As much of a destination as the sentences need. */
export interface DestinationFacts {
  readonly name: string;
  readonly pausedBecause: string | null;
  /** ms since 1970. */
  readonly notBefore: number;
  readonly lastDeliveredAt: string | null;
  readonly owed: number;
  readonly dead: number;
}

export interface Sentence {
  readonly tone: 'quiet' | 'good' | 'bad' | 'warn';
  readonly text: string;
}

/** Ends a text that came from elsewhere with a full stop. */
export function asSentence(text: string): string {
  const trimmed = text.trim();
  return /[.!?…]$/.test(trimmed) ? trimmed : `${trimmed}.`;
}

const ordinals = ['', 'second', 'third', 'fourth', 'fifth'];

/** Which try it was, where it was not the first: `, at the third try`. `failed`: those before. */
function tryWords(failed: number): string {
  if (failed === 0) return '';
  const which = ordinals[failed];
  return which ? `, at the ${which} try` : `, after ${failed} tries that failed`;
}

/** One delivery: `Delivered to Team collector at 14:02`. `destination` where it still exists; `now` in ms. */
export function deliverySentence(
  delivery: DeliveryFacts,
  destination: Pick<DestinationFacts, 'pausedBecause' | 'notBefore'> | null,
  now: number,
): Sentence {
  const name = delivery.destinationName ?? 'a destination that was removed';
  const because = delivery.reason === null ? '' : ` ${asSentence(delivery.reason)}`;
  switch (delivery.state) {
    case 'delivered':
      return {
        tone: 'good',
        text: `Delivered to ${name}${delivery.deliveredAt ? ` ${timeWords(delivery.deliveredAt, now)}` : ''}${tryWords(delivery.attempts)}`,
      };
    case 'dead':
      return { tone: 'bad', text: `Could not be delivered to ${name}:${because || ' no reason was given.'}` };
    case 'leased':
      return { tone: 'quiet', text: `On its way to ${name}` };
    case 'pending': {
      if (destination?.pausedBecause)
        return { tone: 'warn', text: `Waiting: ${name} is paused. ${asSentence(destination.pausedBecause)}` };
      const next = Math.max(delivery.dueAt, destination?.notBefore ?? 0);
      if (next <= now) return { tone: 'quiet', text: `Waiting for ${name}: goes out next` };
      if (delivery.attempts === 0 && next === delivery.dueAt)
        return { tone: 'quiet', text: `Waiting for ${name}: goes out when it can no longer be undone` };
      return { tone: 'warn', text: `Waiting for ${name}: tries again ${timeWords(next, now)}.${because}` };
    }
  }
}

/** A destination as a whole: `Paused: the endpoint refused the token.` */
export function destinationSentence(destination: DestinationFacts, now: number): Sentence {
  if (destination.pausedBecause) {
    const next = 'Change the destination, or deliver now to try it as it is.';
    return { tone: 'bad', text: `Paused: ${asSentence(destination.pausedBecause)} ${next}` };
  }
  if (destination.notBefore > now && destination.owed > 0)
    return { tone: 'warn', text: `The last try failed. Tries again ${timeWords(destination.notBefore, now)}.` };
  if (destination.owed > 0) return { tone: 'quiet', text: `Delivering: ${numberWords(destination.owed)} still to go.` };
  if (destination.lastDeliveredAt)
    return { tone: 'good', text: `Everything is delivered, last ${timeWords(destination.lastDeliveredAt, now)}.` };
  return { tone: 'quiet', text: 'Ready. Nothing was delivered yet.' };
}
