import 'fake-indexeddb/auto';
import { beforeEach, expect, it } from 'vitest';
import { currentProject, storedProject } from '../../../utils/storage/current-project.ts';
import { managedTerms } from '../../../utils/storage/managed.ts';
import { readSettings } from '../../../utils/storage/settings.ts';
import { shownSettings } from '../../../utils/storage/shown-settings.ts';
import { type Background, refused, startBackground, value } from '../../support/background.ts';
import { aDraft, aJudgement } from '../../support/builders.ts';
import { aPolicy, aProject } from '../../support/projects.ts';

let background: Background;
beforeEach(async () => {
  background = await startBackground();
});

/** As the browser does when a policy is set, changed or taken back. */
async function set(managed: object | null): Promise<void> {
  background.extension.managed = managed;
  await Promise.all(background.extension.events.stored.fire({}, 'managed'));
  background.restart();
  // The first answer comes once what is set is in force.
  await background.page('deliverNow', {});
}
const setProject = (project: object) => background.page('setProject', { json: JSON.stringify(project) });

it('given settings that the organisation sets, has them in force, locked, and gives the own ones back afterwards', async () => {
  value(await background.page('saveSettings', { keepDays: 7 }));
  await set({ settings: { keepDays: 90, keepPrompt: false } });
  expect((await readSettings(background.database)).settings).toMatchObject({ keepDays: 90, keepPrompt: false });
  expect(await shownSettings(background.database)).toMatchObject({ keepDays: 90, keepPrompt: false });
  expect(await background.page('saveSettings', { keepDays: 1 })).toMatchObject(refused('forbidden', 'keepDays'));
  value(await background.page('saveSettings', { keepDays: 90, theme: 'dark' }));
  expect(await shownSettings(background.database)).toMatchObject({ keepDays: 90, theme: 'dark' });
  await set(null);
  expect(await shownSettings(background.database)).toMatchObject({ keepPrompt: true, theme: 'dark' });
});

it('given policies that the organisation sets, enforces them beside the team’s, and keeps them out of its project', async () => {
  await setProject(aProject({ policies: [aPolicy({ id: 'own' }), aPolicy({ id: 'same', demand: 'review' })] }));
  await set({ policies: [aPolicy({ id: 'same', name: 'Theirs', demand: 'forbid', phrases: ['refund'] })] });
  const { policies } = await currentProject(background.database);
  expect(policies?.map(({ id, name }) => [id, name])).toEqual([
    ['same', 'Theirs'],
    ['own', 'Money back'],
  ]);
  expect((await storedProject(background.database))?.policies).toHaveLength(2);
  const tab = background.extension.openTab('https://chat.example/c/1');
  background.extension.grant('https://chat.example/*');
  const judgement = aJudgement({ verdict: 'approve', labels: [], ratings: [], correction: null });
  const draft = aDraft({ judgement });
  const approved = { ...draft, snapshot: { ...draft.snapshot, text: 'You get a refund.' } };
  expect(await background.content(tab)('saveReview', approved)).toMatchObject(refused('incomplete'));
});

it('given terms of triage and of assistance, has them count before the project’s and the reviewer’s own', async () => {
  await setProject(aProject({ triage: { askFrom: 0.9, weights: { hedging: 3 } }, assistance: { when: 'at-once' } }));
  await set({ triage: { auditShare: 0.2, weights: { doubt: 2 } }, assistance: { when: 'after-verdict' } });
  const project = await currentProject(background.database);
  expect(project.triage).toEqual({ askFrom: 0.9, auditShare: 0.2, weights: { hedging: 3, doubt: 2 } });
  expect(project.assistance).toEqual({ when: 'after-verdict' });
  expect((await shownSettings(background.database)).triage).toMatchObject({ auditShare: 0.2 });
});

it('given mistakes, names each by its path, and has the rest in force', async () => {
  await set({
    settings: {
      keepDays: -1,
      theme: 'dark',
      keepPrompt: false,
      customerRules: [{ id: 'x', pattern: '(a', placeholder: 'X' }],
    },
    policies: [aPolicy({ pattern: '(a' }), aPolicy({ id: 'b' }), aPolicy({ id: 'b' })],
    triage: { auditShare: 7 },
    colour: 'red',
  });
  const { settings, policies, triage, problems } = await managedTerms(background.database);
  expect(settings).toEqual({ keepPrompt: false });
  expect(policies.map(({ id }) => id)).toEqual(['b']);
  expect(triage).toBeUndefined();
  expect(problems.map((words) => words.split(':')[0])).toEqual([
    'colour',
    'settings.theme',
    'settings.keepDays',
    'settings.customerRules',
    'triage.auditShare',
    'policies.0.pattern',
    'policies.2.id',
  ]);
});
