import type { ConnectorAbout } from '../about.ts';
import { readScales } from './scales.ts';

const uuid = /[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}/;

export const about: ConnectorAbout = {
  id: 'braintrust',
  name: 'Braintrust',
  sentence:
    'Puts judgements on the rows of a project’s logs as human feedback, and corrections into a dataset. An answer without a trace gets a row of its own.',
  example: 'https://api.braintrust.dev',
  token: {
    label: 'API key',
    hint: 'One of a service account that may write to the project and the dataset.',
    required: true,
  },
  signs: false,
  fields: [
    {
      name: 'project',
      label: 'Project id',
      hint: 'A UUID, from the settings of the project.',
      example: '7c9e6679-7425-40de-944b-e07fc1f90ae7',
      required: true,
      pattern: uuid,
      wrong: 'A project id is a UUID, not the name of the project.',
    },
    {
      name: 'dataset',
      label: 'Dataset id',
      hint: 'Corrections become rows of it, with the prompt as input. Without it they are the expected answer of the log’s row only.',
      example: '3f333df6-90a4-4fda-8dd3-9485d27cee36',
      required: false,
      pattern: uuid,
      wrong: 'A dataset id is a UUID, not the name of the dataset.',
    },
    {
      name: 'scales',
      label: 'Scales of ratings',
      hint: 'Scores lie between 0 and 1. Ratings that are named here with their lowest and highest value become scores; other numbers stay in the metadata.',
      example: 'quality 1-5, tone 1-7',
      required: false,
      check: (value) => {
        const scales = readScales(value);
        return scales.ok ? null : scales.error;
      },
    },
  ],
  runs: {
    where: 'collector',
    why: 'A key of Braintrust can do all that its owner can, so it should not lie in every reviewer’s browser.',
  },
  carries: {
    verdict: { how: 'own', as: 'score “verdict”, 1 approved, 0 corrected or rejected; metadata' },
    ratings: { how: 'own', as: 'scores, as the scales say; metadata' },
    labels: { how: 'own', as: 'tags' },
    findings: { how: 'metadata', as: 'countersign_findings' },
    preference: { how: 'metadata', as: 'countersign_preference' },
    correction: { how: 'own', as: 'expected, and a row of the dataset' },
    comment: { how: 'own', as: 'comment; metadata of a row of its own' },
    answer: { how: 'own', as: 'output of a row of its own; the row of its trace, where there is one' },
    oversight: { how: 'metadata', as: 'countersign_oversight' },
  },
  repeats:
    'The same once more: rows and scores are known by their ids. Only a comment can stand there twice, if the connection breaks before the answer.',
  deletion:
    'Rows of its own and of the dataset are deleted. Scores on the row of a trace cannot be taken back: those are deleted by hand.',
  needsTrace: false,
};
