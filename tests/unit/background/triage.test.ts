import 'fake-indexeddb/auto';
import { beforeEach, describe, expect, it } from 'vitest';
import type { ContentCalls } from '../../../utils/messaging/contract.ts';
import { keepTriaged } from '../../../utils/storage/triaged.ts';
import { randomFrom } from '../../../utils/triage/gain.ts';
import { type Background, refused, startBackground, value } from '../../support/background.ts';
import { aDraft, aJudgement, aSnapshot, aTriagedRow } from '../../support/builders.ts';
import type { FakeTab } from '../../support/fake-extension.ts';
import { aProject } from '../../support/projects.ts';
import { stored } from '../../support/stored.ts';

type Told = Parameters<ContentCalls['triage']>[0]['answers'][number];

const SITE = 'https://chat.example';
let background: Background;
let tab: FakeTab;

beforeEach(async () => {
  background = await startBackground();
  tab = background.extension.openTab(`${SITE}/c/1`);
  background.extension.grant(`${SITE}/*`);
  await background.page('saveSettings', { triage: { learned: 'auto', auditShare: 0 } });
});

const told = (responseKey: string, text: string, change: Partial<Told> = {}): Told => ({
  ...{ responseKey, text, prompt: 'What does the tent cost?', before: '', next: null, confidence: 0.95, author: null },
  ...change,
});
const triage = async (...answers: Told[]) => value(await background.content(tab)('triage', { answers }));
const row = (responseKey: string) => background.database.triaged.get([SITE, responseKey]);

const fine = told('fine', 'The tent is on the shelf beside the boats.');
const bad = told('bad', 'The tent costs €249 with poles.', { before: 'The tent costs €189 with poles.' });

describe('what a page tells of', () => {
  it('given a contradiction and a plain answer, one asks: the page learns which, the row why, the button how many', async () => {
    expect(await triage(fine, bad)).toEqual({ asks: ['bad'], corrected: [] });
    expect(await row('bad')).toMatchObject({
      asks: 1,
      reasons: ['says €249 where €189 was said before', expect.any(String)],
    });
    expect(await row('fine')).toMatchObject({ asks: 0, answered: false, format: 'text' });
    expect(background.extension.badge).toMatchObject({ text: '1', title: 'Countersign: one answer asks for a review' });
    const state = value(await background.content(tab)('openPage', { responseKeys: ['bad', 'fine'] }));
    expect(state.triage).toEqual({ asks: ['bad'], corrected: [] });
    expect(JSON.stringify(await background.database.triaged.toArray())).not.toContain('on the shelf');
  });

  it('given a review of it, keeps in it why it was asked for, and the button is quiet', async () => {
    await triage(bad);
    const judgement = aJudgement({ verdict: 'reject', correction: null, comment: null, ratings: [] });
    const draft = aDraft({
      responseKey: 'bad',
      snapshot: aSnapshot({ text: bad.text }),
      judgement,
      surface: 'toolbar',
    });
    value(await background.content(tab)('saveReview', draft));
    const [revision] = await background.database.revisions.toArray();
    expect(revision?.review.oversight?.asked).toMatchObject({
      reasons: [expect.stringContaining('€249'), expect.any(String)],
    });
    await expect.poll(() => background.extension.badge.text).toBe('');
  });

  it('given the same text again, leaves its row alone; with the next turn it is looked at anew', async () => {
    await triage(fine);
    const first = await row('fine');
    background.now += 60_000;
    await triage(fine);
    expect(await row('fine')).toEqual(first);
    expect((await triage({ ...fine, next: 'That is wrong! Let me talk to a human!' })).asks).toEqual(['fine']);
    expect(await row('fine')).toMatchObject({ answered: true });
    // A reload, before the next turn is seen again, takes nothing back.
    expect((await triage(fine)).asks).toEqual(['fine']);
  });

  it('given a site that is off, looks at nothing', async () => {
    const other = background.extension.openTab('https://other.example/');
    expect(await background.content(other)('triage', { answers: [fine] })).toMatchObject(refused('off'));
    expect(await background.database.triaged.count()).toBe(0);
  });

  it('given more than twenty, or a text beyond the limit, refuses', async () => {
    const call = background.content(tab);
    expect(await call('triage', { answers: Array(21).fill(fine) })).toMatchObject(refused('invalid'));
    expect(await call('triage', { answers: [told('x', 'x'.repeat(100_001))] })).toMatchObject(refused('invalid'));
    expect(await call('triage', { answers: [] })).toMatchObject(refused('invalid'));
  });

  it('given a policy that wants a review, asks whatever the priority, and names it', async () => {
    const policies = [{ id: 'boats', name: 'Boats', demand: 'review', severity: 'minor', phrases: ['boats'] }] as const;
    value(await background.page('setProject', { json: JSON.stringify({ ...aProject(), policies }) }));
    expect((await triage(fine)).asks).toEqual(['fine']);
    expect((await row('fine'))?.reasons).toContain('policy "Boats"');
  });

  it('given an answer like one that was corrected, says so to the page', async () => {
    const text = 'Refunds take 14 days after the parcel has arrived at our warehouse in Hamburg.';
    await stored(background.database, { snapshot: aSnapshot({ text }) });
    expect(await triage(told('again', text, { prompt: 'How long does a refund take?' }))).toMatchObject({
      corrected: ['again'],
    });
    expect((await row('again'))?.said.failures).toContain('rejected or corrected');
  });
});

describe('terms', () => {
  it('given another threshold and share, decides anew about what was seen, without its text', async () => {
    await triage(fine, bad);
    const before = await row('fine');
    value(await background.page('saveSettings', { triage: { learned: 'auto', askFrom: 0.99, auditShare: 0 } }));
    expect(await row('bad')).toMatchObject({ asks: 0 });
    value(await background.page('saveSettings', { triage: { learned: 'auto', askFrom: 0.99, auditShare: 1 } }));
    expect(await row('fine')).toMatchObject({ asks: 1, audit: true, lot: before?.lot });
  });

  it('given an audit share, draws the same answers however often a page is loaded, and whatever became of the worker', async () => {
    await background.page('saveSettings', { triage: { learned: 'auto', askFrom: 1, auditShare: 0.5 } });
    const many = Array.from({ length: 20 }, (_, at) => told(`r${at}`, `The shelf number ${at} is beside the door.`));
    const first = await triage(...many);
    expect(first.asks.length).toBeGreaterThan(1);
    expect(first.asks.length).toBeLessThan(19);
    await background.database.triaged.clear();
    background.restart();
    expect((await triage(...many)).asks).toEqual(first.asks);
  });

  it('given a project with terms, goes by them; the reviewer’s own settings go before', async () => {
    await background.page('saveSettings', { triage: { learned: 'auto' } });
    const project = { ...aProject(), triage: { askFrom: 0.99, auditShare: 0 } };
    value(await background.page('setProject', { json: JSON.stringify(project) }));
    expect((await triage(bad)).asks).toEqual([]);
    await background.page('saveSettings', { triage: { learned: 'auto', askFrom: 0.2 } });
    expect(await row('bad')).toMatchObject({ asks: 1 });
  });
});

describe('learning', () => {
  /** Judged answers of which those that hedge were rejected. */
  async function judged(count: number) {
    const random = randomFrom(5);
    for (let at = 0; at < count; at += 1) {
      const hedging = random();
      const responseKey = `judged ${at}`;
      const verdict = hedging > 0.7 ? 'reject' : 'approve';
      await stored(background.database, {
        responseKey,
        judgement: aJudgement({ verdict, correction: null, comment: null }),
      });
      const signals = { hedging, contradiction: random() };
      await keepTriaged(background.database, [aTriagedRow({ site: SITE, responseKey, signals, asks: 0 })]);
    }
  }

  it('given enough judged answers, learns with the next look, uses what is clearly better, and goes back when told to', async () => {
    await judged(130);
    await triage(told('hedges', "I'm not sure, I think it might be there, perhaps. I guess so. Maybe not."));
    const learned = (await background.database.values.get('triage-learned'))?.value as {
      reviews: number;
      clear: boolean;
    };
    expect(learned).toMatchObject({ reviews: 130, clear: true });
    const clever = (await row('hedges'))?.priority ?? 0;
    await background.page('saveSettings', { triage: { learned: 'never', auditShare: 0 } });
    const plain = (await row('hedges'))?.priority ?? 1;
    expect(clever).toBeGreaterThan(plain);
    value(await background.page('deleteReviews', { all: true }));
    expect(await background.database.values.get('triage-learned')).toBeUndefined();
  }, 60_000);
});
