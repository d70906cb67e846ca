import { type ConnectorAbout, whole } from '../about.ts';

export const about: ConnectorAbout = {
  id: 'countersign',
  name: 'Countersign collector',
  sentence: 'Answers for each review by name, so nothing counts as delivered that the collector did not acknowledge.',
  example: 'https://feedback.example.com/v1/events',
  token: {
    label: 'Token',
    hint: 'Your team’s collector gives you one. Sent as “Authorization: Bearer”.',
    required: false,
  },
  signs: true,
  packs: 'learned',
  fields: [],
  runs: { where: 'anywhere', why: 'The address has to admit extensions (CORS).' },
  carries: whole('the review itself'),
  repeats: 'The collector stores each revision once, however often it is sent.',
  deletion: 'The collector is told, and forgets the review.',
  needsTrace: false,
};
