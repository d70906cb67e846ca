/** The labels of the queue: those that the rubric has for this very answer, in the order of their digits. */
import 'fake-indexeddb/auto';
import { expect, it, vi } from 'vitest';
import { createLabels } from '../../../entrypoints/sidepanel/store/labels.ts';
import { startBackground, value } from '../../support/background.ts';
import { aLabel, aProject, aRubric } from '../../support/projects.ts';

const site = 'https://chat.example';
const names = (labels: readonly { readonly name: string }[]) => labels.map(({ name }) => name);

it('given labels and rubrics for topics, when it is known what an answer is about, then its labels are those that the editor has for it', async () => {
  const background = await startBackground();
  const project = aProject({
    topics: [
      { id: 'money', name: 'Money', words: ['refund'] },
      { id: 'health', name: 'Health', words: ['dose'] },
    ],
    rubrics: [
      aRubric({ id: 'care', scope: { topics: ['health'] }, labels: [aLabel({ id: 'harm', name: 'Harmful' })] }),
      aRubric({
        labels: [
          aLabel({ id: 'sum', name: 'Wrong sum', scope: { topics: ['money'] } }),
          aLabel({ id: 'wrong', name: 'Wrong' }),
        ],
      }),
    ],
  });
  value(await background.page('setProject', { json: JSON.stringify(project) }));
  const stop = new AbortController();
  const labels = createLabels(background.database, stop.signal);
  await vi.waitFor(() => expect(labels.value.byTopic).toBe(true), { timeout: 30_000 });

  const of = (text: string, prompt: string | null = null) => names(labels.value.of(site, { text, prompt }));
  expect(of('It takes a week.')).toEqual(['Wrong']);
  expect(of('It takes a week.', 'Where is my refund?')).toEqual(['Wrong sum', 'Wrong']);
  expect(of('Double the dose.')).toEqual(['Harmful']);
  expect(names(labels.value.of(site, null))).toEqual(['Wrong']);
  stop.abort();
});
