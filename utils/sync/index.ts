/** Delivery: drains the outbox to the destinations, and tries a destination before it is used. */
export { type ProbeParts, probeDestination } from './probe.ts';
export { createSender } from './sender.ts';
export type { ProbeResult, Sender, SenderParts, WakeReason } from './types.ts';
