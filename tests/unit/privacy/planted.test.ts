/** 200 secrets in every text that a review can have: none is left in what may leave. */
import { expect, it } from 'vitest';
import { prepareForDestination } from '../../../utils/privacy/prepare.ts';
import { toEvent } from '../../../utils/review/wire.ts';
import { aReview } from '../../support/builders.ts';
import { leaked, plantedDrafts, plantedSecrets } from '../../support/planted.ts';

const { second } = plantedDrafts('https://chat.example');
const { id, responseKey, snapshot, judgement } = second;
const review = aReview({ id, responseKey, snapshot, judgement });
const secret = 'k'.repeat(64);

it('given all as stored, then all 200 are there, or the look would prove nothing', () => {
  expect(new Set(leaked(JSON.stringify(review)))).toEqual(new Set(plantedSecrets));
});

it.each(['redacted', 'hashes', 'ratings'] as const)('given the level %s, then none leaves', async (level) => {
  const made = await prepareForDestination(toEvent(review), {
    ...{ level, secret, sendContext: true, regions: ['DE', 'US'], budgetMs: 5_000 },
  });
  expect(made.ok && leaked(JSON.stringify(made.value.event))).toEqual([]);
});

it('given a destination that gets no context, then none is sent, and it is said that there was one', async () => {
  const made = await prepareForDestination(toEvent(review), { level: 'text', secret });
  expect(made.ok && made.value.event.data.snapshot.context).toBeUndefined();
  expect(made.ok && made.value.event.data.redaction).toMatchObject({ level: 'text', leftOut: ['snapshot.context'] });
  const whole = await prepareForDestination(toEvent(review), { level: 'text', secret, sendContext: true });
  expect(whole.ok && whole.value.event.data).toEqual(review);
});
