import type { ConnectorAbout } from '../about.ts';

export const about: ConnectorAbout = {
  id: 'phoenix',
  name: 'Arize Phoenix',
  sentence: 'Annotations by a human on the span of the answer, or on its trace where no span is known.',
  example: 'https://phoenix.example.com',
  token: {
    label: 'API key',
    hint: 'In Phoenix under “Settings”, “API keys”; a system key may also delete what other keys wrote. Empty where Phoenix asks for none.',
    required: false,
  },
  signs: false,
  fields: [
    {
      name: 'project',
      label: 'Project',
      hint: 'The name of the project that holds the traces.',
      example: 'default',
      required: true,
      pattern: /[^/?#]{1,200}/,
      wrong: 'The name of a project has no “/”, “?” and “#”; else give its id.',
    },
    {
      name: 'dataset',
      label: 'Dataset',
      hint: 'Corrections also become examples of this dataset, which has to exist.',
      example: 'corrections',
      required: false,
      pattern: /\S(?:.{0,198}\S)?/,
      wrong: 'The name of a dataset has at most 200 characters, and no space at its ends.',
    },
  ],
  runs: { where: 'collector', why: 'Phoenix admits no browsers unless its administrator lists them (CORS).' },
  carries: {
    verdict: {
      how: 'own',
      as: 'the annotation “verdict” with the label, and 1 for approved, 0 for corrected or rejected',
    },
    ratings: { how: 'own', as: 'an annotation for each dimension: numbers as score, choices as label' },
    labels: { how: 'own', as: 'the annotation “labels”, its label naming all of them' },
    findings: { how: 'metadata', as: 'the annotation “findings”: as text, and as they are in its metadata' },
    preference: { how: 'metadata', as: 'metadata of the annotation “verdict”' },
    correction: { how: 'own', as: 'the annotation “correction”, and a dataset example if a dataset is named' },
    comment: { how: 'own', as: 'the explanation of the annotation “verdict”' },
    answer: { how: 'lost', as: 'it is in the trace' },
    oversight: { how: 'metadata', as: 'metadata of the annotation “verdict”' },
  },
  repeats: 'Annotations are found by the review’s id and written again, so there is one of each.',
  deletion:
    'All annotations of the review are deleted. Phoenix cannot delete examples of datasets: it says which to delete by hand.',
  needsTrace: true,
};
