import { type ConnectorAbout, whole } from '../about.ts';
import { templateFlaw } from './template.ts';

const template = {
  required: false,
  long: true,
  check: templateFlaw,
  when: { name: 'format', is: 'template' },
} as const;

export const about: ConnectorAbout = {
  id: 'webhook',
  name: 'Webhook',
  sentence:
    'Any endpoint that takes JSON: as CloudEvents, as it is, line by line, or in a shape of your own. Every answer from 200 to 299 counts as delivered, whatever it says.',
  example: 'https://feedback.example.com/v1/events',
  token: {
    label: 'Token',
    hint: 'Leave it empty if the endpoint wants none. Sent as “Authorization: Bearer”.',
    required: false,
  },
  signs: true,
  packs: 'chosen',
  fields: [
    {
      name: 'format',
      label: 'Format',
      hint: 'How a request holds reviews.',
      example: 'template',
      required: false,
      choices: [
        { value: 'cloudevents', label: 'CloudEvents batch' },
        { value: 'json', label: 'JSON array' },
        { value: 'ndjson', label: 'JSON lines (NDJSON)' },
        { value: 'template', label: 'One review a request, by a template' },
      ],
    },
    {
      ...template,
      name: 'template',
      label: 'Template',
      required: true,
      hint: 'JSON with places such as {{review.judgement.verdict}} or {{ratings.quality}}.',
      example:
        '{ "text": "{{review.judgement.verdict}}: {{review.judgement.comment}}", "stars": "{{ratings.quality}}" }',
    },
    {
      ...template,
      name: 'deletion',
      label: 'Template for deletions',
      hint: 'For the same format: what is sent when a review is deleted. Without it, you are told to delete it there by hand.',
      example: '{ "deleted": "{{review.id}}" }',
    },
  ],
  runs: { where: 'anywhere', why: 'The address has to admit extensions (CORS).' },
  carries: whole('the review itself, or what a template names'),
  repeats: 'The endpoint gets the same idempotency key again, and has to know it.',
  deletion: 'The endpoint is told with a tombstone, or by the template for deletions, and has to act on it.',
  needsTrace: false,
};
