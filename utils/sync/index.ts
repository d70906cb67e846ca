/** Delivery: drains the outbox to the destinations, and tries a destination before it is used. */
export { probeDestination, sendSample } from '../delivery/probe.ts';
export { createSender } from './sender.ts';
export type { Sender, WakeReason } from './types.ts';
