/** Delivery: drains the outbox to the destinations. */
export { createSender } from './sender.ts';
export type { Sender, WakeReason } from './types.ts';
