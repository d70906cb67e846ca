import 'fake-indexeddb/auto';
import { beforeEach, describe, expect, it } from 'vitest';
import type { Project } from '../../../utils/review/project.ts';
import type { ReviewDraft } from '../../../utils/review/schema.ts';
import { currentProject, storedProject } from '../../../utils/storage/current-project.ts';
import { readRevisions } from '../../../utils/storage/list.ts';
import { type Background, refused, startBackground, value } from '../../support/background.ts';
import { aDraft, aJudgement, aSnapshot } from '../../support/builders.ts';
import type { FakeTab } from '../../support/fake-extension.ts';
import { aDimension, aLabel, aProject, aRubric } from '../../support/projects.ts';

let background: Background;
let tab: FakeTab;
const responseKey = 'chat.example|1|a';
const snapshot = aSnapshot();

beforeEach(async () => {
  background = await startBackground();
  tab = background.extension.openTab('https://chat.example/c/1');
  background.extension.grant('https://chat.example/*');
  tab.overlay = true;
});

const setProject = (project: object | null) =>
  background.page('setProject', { json: project && JSON.stringify(project) });
const page = async () => value(await background.content(tab)('openPage', { responseKeys: [responseKey] }));

async function anEditor() {
  const opening = { responseKey, snapshot, startWith: 'verdict', visibility: 'verified' } as const;
  const { token } = value(await background.content(tab)('openEditor', opening));
  const call = background.editor(tab);
  return { call, session: value(await call('claimEditor', { token })) };
}

const judged = (change: Parameters<typeof aJudgement>[0], more: Partial<ReviewDraft> = {}) =>
  aDraft({
    responseKey,
    snapshot,
    judgement: aJudgement({ verdict: 'reject', labels: [], ratings: [], correction: null, ...change }),
    ...more,
  });

const clause = { id: 'c', title: 'Refunds', text: 'As the order says.' };
const withGuidelines = (version: string, text: string): Project =>
  aProject({ guidelines: { version, clauses: [{ ...clause, text }] } });

describe('the team’s project', () => {
  it('given a good one, is in force at once, on open pages too; null goes back to what comes with the program', async () => {
    expect((await page()).labels.map(({ name }) => name)).toContain('Off topic');
    await setProject(aProject());
    expect((await page()).labels).toEqual([{ id: 'wrong', name: 'Wrong' }]);
    expect(tab.pushes.map(({ push }) => push)).toContainEqual({ push: 'pageChanged' });
    await setProject(null);
    expect(await storedProject(background.database)).toBeNull();
  });

  it.each<[string, unknown, string]>([
    ['no JSON', '{', '(the file)'],
    ['another shape', JSON.stringify([]), '(the file)'],
    [
      'a rubric that refers to nothing',
      JSON.stringify(aProject({ rubrics: [aRubric({ scope: { topics: ['x'] } })] })),
      'rubrics.0.scope.topics.0',
    ],
  ])('given %s, is refused with the path; the one before stays', async (_, json, field) => {
    await setProject(aProject({ name: 'Good' }));
    expect(await background.page('setProject', { json: json as string })).toMatchObject(refused('invalid', field));
    expect((await currentProject(background.database)).name).toBe('Good');
  });

  it('given a version that reviews were made under, must not come to say something else by it', async () => {
    await setProject(aProject());
    // Nobody judged by it yet: its maker may still change it.
    expect(await setProject(aProject({ rubrics: [aRubric({ name: 'Other' })] }))).toMatchObject({ ok: true });
    value(await background.content(tab)('saveReview', judged({})));
    const again = aProject({ rubrics: [aRubric({ name: 'Third' })] });
    expect(await setProject(again)).toMatchObject(refused('invalid', 'rubrics.0.version'));
    expect(await setProject(aProject({ rubrics: [aRubric({ name: 'Third', version: '2' })] }))).toMatchObject({
      ok: true,
    });
  });

  it('tells pages names only, and those of what applies there before it is known what an answer is about', async () => {
    const labels = [
      aLabel({ help: 'Secret words.', critical: true }),
      aLabel({ id: 'amount', scope: { topics: ['money'] } }),
    ];
    const topics = [{ id: 'money', name: 'Money', words: ['refunds'] }];
    await setProject(aProject({ topics, rubrics: [aRubric({ labels, scope: { sites: ['chat.example'] } })] }));
    expect((await page()).labels).toEqual([{ id: 'wrong', name: 'Wrong' }]);
    // The answer is about refunds.
    const { session } = await anEditor();
    expect(session.rubric.labels.map(({ id }) => id)).toEqual(['wrong', 'amount']);
  });
});

describe('a judgement', () => {
  it('is stored with the versions of the rubric and the guidelines that were shown, also where others came meanwhile', async () => {
    await setProject(withGuidelines('1', 'Old.'));
    const { call } = await anEditor();
    await setProject({
      ...withGuidelines('2', 'New.'),
      rubrics: [aRubric({ version: '2', labels: [aLabel({ id: 'other', name: 'Other' })] })],
    });
    const draft = judged({ labels: ['wrong'] });
    value(await call('saveReview', draft));
    const [review] = await readRevisions(background.database, draft.id);
    expect(review).toMatchObject({ rubric: { id: 'team', version: '1' }, guidelines: '1' });
  });

  it('of an earlier rubric keeps its label under the new one, with its name, and can be revised', async () => {
    await setProject(aProject());
    const draft = judged({ labels: ['wrong'] });
    value(await background.content(tab)('saveReview', draft));
    await setProject(aProject({ rubrics: [aRubric({ version: '2', labels: [aLabel({ id: 'new', name: 'New' })] })] }));
    const { call, session } = await anEditor();
    expect(session.earlierRubrics.flatMap(({ labels }) => labels)).toContainEqual({ id: 'wrong', name: 'Wrong' });
    const next = judged({ labels: ['wrong', 'new'] }, { id: draft.id, basedOn: 1 });
    value(await call('saveReview', next));
    const gone = judged({ labels: ['gone'] }, { id: draft.id, basedOn: 2 });
    expect(await call('saveReview', gone)).toMatchObject(refused('invalid', 'judgement.labels.0'));
    const versions = (await readRevisions(background.database, draft.id)).map(({ rubric }) => rubric.version);
    expect(versions).toEqual(['1', '2']);
  });

  it('with one key that lacks what the rubric asks for, is kept for the editor, and the page learns no question’s name', async () => {
    await setProject(
      aProject({ rubrics: [aRubric({ dimensions: [aDimension({ name: 'Hidden question', required: true })] })] }),
    );
    const answer = await background.content(tab)('saveReview', judged({ labels: ['wrong'] }));
    expect(answer).toMatchObject({ ok: false, error: { code: 'incomplete' } });
    expect(JSON.stringify(answer)).not.toContain('Hidden');
    const { session } = await anEditor();
    expect(session.draft).toMatchObject({ verdict: 'reject', labels: ['wrong'] });
  });

  it('with one key beside work in the editor, leaves what was typed there', async () => {
    await setProject(aProject({ rubrics: [aRubric({ dimensions: [aDimension({ required: true })] })] }));
    const { call } = await anEditor();
    await call('saveDraft', { judgement: aJudgement({ verdict: 'unsure', labels: [], comment: 'Half a thought' }) });
    await background.content(tab)('saveReview', judged({}));
    expect((await anEditor()).session.draft).toMatchObject({ verdict: 'reject', comment: 'Half a thought' });
  });

  it('that never was one, with a label that nobody has, is refused and kept nowhere', async () => {
    await setProject(aProject());
    expect(await background.content(tab)('saveReview', judged({ labels: ['forged'] }))).toMatchObject(
      refused('invalid'),
    );
    expect((await anEditor()).session.draft).toBeNull();
  });
});

describe('the news of the guidelines', () => {
  it('are told until the reviewer saves under them, or has read them', async () => {
    await setProject(withGuidelines('1', 'Old.'));
    expect((await anEditor()).session.guidelines?.news).toBeNull();
    value(await background.content(tab)('saveReview', judged({})));
    await setProject(withGuidelines('2', 'New.'));
    const { call, session } = await anEditor();
    expect(session.guidelines?.news).toEqual({ since: '1', added: [], changed: ['Refunds'], removed: [] });
    expect((await anEditor()).session.guidelines?.news).not.toBeNull();
    await call('sawGuidelines', {});
    expect((await anEditor()).session.guidelines?.news).toBeNull();
  });
});
