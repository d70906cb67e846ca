import { expect, it, vi } from 'vitest';
import { createSiblings } from '../../../entrypoints/toolbar/siblings.ts';
import type { Response } from '../../../utils/detection/types.ts';
import { aSnapshot } from '../../support/builders.ts';
import { aResponse } from './given.ts';

/** A page whose answers are told by their keys: `prompt/text`. */
function aThread() {
  let here: Response[] = [];
  const textOf = ({ key }: Response) => key.split('/')[1] ?? '';
  const capture = vi.fn((response: Response) => aSnapshot({ text: textOf(response), prompt: null }));
  const siblings = createSiblings({
    detector: {
      responses: () => here,
      prompt: ({ key }) => key.split('/')[0] ?? null,
    },
    capture,
  });
  const show = (...keys: readonly (readonly [key: string, variantOf: string | null])[]) => {
    here = keys.map(([key, variantOf]) => aResponse(key, { variantOf }));
    return here;
  };
  const texts = (response: Response | undefined) =>
    response ? siblings.of(response).map(({ snapshot }) => snapshot.text) : null;
  return { siblings, capture, show, texts };
}

it('given answers side by side, finds the others of the same prompt', () => {
  const { show, texts } = aThread();
  const [first] = show(['p/one', 'v1'], ['p/two', 'v1'], ['q/other', null]);
  expect(texts(first)).toEqual(['two']);
});

it('given a pager, finds what the reviewer was at before it turned, also where prompts are not kept', () => {
  const { siblings, show, texts } = aThread();
  const [first] = show(['p/one', null], ['q/other', null]);
  if (first) siblings.see(first);
  const [second] = show(['p/two', 'v1'], ['q/other', null]);
  expect(texts(second)).toEqual(['one']);
});

it('given an answer that has no others, or one of another prompt that is gone, finds none', () => {
  const { siblings, show, texts } = aThread();
  const [first] = show(['p/one', null]);
  if (first) siblings.see(first);
  const [other] = show(['q/two', 'v1']);
  expect(texts(other)).toEqual([]);
  const [alone] = show(['p/two', null]);
  expect(texts(alone)).toEqual([]);
});

it('given an answer that still grew, does not remember it; given many, forgets the oldest', () => {
  const { siblings, show, texts } = aThread();
  siblings.see(aResponse('p/half', { settled: false }));
  for (let at = 0; at < 45; at += 1) siblings.see(aResponse(`p/text ${at}`));
  const [now] = show(['p/now', 'v1']);
  const found = texts(now) ?? [];
  expect(found).toHaveLength(7);
  expect(found).not.toContain('half');
  expect(found).not.toContain('text 4');
});

it('given an answer that the reviewer comes back to, reads it again only where the detector has seen a change', () => {
  const { siblings, capture } = aThread();
  const [answer, other] = [aResponse('p/one'), aResponse('q/two')];
  for (const seen of [answer, other, answer, answer]) siblings.see(seen);
  expect(capture).toHaveBeenCalledTimes(2);
  siblings.see({ ...answer });
  expect(capture).toHaveBeenCalledTimes(3);
});
