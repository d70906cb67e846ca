import 'fake-indexeddb/auto';
import { beforeEach, describe, expect, it } from 'vitest';
import type { Judgement, Oversight } from '../../../utils/review/schema.ts';
import type { CountersignDatabase } from '../../../utils/storage/database.ts';
import { standingsOf } from '../../../utils/storage/recalling.ts';
import { correctedBefore, recurrenceOf } from '../../../utils/storage/recurring.ts';
import { deleteReviews } from '../../../utils/storage/remove.ts';
import { aDraft, aJudgement, aSnapshot } from '../../support/builders.ts';
import { openDatabase, SITE, stored } from '../../support/stored.ts';

const WRONG = 'You can return the wireless router within 14 days. Open Orders, choose Returns and print the label.';
const RIGHT = WRONG.replace('14', '30');
const prompt = 'How do I return my wireless router?';
const OTHER = 'https://other.example';

let database: CountersignDatabase;
let first: string;
beforeEach(async () => {
  database = await openDatabase();
  const { draft } = await stored(database, {
    snapshot: aSnapshot({ text: WRONG, prompt }),
    judgement: aJudgement({ correction: RIGHT }),
  });
  first = draft.id;
});

const approve = aJudgement({ verdict: 'approve', correction: null });
const reject = aJudgement({ verdict: 'reject', correction: null });

/** An answer like that one on another site, judged from the toolbar; with what is found to be stored of it. */
async function judged(text: string, judgement: Judgement, name: string) {
  const draft = aDraft({ snapshot: aSnapshot({ text, prompt }), judgement, surface: 'toolbar', responseKey: name });
  const recurrence = await recurrenceOf(database, draft, OTHER);
  const oversight: Oversight = recurrence ? { recurrence } : {};
  await stored(database, draft, { origin: OTHER, oversight });
  return recurrence;
}

describe('what a review says of the model', () => {
  it('given the same again, then the right answer, then the wrong one: same, fixed, regressed, counted for the first correction', async () => {
    const corrected = aJudgement({ correction: RIGHT.replace('days', 'days, unworn') });
    expect(await judged(`Hello Bo. ${WRONG}`, corrected, 'a')).toMatchObject({ reviewId: first, state: 'same' });
    expect(await judged(`Hello Ann. ${RIGHT}`, approve, 'b')).toMatchObject({ reviewId: first, state: 'fixed' });
    expect(await judged(`Hello Chen. ${WRONG}`, reject, 'c')).toMatchObject({ reviewId: first, state: 'regressed' });
    expect(await standingsOf(database, first)).toEqual({ fixed: 1, same: 1, regressed: 1 });
  });

  it('given that the first correction is gone, counts for the next', async () => {
    await judged(`Hello Bo. ${WRONG}`, aJudgement({ correction: RIGHT }), 'a');
    const next = (await database.revisions.toArray()).find(({ site }) => site === OTHER)?.id;
    await deleteReviews(database, { ids: [first] });
    expect(await judged(`Hello Chen. ${WRONG}`, reject, 'b')).toMatchObject({ reviewId: next, state: 'same' });
  });

  it('given an answer that says neither, goes by the verdict; an unsure one leaves it open', async () => {
    const neither = WRONG.replace('14', '21');
    expect(await judged(neither, aJudgement({ verdict: 'unsure', correction: null }), 'a')).toBeNull();
    expect(await judged(neither, approve, 'b')).toMatchObject({ state: 'fixed' });
  });

  it('given the editor, stores what its reviewer let stand, and not a state that is claimed', async () => {
    const draft = aDraft({ snapshot: aSnapshot({ text: WRONG, prompt }), judgement: reject, responseKey: 'a' });
    expect(await recurrenceOf(database, draft, OTHER)).toBeNull();
    const claimed = {
      ...draft,
      oversight: { recurrence: { reviewId: draft.id, similarity: 1, state: 'fixed' as const } },
    };
    expect(await recurrenceOf(database, claimed, OTHER)).toMatchObject({ reviewId: first, state: 'same' });
  });
});

it('given an answer under review already, its own review counts neither as a correction nor among those since', async () => {
  await judged(`Hello Bo. ${WRONG}`, aJudgement({ correction: RIGHT }), 'a');
  const own = (await database.revisions.toArray()).find(({ site }) => site === OTHER)?.id ?? '';
  const asked = { text: `Hello Bo. ${WRONG}`, prompt, site: OTHER, responseKey: 'a' };
  expect(await correctedBefore(database, asked, own)).toMatchObject({
    ...{ reviewId: first, says: 'wrong', correction: RIGHT, site: SITE },
    since: { fixed: 0, same: 0, regressed: 0 },
  });
});
