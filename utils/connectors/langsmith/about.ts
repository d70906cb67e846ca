import type { ConnectorAbout } from '../about.ts';

const uuid = /[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}/;

export const about: ConnectorAbout = {
  id: 'langsmith',
  name: 'LangSmith',
  sentence: 'Feedback on the run that made the answer: the verdict with the correction, every rating and label.',
  example: 'https://api.smith.langchain.com/api/v1',
  token: {
    label: 'API key',
    hint: 'A key of the workspace, from “Settings”. Sent as “x-api-key”.',
    required: true,
  },
  signs: false,
  fields: [
    {
      name: 'project',
      label: 'Project',
      hint: 'The id of the tracing project that holds the runs, from its address after “/projects/p/”.',
      example: '3f0c7a52-5f0e-4a4c-9d1f-0d6a1b2c3d4e',
      required: true,
      pattern: uuid,
      wrong: 'A project’s id looks like 3f0c7a52-5f0e-4a4c-9d1f-0d6a1b2c3d4e.',
    },
    {
      name: 'workspace',
      label: 'Workspace',
      hint: 'The id of the workspace, for a key that is good for several.',
      example: '7b1d2c3e-4f50-4617-8a9b-0c1d2e3f4a5b',
      required: false,
      pattern: uuid,
      wrong: 'A workspace’s id looks like 7b1d2c3e-4f50-4617-8a9b-0c1d2e3f4a5b.',
    },
  ],
  runs: {
    where: 'collector',
    why: 'A LangSmith key may read and change everything in its workspace, so it should not lie in a browser.',
  },
  carries: {
    verdict: { how: 'own', as: 'the feedback “verdict”, with 1 for approved and 0 for corrected or rejected' },
    ratings: { how: 'own', as: 'a feedback for each dimension, numbers to four decimals' },
    labels: { how: 'own', as: 'a feedback “labels” for each label' },
    findings: { how: 'metadata', as: 'metadata of the source of “verdict”' },
    preference: { how: 'metadata', as: 'metadata of the source of “verdict”' },
    correction: { how: 'own', as: 'the correction of “verdict”' },
    comment: { how: 'own', as: 'the comment of “verdict”' },
    answer: { how: 'lost', as: 'it is in the run' },
    oversight: { how: 'metadata', as: 'metadata of the source of “verdict”' },
  },
  repeats:
    'Feedback has ids made of the review’s. What is there already is changed, and what a revision dropped is deleted.',
  deletion: 'All feedback of the review is deleted.',
  needsTrace: true,
};
