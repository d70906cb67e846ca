/** Delivery: drains the outbox to the destinations, and tries a destination before it is used. */
export { heldUntil } from './holding.ts';
export { probeDestination } from './probe.ts';
export { createSender } from './sender.ts';
export type { ProbeResult, Sender, WakeReason } from './types.ts';
