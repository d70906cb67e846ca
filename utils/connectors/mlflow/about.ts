import type { ConnectorAbout } from '../about.ts';

export const about: ConnectorAbout = {
  id: 'mlflow',
  name: 'MLflow',
  sentence: 'Assessments by a human on the trace of the answer: feedback, and the correction as the expected response.',
  example: 'https://mlflow.example.com',
  token: {
    label: 'Token',
    hint: '“user:password” where MLflow asks for that, else what it takes as “Authorization: Bearer”. Empty where it asks for none.',
    required: false,
  },
  signs: false,
  fields: [
    {
      name: 'experiments',
      label: 'Experiments',
      hint: 'The ids of the experiments that hold the traces, as in their addresses; several with commas between. Ids stay when an experiment is renamed.',
      example: '0',
      required: true,
      pattern: /\d{1,30}(?:\s*,\s*\d{1,30}){0,9}/,
      wrong: 'Experiments are up to ten numbers with commas between.',
    },
  ],
  runs: { where: 'collector', why: 'MLflow refuses changes from browsers that its administrator did not list (CORS).' },
  carries: {
    verdict: { how: 'own', as: 'the feedback “verdict”' },
    ratings: { how: 'own', as: 'a feedback for each dimension, with the reason as its rationale' },
    labels: { how: 'own', as: 'the feedback “labels”, a list' },
    findings: {
      how: 'metadata',
      as: 'the feedback “findings”: as text in its rationale, and as they are in its metadata',
    },
    preference: { how: 'metadata', as: 'metadata of the feedback “verdict”' },
    correction: { how: 'own', as: 'the expectation “expected_response”' },
    comment: { how: 'own', as: 'the rationale of the feedback “verdict”' },
    answer: { how: 'lost', as: 'it is in the trace' },
    oversight: { how: 'metadata', as: 'metadata of the feedback “verdict”' },
  },
  repeats:
    'MLflow knows no ids of ours: Countersign looks at the trace first, and writes what is missing or of an earlier revision.',
  deletion: 'All assessments of the review are deleted. A tag on the trace says where they are, and is deleted too.',
  needsTrace: true,
};
