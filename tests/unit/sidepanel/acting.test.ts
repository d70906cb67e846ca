/** Judging from the queue: what was looked at is what is stored. */
import { expect, it, vi } from 'vitest';
import { createActing } from '../../../entrypoints/sidepanel/store/acting.ts';
import { excerptOf } from '../../../utils/queue/excerpt.ts';
import type { QueueItem } from '../../../utils/queue/item.ts';
import { ok } from '../../../utils/result.ts';
import type { Snapshot } from '../../../utils/review/schema.ts';
import { aSnapshot } from '../../support/builders.ts';

const site = 'https://chat.example';

function given(captured: Snapshot | null) {
  const call = vi.fn(async (_call: string, _body: unknown) =>
    ok({ mark: { reviewId: 'r', revision: 1 }, undoUntil: 0 }),
  );
  const stored = { rows: new Map(), reviews: new Map(), drafts: new Set<string>(), triaged: new Map() };
  const acting = createActing({
    call: call as never,
    link: { capture: async () => captured },
    stored: () => stored,
  });
  const item = (excerpt: string) => ({ id: 'q1', site, key: 'k', frameId: 0, excerpt }) as QueueItem;
  return { acting, call, item };
}

it('given an answer that reads as it did in the list, when it is judged, then it is stored as captured', async () => {
  const snapshot = aSnapshot();
  const { acting, call, item } = given(snapshot);
  const outcome = await acting.judge(item(excerptOf(snapshot.text)), 'approve', [], 900);
  expect(outcome).toHaveProperty('done');
  expect(call.mock.calls).toEqual([['judge', expect.objectContaining({ snapshot, origin: site, responseKey: 'k' })]]);
});

it('given an answer that reads otherwise by now, when it is judged or set aside, then nothing is stored, and the reviewer is told to look again', async () => {
  const { acting, call, item } = given(aSnapshot());
  const refused = { not: expect.stringContaining('Look again') };
  expect(await acting.judge(item('Something else'), 'approve', [], 900)).toEqual(refused);
  expect(await acting.queue(item('Something else'), 'aside', null)).toEqual(refused);
  expect(call).not.toHaveBeenCalled();
});

it('given an answer that the panel has not read yet, when it is judged where the page shows it, then one key is enough', async () => {
  const { acting, call, item } = given(aSnapshot());
  expect(await acting.judge(item(''), 'approve', [], 900)).toHaveProperty('done');
  expect(call).toHaveBeenCalledOnce();
});

it('given an answer that has left the page, when it is judged, then nothing is stored', async () => {
  const { acting, call, item } = given(null);
  expect(await acting.judge(item('x'), 'approve', [], 900)).toEqual({ not: expect.stringContaining('does not show') });
  expect(call).not.toHaveBeenCalled();
});
