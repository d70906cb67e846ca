/** What the background says of drafts that are about to be sent, and what it takes for a decision. */
import 'fake-indexeddb/auto';
import { beforeEach, describe, expect, it } from 'vitest';
import { uuidv7 } from '../../../utils/review/ids.ts';
import type { Policy } from '../../../utils/review/policy.ts';
import { type Background, refused, startBackground, value } from '../../support/background.ts';
import { aSnapshot } from '../../support/builders.ts';
import type { FakeTab } from '../../support/fake-extension.ts';
import { aPolicy, aProject } from '../../support/projects.ts';

const site = 'https://desk.example';
const text = 'We guarantee a refund within 14 days.';
const snapshot = aSnapshot({ text, messageId: null });
/** Takes longer to apply than a policy may. */
const dear = { id: 'dear', demand: 'forbid', pattern: '(?:[abc]{0,30}x){8}y' } as const;
const dearText = `refund ${'abcx'.repeat(45_000)}`;

let background: Background;
let tab: FakeTab;
beforeEach(async () => {
  background = await startBackground();
  tab = background.extension.openTab(`${site}/ticket/1`);
  background.extension.grant(`${site}/*`);
  tab.overlay = true;
  value(await background.page('saveSettings', { reviewerName: 'A. Agent' }));
});

const inForce = async (...policies: Partial<Policy>[]) =>
  value(
    await background.page('setProject', {
      json: JSON.stringify(aProject({ policies: policies.map((one) => aPolicy({ stage: 'draft', ...one })) })),
    }),
  );

/** The panel of a draft that waits. */
async function aHeldDraft() {
  const holdId = uuidv7();
  const { token } = value(await background.content(tab)('holdDraft', { holdId, text, drafted: true, snapshot }));
  const call = background.editor(tab);
  const session = value(await call('claimGate', { token }));
  const decide = (
    decision: 'approve' | 'override',
    said: { reason?: string; approver?: string; saveId?: string } = {},
  ) =>
    call('decideDraft', {
      ...{ decision, reason: said.reason ?? null, approver: said.approver ?? null },
      ...{ saveId: said.saveId ?? uuidv7(), visibility: 'verified', spentMs: 900 },
    });
  return { holdId, session, decide };
}
const stored = async () => (await background.database.revisions.toArray()).map(({ review }) => review);
const decisions = () => tab.pushes.filter(({ push }) => (push as { push: string }).push === 'draftDecided');

describe('a draft before it is sent', () => {
  it('given a policy that asks for a second person, goes out only with somebody else’s name, which is kept', async () => {
    await inForce({ demand: 'approver', phrases: ['guarantee'] });
    const { session, decide } = await aHeldDraft();
    expect(session).toMatchObject({ needs: { approver: true, reason: false }, mayApprove: true });
    expect(await decide('approve')).toMatchObject(refused('incomplete', 'approver'));
    expect(await decide('approve', { approver: ' a. agent ' })).toMatchObject(refused('incomplete', 'approver'));
    expect([await stored(), decisions()]).toEqual([[], []]);
    value(await decide('approve', { approver: 'B. Lead' }));
    expect(await stored()).toMatchObject([
      { judgement: { verdict: 'approve' }, oversight: { gate: { outcome: 'approved' }, approver: 'B. Lead' } },
    ]);
    await expect.poll(decisions).toHaveLength(1);
  });

  it('given a page that cannot be told of the decision, says so; pressed again, tells it, and keeps one review', async () => {
    await inForce({ demand: 'reason', phrases: ['guarantee'] });
    const { decide } = await aHeldDraft();
    const saveId = uuidv7();
    const press = () => decide('approve', { reason: 'It is in the terms.', saveId });
    tab.overlay = false;
    expect(await press()).toMatchObject({ error: { message: 'The page could not be told of your decision.' } });
    tab.overlay = true;
    value(await press());
    expect(decisions()).toHaveLength(1);
    expect(await stored()).toHaveLength(1);
  });

  it('given a policy that asks for a reason, goes out only with one, which is kept', async () => {
    await inForce({ demand: 'reason', phrases: ['guarantee'] });
    const { session, decide } = await aHeldDraft();
    expect(session.needs).toEqual({ approver: false, reason: true });
    expect(await decide('approve', { reason: '  ' })).toMatchObject(refused('incomplete', 'reason'));
    value(await decide('approve', { reason: 'It is in the terms.' }));
    expect(await stored()).toMatchObject([{ oversight: { gate: { reason: 'It is in the terms.' } } }]);
  });

  it('given what a policy forbids, cannot be approved with any words; overridden, it says so', async () => {
    await inForce({ demand: 'forbid', phrases: ['guarantee'] });
    const { session, decide } = await aHeldDraft();
    expect(session.mayApprove).toBe(false);
    const said = { reason: 'Sure.', approver: 'B. Lead' };
    expect(await decide('approve', said)).toMatchObject(refused('incomplete', 'decision'));
    expect(await decide('override')).toMatchObject(refused('incomplete', 'reason'));
    value(await decide('override', said));
    expect(await stored()).toMatchObject([{ oversight: { gate: { outcome: 'overridden', reason: 'Sure.' } } }]);
    // Nobody agreed: it went out all the same.
    expect((await stored())[0]?.oversight).not.toHaveProperty('approver');
  });

  it('given a policy that is too dear to apply, lets the draft through, and says that it was not checked', async () => {
    await inForce(dear);
    const weighed = { text: dearText, prompt: null, drafted: true };
    expect(value(await background.content(tab)('weighDraft', weighed))).toEqual({ hold: false, unchecked: true });
    await inForce(dear, { id: 'fine', demand: 'review', phrases: ['refund'] });
    expect(value(await background.content(tab)('weighDraft', weighed))).toEqual({ hold: true, unchecked: true });
  });

  it('given a site that is off, is none of our business', async () => {
    await inForce({ demand: 'review', phrases: ['guarantee'] });
    const elsewhere = background.extension.openTab('https://mail.example/');
    const call = background.content(elsewhere);
    expect(await call('weighDraft', { text, prompt: null, drafted: true })).toMatchObject(refused('off'));
    expect(await call('holdDraft', { holdId: uuidv7(), text, drafted: true, snapshot })).toMatchObject(refused('off'));
  });

  it('given a frame that embeds the panel without a token, decides nothing', async () => {
    await inForce({ demand: 'review', phrases: ['guarantee'] });
    await aHeldDraft();
    const decision = { decision: 'approve', reason: null, approver: null } as const;
    const body = { ...decision, saveId: uuidv7(), visibility: 'verified', spentMs: 1 } as const;
    expect(await background.editor(tab, 77)('decideDraft', body)).toMatchObject(refused('forbidden'));
    expect([await stored(), decisions()]).toEqual([[], []]);
  });
});
