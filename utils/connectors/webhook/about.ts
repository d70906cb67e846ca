import { type ConnectorAbout, whole } from '../about.ts';

export const about: ConnectorAbout = {
  id: 'webhook',
  name: 'Webhook',
  sentence:
    'Any endpoint that takes CloudEvents in JSON batches. Every answer from 200 to 299 counts as delivered, whatever it says.',
  example: 'https://feedback.example.com/v1/events',
  token: {
    label: 'Token',
    hint: 'Leave it empty if the endpoint wants none. Sent as “Authorization: Bearer”.',
    required: false,
  },
  signs: true,
  packs: 'chosen',
  fields: [],
  runs: { where: 'anywhere', why: 'The address has to admit extensions (CORS).' },
  carries: whole('the review itself'),
  repeats: 'The endpoint gets the same idempotency key again, and has to know it.',
  deletion: 'The endpoint is told with a tombstone, and has to act on it.',
  needsTrace: false,
};
