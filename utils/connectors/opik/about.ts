import type { ConnectorAbout } from '../about.ts';

const name = /\S(?:.{0,253}\S)?/;

export const about: ConnectorAbout = {
  id: 'opik',
  name: 'Opik',
  sentence: 'Feedback scores on the trace or span of the answer, and a comment with the correction and the findings.',
  example: 'https://www.comet.com/opik/api',
  token: {
    label: 'API key',
    hint: 'The key of your Comet account; empty for an Opik of your own, at http://localhost:5173/api or alike.',
    required: false,
  },
  signs: false,
  fields: [
    {
      name: 'workspace',
      label: 'Workspace',
      hint: 'The workspace of the key; empty for an Opik of your own.',
      example: 'my-team',
      required: false,
      pattern: /[\x21-\x7e]{1,255}/,
      wrong: 'The name of a workspace has no spaces and no special letters.',
    },
    {
      name: 'project',
      label: 'Project',
      hint: 'The name of the project that holds the traces; “Default Project” where it is empty.',
      example: 'support-bot',
      required: false,
      pattern: name,
      wrong: 'The name of a project has at most 255 characters, and no space at its ends.',
    },
    {
      name: 'dataset',
      label: 'Dataset',
      hint: 'Corrections also become items of the dataset of this name.',
      example: 'corrections',
      required: false,
      pattern: name,
      wrong: 'The name of a dataset has at most 255 characters, and no space at its ends.',
    },
  ],
  runs: {
    where: 'collector',
    why: 'An Opik key may read and change everything in its workspace, so it should not lie in a browser.',
  },
  carries: {
    verdict: {
      how: 'own',
      as: 'the score “verdict”: 1 approved, 0.5 unsure, 0 corrected or rejected, with the word as category',
    },
    ratings: {
      how: 'own',
      as: 'a score for each dimension; a choice is a score of 1 named “dimension.choice”, a text is in the comment',
    },
    labels: { how: 'own', as: 'a score of 1 named “labels.label” for each label' },
    findings: { how: 'own', as: 'lines of the comment' },
    preference: { how: 'lost', as: 'Opik has nothing for it' },
    correction: { how: 'own', as: 'a part of the comment, and a dataset item if a dataset is named' },
    comment: { how: 'own', as: 'the reason of the score “verdict”' },
    answer: { how: 'lost', as: 'it is in the trace' },
    oversight: { how: 'lost', as: 'scores and comments have no metadata' },
  },
  repeats:
    'A reviewer has one score of each name on a trace, and one comment for the review: what is there is changed.',
  deletion: 'Opik does not find scores by review, so the review’s scores and comment have to be deleted there by hand.',
  needsTrace: true,
};
