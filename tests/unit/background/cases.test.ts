import 'fake-indexeddb/auto';
import { beforeEach, describe, expect, it } from 'vitest';
import { countOpenCases, listCases } from '../../../utils/storage/cases.ts';
import { storedProject } from '../../../utils/storage/current-project.ts';
import type { CaseRow } from '../../../utils/storage/database.ts';
import { exportAll } from '../../../utils/storage/export-all.ts';
import { deleteReviews } from '../../../utils/storage/remove.ts';
import { forgetOutdated } from '../../../utils/storage/retention.ts';
import { type Background, refused, startBackground, value } from '../../support/background.ts';
import { aSnapshot } from '../../support/builders.ts';
import type { FakeTab } from '../../support/fake-extension.ts';
import { aPolicy, aProject } from '../../support/projects.ts';

const site = 'https://chat.example';
const answer = 'Your refund of 40 EUR is on its way and will reach your bank account within five working days.';
const prompt = 'When do I get my refund for the broken kettle?';

let background: Background;
let tab: FakeTab;
beforeEach(async () => {
  background = await startBackground();
  tab = background.extension.openTab(`${site}/c/1`);
  background.extension.grant(`${site}/*`);
});

let frames = 20;
async function anEditor(responseKey: string, text = answer) {
  const snapshot = aSnapshot({ text, prompt });
  const opening = { responseKey, snapshot, startWith: 'verdict', visibility: 'verified' } as const;
  const { token } = value(await background.content(tab)('openEditor', opening));
  frames += 1;
  const call = background.editor(tab, frames);
  value(await call('claimEditor', { token }));
  return call;
}
const theCase = async () => (await listCases(background.database))[0] as CaseRow;

/** A case about the answer with this key, ruled. */
async function ruled(responseKey = 'first') {
  const call = await anEditor(responseKey);
  const { id } = value(await call('openCase', { question: 'May it name a number of days?' }));
  value(await background.page('ruleCase', { id, verdict: 'correct', text: 'Only the days of the terms.' }));
  return id;
}

describe('a case', () => {
  it('is opened from the editor with its question and snapshot, and grows by what people say to it', async () => {
    value(await background.page('saveSettings', { reviewerName: 'Ada' }));
    const call = await anEditor('first');
    expect(value(await call('oversight', {})).case).toBeNull();
    const { id } = value(await call('openCase', { question: 'May it name a number of days?' }));
    value(await call('openCase', { question: 'And an amount?' }));
    value(await background.page('addCaseEntry', { id, text: 'The terms say five.' }));
    value(await background.page('setCaseOwner', { id, owner: 'Grace' }));
    expect(await theCase()).toMatchObject({
      ...{ id, site, responseKey: 'first', state: 'open', owner: 'Grace', ruling: null },
      question: 'May it name a number of days?',
      entries: [
        { by: 'Ada', text: 'And an amount?' },
        { by: 'Ada', text: 'The terms say five.' },
      ],
    });
    expect((await theCase()).snapshot).toMatchObject({ text: answer, prompt });
    expect(value(await call('oversight', {})).case).toMatchObject({ id, state: 'open' });
    expect(await countOpenCases(background.database)).toBe(1);
  });

  it('that is ruled about shows its ruling at the next answer like it, and at no other', async () => {
    await ruled();
    const alike = await anEditor('second', answer.replace('40 EUR', '55 EUR').replace('five', 'three'));
    expect(value(await alike('oversight', {})).hint).toMatchObject({
      ...{ verdict: 'correct', text: 'Only the days of the terms.', own: false },
    });
    const other = await anEditor('third', 'You can change the language of the app under Settings, Language.');
    expect(value(await other('oversight', {})).hint).toBeNull();
    const same = await anEditor('first');
    expect(value(await same('oversight', {})).hint).toMatchObject({ own: true });
  });

  it('that is closed rules on nothing, until it is opened again', async () => {
    const id = await ruled();
    value(await background.page('closeCase', { id, closed: true }));
    const alike = await anEditor('second');
    expect(value(await alike('oversight', {})).hint).toBeNull();
    value(await background.page('closeCase', { id, closed: false }));
    expect((await theCase()).state).toBe('ruled');
  });

  it('can become a clause, with the answer as its example, in a new version of the guidelines', async () => {
    const clause = { id: 'c', title: 'Refunds', text: 'As the order says.' };
    const project = aProject({ guidelines: { version: '4', clauses: [clause] }, policies: [aPolicy()] });
    value(await background.page('setProject', { json: JSON.stringify(project) }));
    const id = await ruled();
    const words = { title: 'Days', text: 'Only the days of the terms.', labels: ['wrong'] };
    expect(value(await background.page('makeClause', { id, ...words }))).toEqual({ clause: 'case-1', version: '5' });
    const stored = await storedProject(background.database);
    expect(stored?.guidelines).toEqual({
      version: '5',
      clauses: [clause, { id: 'case-1', ...words, bad: answer }],
    });
    expect(stored?.policies).toHaveLength(1);
    expect((await theCase()).ruling?.clause).toBe('case-1');
    const gone = await background.page('makeClause', { id, ...words, labels: ['gone'] });
    expect(gone).toMatchObject(refused('invalid', 'guidelines.clauses.2.labels.0'));
  });

  it('without a ruling becomes no clause, and one that is gone is nowhere', async () => {
    const { id } = value(await (await anEditor('first'))('openCase', { question: 'Why?' }));
    const words = { title: 'T', text: 'T', labels: [] };
    expect(await background.page('makeClause', { id, ...words })).toMatchObject(refused('not-found'));
    expect(await background.page('addCaseEntry', { id: 'gone', text: 'x' })).toMatchObject(refused('not-found'));
    expect(await background.page('addCaseEntry', { id, text: '  ' })).toMatchObject(refused('invalid', 'text'));
  });
});

describe('what policies say in the editor', () => {
  it('comes with their reasons, before there is a judgement', async () => {
    const policies = [
      aPolicy({ demand: 'forbid', phrases: ['refund'], help: 'It binds us.' }),
      aPolicy({ id: 'b', labels: ['wrong'] }),
    ];
    value(await background.page('setProject', { json: JSON.stringify(aProject({ policies })) }));
    const call = await anEditor('first');
    expect(value(await call('oversight', {})).policies).toMatchObject([
      { id: 'money-back', demand: 'forbid', help: 'It binds us.', span: { start: 5, end: 11 } },
    ]);
  });
});

describe('cases that are kept', () => {
  it('go with their site, with a search for what was said, with everything, and when they are too old', async () => {
    const { database } = background;
    const count = async () => (await listCases(database)).length;
    await ruled();
    await deleteReviews(database, { site: 'https://other.example' });
    expect(await count()).toBe(1);
    await deleteReviews(database, { query: { search: 'kettle days' } });
    expect(await count()).toBe(0);
    for (const selection of [{ site }, { all: true }] as const) {
      await ruled();
      await deleteReviews(database, selection);
      expect(await count()).toBe(0);
    }
    await ruled();
    const later = background.now + 8 * 86_400_000;
    await forgetOutdated(database, { keepDays: 9, forgetEverywhere: false }, later);
    expect(await count()).toBe(1);
    await forgetOutdated(database, { keepDays: 7, forgetEverywhere: false }, later);
    expect(await count()).toBe(0);
  });

  it('are in a backup, and come back from it', async () => {
    await ruled();
    const row = await theCase();
    const lines: string[] = [];
    for await (const line of exportAll(background.database, background.now)) lines.push(JSON.stringify(line));
    await background.database.cases.clear();
    expect(value(await background.page('importBackup', { lines })).refused).toEqual([]);
    expect(await theCase()).toEqual(row);
  });
});
