import type { ConnectorAbout } from '../about.ts';

export const about: ConnectorAbout = {
  id: 'langfuse',
  name: 'Langfuse',
  sentence: 'Scores on the trace of the answer: the verdict, every rating and label, and the correction.',
  example: 'https://cloud.langfuse.com',
  token: {
    label: 'Keys',
    hint: 'The project’s public key alone may only write scores. With “pk-lf-…:sk-lf-…” Countersign also checks what was stored, and can delete it.',
    required: true,
  },
  signs: false,
  fields: [
    {
      name: 'environment',
      label: 'Environment',
      hint: 'The environment under which scores are filed; “default” where it is empty.',
      example: 'production',
      required: false,
      pattern: /(?!langfuse)[a-z0-9_-]{1,40}/,
      wrong: 'An environment has small letters, digits, “-” and “_”, and does not begin with “langfuse”.',
    },
    {
      name: 'dataset',
      label: 'Dataset',
      hint: 'Corrections also become items of this dataset, which has to exist. It needs both keys.',
      example: 'corrections',
      required: false,
      pattern: /\S(?:.{0,253}\S)?/,
      wrong: 'The name of a dataset has at most 255 characters, and no space at its ends.',
    },
  ],
  runs: {
    where: 'anywhere',
    why: 'Langfuse admits browsers (CORS). Give a browser the public key alone unless its owner may have the secret one.',
  },
  carries: {
    verdict: { how: 'own', as: 'the score “verdict” with the comment' },
    ratings: { how: 'own', as: 'a score for each dimension, of the type of the score config of that name' },
    labels: { how: 'own', as: 'a score “labels” for each label' },
    findings: { how: 'metadata', as: 'metadata of the score “verdict”' },
    preference: { how: 'metadata', as: 'metadata of the score “verdict”' },
    correction: { how: 'own', as: 'a CORRECTION score, and a dataset item if a dataset is named' },
    comment: { how: 'own', as: 'the comment of the score “verdict”' },
    answer: { how: 'lost', as: 'it is in the trace' },
    oversight: { how: 'metadata', as: 'metadata of the score “verdict”' },
  },
  repeats: 'Scores have ids made of the review’s, and take the place of those of an earlier revision.',
  deletion: 'With both keys all scores and the dataset item are deleted; the public key alone may not delete.',
  needsTrace: true,
};
