/** Deletion, which the background does in portions where it takes long. */
import type { Failure } from '../../../utils/errors.ts';
import type { Call } from '../../../utils/messaging/client.ts';
import type { PageCalls } from '../../../utils/messaging/contract.ts';
import { ok, type Result } from '../../../utils/result.ts';

/** Reviews that are gone, and tombstones that are owed for them. */
export interface Forgotten {
  readonly deleted: number;
  readonly tombstones: number;
}

/** Deletes all that is meant, with as many calls as it takes. Where one fails, what was done before stays done. */
export async function forgetAll(
  call: Call<PageCalls>,
  which: Parameters<PageCalls['deleteReviews']>[0],
): Promise<Result<Forgotten, Failure>> {
  let [deleted, tombstones] = [0, 0];
  for (;;) {
    const answer = await call('deleteReviews', which);
    if (!answer.ok) return answer;
    deleted += answer.value.deleted;
    tombstones += answer.value.tombstones;
    if (!answer.value.more) return ok({ deleted, tombstones });
  }
}
