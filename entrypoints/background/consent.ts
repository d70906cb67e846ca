/** What needs the user's consent to sending, where the browser asks for it. */
import { fail } from '../../utils/errors.ts';
import type { Room } from './room.ts';

/** Throws `forbidden` where Firefox has not got it. */
export async function failWithoutConsent({ mayTransmit }: Pick<Room, 'mayTransmit'>): Promise<void> {
  if (await mayTransmit()) return;
  const message = 'Firefox has no permission from you to let Countersign send reviews.';
  fail('forbidden', { message, next: 'Save again and allow it in the dialog that Firefox shows.' });
}
