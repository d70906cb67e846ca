/** Outcomes in the user's words that connectors share. */
import type { WireEvent } from '../review/wire.ts';
import type { BatchOutcome, ItemOutcome } from './types.ts';

/** All of these events came to the same end. */
export const all = (events: readonly WireEvent[], outcome: ItemOutcome): BatchOutcome => ({
  kind: 'items',
  items: new Map(events.map(({ id }) => [id, outcome])),
});

export const delivered: ItemOutcome = { outcome: 'delivered' };

/** Kept as dead: shown with the reason, and sent again when the user says so. */
export const dead = (reason: string): ItemOutcome => ({ outcome: 'dead', reason });

/** Tried again by itself, without holding up others; `retryAfterMs` null for the usual delay. */
export const notYet = (reason: string, retryAfterMs: number | null = null): ItemOutcome => ({
  outcome: 'later',
  reason,
  retryAfterMs,
});

/** How long what a judgement belongs to may take to appear at the target, in ms from when the judgement was made. */
const PATIENCE_MS = 86_400_000;

/** `notYet` while the judgement is younger than a day at `now`, `dead` then. */
export const untilTomorrow = (event: WireEvent, now: number, reason: string): ItemOutcome =>
  now - Date.parse(event.time) < PATIENCE_MS ? notYet(reason) : dead(`${reason} That was so for a day.`);

/** `target` is the connector's name. */
export const withoutTrace = (target: string): ItemOutcome =>
  dead(
    `${target} keeps judgements with the trace of the answer, and none is known for this one. Say in the settings of its site where the trace is read, or paste it in the editor under “Trace”, then save again.`,
  );

/** A tombstone for a target that offers no way to take back what was sent. */
export const cannotForget = (target: string): ItemOutcome =>
  dead(`${target} offers no way to delete what it was sent. Delete it there by hand.`);
