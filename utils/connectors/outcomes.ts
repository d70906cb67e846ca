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

/** `target` is the connector's name. */
export const withoutTrace = (target: string): ItemOutcome =>
  dead(
    `${target} keeps judgements with the trace of the answer, and none is known for this one. Say in the settings of its site where the trace is read, then judge it again.`,
  );

/** A tombstone for a target that offers no way to take back what was sent. */
export const cannotForget = (target: string): ItemOutcome =>
  dead(`${target} offers no way to delete what it was sent. Delete it there by hand.`);
