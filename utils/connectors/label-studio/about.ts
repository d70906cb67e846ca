import type { ConnectorAbout } from '../about.ts';
import { mappingPattern } from '../mapping.ts';

const variable = /\w{1,100}/;

export const about: ConnectorAbout = {
  id: 'label-studio',
  name: 'Label Studio',
  sentence: 'A task for each review in a project of Label Studio, annotated by the owner of the token.',
  example: 'https://labels.example.com',
  token: {
    label: 'Access token',
    hint: 'In Label Studio under “Account & Settings”: a personal access token, or a legacy token.',
    required: true,
  },
  signs: false,
  fields: [
    {
      name: 'project',
      label: 'Project',
      hint: 'The number in the project’s address, after “/projects/”.',
      example: '7',
      required: true,
      pattern: /[1-9]\d{0,15}/,
      wrong: 'A project’s id is a number.',
    },
    {
      name: 'answer',
      label: 'Variable of the answer',
      hint: 'The variable that the labeling interface shows the answer from, without “$”.',
      example: 'response',
      required: true,
      pattern: variable,
      wrong: 'A variable’s name has letters, digits and “_”.',
    },
    {
      name: 'prompt',
      label: 'Variable of the prompt',
      hint: 'The variable that it shows the prompt from, without “$”; empty if it shows none.',
      example: 'prompt',
      required: false,
      pattern: variable,
      wrong: 'A variable’s name has letters, digits and “_”.',
    },
    {
      name: 'controls',
      label: 'Controls',
      hint: 'Lines like “correction = better_answer”, where a tag is not called as the part of the review is.',
      example: 'correction = better_answer',
      required: false,
      long: true,
      pattern: mappingPattern,
      wrong: 'Each line is a part of the review, “=”, and the name of a tag.',
    },
  ],
  runs: { where: 'anywhere', why: 'Label Studio admits browsers unless its administrator switched that off (CORS).' },
  carries: {
    verdict: { how: 'own', as: 'Choices “verdict”' },
    ratings: {
      how: 'own',
      as: 'Rating, Number, Choices or TextArea with the id of the dimension; reasons as metadata',
    },
    labels: { how: 'own', as: 'Choices “labels” of which several can be chosen' },
    findings: { how: 'own', as: 'Labels “findings” on the answer, with notes; severity and replacement as metadata' },
    preference: { how: 'own', as: 'Pairwise “preference”, of two answers; others and ties as metadata' },
    correction: { how: 'own', as: 'TextArea “correction”' },
    comment: { how: 'own', as: 'TextArea “comment”' },
    answer: { how: 'own', as: 'data of the task' },
    oversight: { how: 'metadata', as: 'meta of the task' },
  },
  repeats: 'Task and annotation are looked for by the review’s id first, so there is one of each.',
  deletion: 'The task is deleted, with all annotations of it.',
  needsTrace: false,
};
