import 'fake-indexeddb/auto';
import { beforeEach, describe, expect, it } from 'vitest';
import type { Policy } from '../../../utils/review/policy.ts';
import type { ReviewDraft } from '../../../utils/review/schema.ts';
import { getDraft } from '../../../utils/storage/drafts.ts';
import { keepTriaged } from '../../../utils/storage/triaged.ts';
import { type Background, refused, startBackground, value } from '../../support/background.ts';
import { aDraft, aFinding, aJudgement, aSnapshot } from '../../support/builders.ts';
import type { FakeTab } from '../../support/fake-extension.ts';
import { aPolicy, aProject } from '../../support/projects.ts';

const site = 'https://chat.example';
const responseKey = 'chat.example|1|a';
const snapshot = aSnapshot({ text: 'We guarantee a refund.', prompt: 'Money back?' });

let background: Background;
let tab: FakeTab;
beforeEach(async () => {
  background = await startBackground();
  tab = background.extension.openTab(`${site}/c/1`);
  background.extension.grant(`${site}/*`);
});

const inForce = async (...policies: Partial<Policy>[]) =>
  value(
    await background.page('setProject', {
      json: JSON.stringify(aProject({ policies: policies.map((policy) => aPolicy(policy)) })),
    }),
  );
async function anEditor() {
  const opening = { responseKey, snapshot, startWith: 'verdict', visibility: 'verified' } as const;
  const { token } = value(await background.content(tab)('openEditor', opening));
  const call = background.editor(tab);
  value(await call('claimEditor', { token }));
  return call;
}
const judged = (change: Parameters<typeof aJudgement>[0], more: Partial<ReviewDraft> = {}) =>
  aDraft({
    responseKey,
    snapshot,
    judgement: aJudgement({ verdict: 'approve', labels: [], ratings: [], correction: null, comment: null, ...change }),
    ...more,
  });
const reviews = async () => (await background.database.revisions.toArray()).map(({ review }) => review);
const stored = async () => (await reviews()).map(({ oversight }) => oversight);

describe('a policy at save', () => {
  it('given something forbidden in the answer, refuses approval in the team’s words, and takes a rejection', async () => {
    await inForce({ demand: 'forbid', phrases: ['guarantee'], help: 'The terms say what is.' });
    const call = await anEditor();
    const answer = await call('saveReview', judged({}));
    expect(answer).toMatchObject(refused('incomplete', 'judgement.verdict'));
    expect(answer).toMatchObject({
      error: {
        message: 'Not saved: Policy “Money back” forbids this: “guarantee” is in the answer. The terms say what is.',
        next: 'Correct the answer, or reject it.',
      },
    });
    expect(await stored()).toEqual([]);
    value(await call('saveReview', judged({ verdict: 'reject' })));
    expect(await stored()).toEqual([{ policies: [{ id: 'money-back', demand: 'forbid', severity: 'major' }] }]);
  });

  it('given a policy that asks for a reason, takes one in the comment or in the note of a finding', async () => {
    await inForce({ demand: 'reason' });
    const call = await anEditor();
    expect(await call('saveReview', judged({}))).toMatchObject(refused('incomplete', 'judgement.comment'));
    const finding = (note: string | null) => [aFinding(snapshot.text, 'guarantee', { label: null, note })];
    const silent = judged({ verdict: 'reject', findings: finding(null) });
    expect(await call('saveReview', silent)).toMatchObject(refused('incomplete', 'judgement.comment'));
    value(await call('saveReview', judged({ verdict: 'reject', findings: finding('Nobody can.') })));
    expect(await stored()).toHaveLength(1);
  });

  it('given a policy that asks for an approver, takes a name that is not the reviewer’s, and stores it', async () => {
    value(await background.page('saveSettings', { reviewerName: 'Ada' }));
    await inForce({ demand: 'approver', severity: 'critical' });
    const call = await anEditor();
    expect(await call('saveReview', judged({}))).toMatchObject(refused('incomplete', 'oversight.approver'));
    const own = await call('saveReview', judged({}, { oversight: { approver: ' ADA ' } }));
    expect(own).toMatchObject(refused('incomplete', 'oversight.approver'));
    value(await call('saveReview', judged({}, { oversight: { approver: 'Grace' } })));
    expect(await stored()).toMatchObject([{ approver: 'Grace', policies: [{ demand: 'approver' }] }]);
  });

  it('given a label that a policy names, has its say once that label is on the judgement', async () => {
    await inForce({ demand: 'reason', labels: ['wrong'] });
    const call = await anEditor();
    expect(await call('saveReview', judged({ verdict: 'reject', labels: ['wrong'] }))).toMatchObject(
      refused('incomplete', 'judgement.comment'),
    );
    value(await call('saveReview', judged({ verdict: 'reject' })));
  });

  it('given one key on the page, keeps the judgement for the editor and tells the page no words of the policy', async () => {
    await inForce({ demand: 'forbid', name: 'Secret name', phrases: ['guarantee'] });
    const answer = await background.content(tab)('saveReview', judged({}));
    expect(answer).toMatchObject(refused('incomplete'));
    expect(JSON.stringify(answer)).not.toMatch(/Secret|guarantee/);
    expect(await getDraft(background.database, { origin: site, responseKey })).toMatchObject({
      judgement: { verdict: 'approve' },
    });
  });

  it('given a save that was stored before the policy came, answers its resend', async () => {
    const call = await anEditor();
    const draft = judged({});
    const saved = value(await call('saveReview', draft));
    await inForce({ demand: 'forbid' });
    expect(value(await call('saveReview', draft)).mark).toEqual(saved.mark);
  });

  it('given a rule that is too dear, takes the judgement, and leaves the rule off after a restart of the background too', async () => {
    await inForce({ demand: 'forbid', pattern: '(?:[abc]{0,30}x){8}y|guarantee' }, { id: 'plain', demand: 'review' });
    const long = aSnapshot({ text: `guarantee ${'abcx'.repeat(45_000)}` });
    const call = background.content(tab);
    const first = aSnapshot({ text: 'abcx'.repeat(45_000) });
    value(await call('saveReview', judged({}, { snapshot: first })));
    expect(await stored()).toEqual([{ policies: [{ id: 'plain', demand: 'review', severity: 'major' }] }]);
    background.restart();
    value(await background.content(tab)('saveReview', { ...judged({}, { snapshot: long }), responseKey: 'other' }));
    expect(background.extension.session.get('policies-off')).toMatchObject({
      'money-back': { name: 'Money back', why: expect.stringContaining('cut off') },
    });
  }, 60_000);
});

describe('what a review keeps of how people came to look', () => {
  it('has why a person was asked', async () => {
    await keepTriaged(background.database, [
      {
        ...{ site, responseKey, contentHash: 'x', priority: 0.7, asks: 1, audit: false, signals: {} },
        ...{ reasons: ['price not in the question'], said: {}, length: 10, format: 'text' },
        triagedAt: new Date(background.now).toISOString(),
      } as never,
    ]);
    value(await background.content(tab)('saveReview', judged({})));
    expect(await stored()).toEqual([{ asked: { priority: 0.7, reasons: ['price not in the question'] } }]);
  });

  it('is nothing at all where there is nothing to say, so that the hash is as it was', async () => {
    value(await background.content(tab)('saveReview', judged({})));
    const [review] = await reviews();
    expect(Object.keys(review ?? {})).not.toContain('oversight');
  });

  it('is never what a page claims, and the gate’s part never what an editor claims', async () => {
    const claim = { gate: { outcome: 'approved', reason: null } } as const;
    const onPage = await background.content(tab)('saveReview', judged({}, { oversight: claim }));
    expect(onPage).toMatchObject(refused('invalid', 'oversight'));
    const call = await anEditor();
    expect(await call('saveReview', judged({}, { oversight: claim }))).toMatchObject(refused('invalid', 'oversight'));
    expect(await stored()).toEqual([]);
  });
});
