import type { ConnectorAbout } from '../about.ts';
import { mappingPattern } from '../mapping.ts';

const name = /[a-z0-9_-]{1,200}/;

export const about: ConnectorAbout = {
  id: 'argilla',
  name: 'Argilla',
  sentence: 'A record for each review in a dataset of Argilla 2, answered by the owner of the key.',
  example: 'https://argilla.example.com',
  token: {
    label: 'API key',
    hint: 'In Argilla under “My settings”. It must belong to an owner, or to an admin of the dataset’s workspace.',
    required: true,
  },
  signs: false,
  fields: [
    {
      name: 'dataset',
      label: 'Dataset',
      hint: 'The id in the dataset’s address, after “/dataset/”.',
      example: '3fa85f64-5717-4562-b3fc-2c963f66afa6',
      required: true,
      pattern: /[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}/,
      wrong: 'A dataset’s id looks like 3fa85f64-5717-4562-b3fc-2c963f66afa6.',
    },
    {
      name: 'answerField',
      label: 'Field of the answer',
      hint: 'The dataset’s text field that shows the answer under review.',
      example: 'response',
      required: true,
      pattern: name,
      wrong: 'A field’s name has small letters, digits, “_” and “-”.',
    },
    {
      name: 'promptField',
      label: 'Field of the prompt',
      hint: 'The dataset’s text or chat field that shows what was asked; empty if it has none.',
      example: 'prompt',
      required: false,
      pattern: name,
      wrong: 'A field’s name has small letters, digits, “_” and “-”.',
    },
    {
      name: 'questions',
      label: 'Questions',
      hint: 'Lines like “correction = better_answer”, where a question is not called as the part of the review is.',
      example: 'correction = better_answer',
      required: false,
      long: true,
      pattern: mappingPattern,
      wrong: 'Each line is a part of the review, “=”, and the name of a question.',
    },
  ],
  runs: { where: 'anywhere', why: 'Argilla admits browsers unless its administrator switched that off (CORS).' },
  carries: {
    verdict: { how: 'own', as: 'the label question “verdict”' },
    ratings: { how: 'own', as: 'the rating, label or text question with the id of the dimension; reasons as metadata' },
    labels: { how: 'own', as: 'the multi-label question “labels”' },
    findings: { how: 'own', as: 'the span question “findings”; severity, note and replacement as metadata' },
    preference: { how: 'own', as: 'the ranking question “preference” with as many options' },
    correction: { how: 'own', as: 'the text question “correction”' },
    comment: { how: 'own', as: 'the text question “comment”' },
    answer: { how: 'own', as: 'a field of the record' },
    oversight: { how: 'metadata', as: 'metadata of the record' },
  },
  repeats: 'The record is found by the review’s id and written again, so there is one of each.',
  deletion: 'The record is deleted, with all responses to it.',
  needsTrace: false,
};
