import type { ConnectorAbout } from '../about.ts';
import { headerWay } from './token.ts';

export const about: ConnectorAbout = {
  id: 'otlp',
  name: 'OpenTelemetry (OTLP logs)',
  sentence:
    'Sends each judgement as log records “gen_ai.evaluation.result” over OTLP/HTTP: to an OpenTelemetry Collector, or to whatever takes OTLP logs in JSON.',
  example: 'https://otel.example.com:4318/v1/logs',
  token: {
    label: 'Token',
    hint: 'Leave it empty if the receiver wants none.',
    required: false,
  },
  signs: false,
  packs: 'chosen',
  fields: [
    {
      name: 'header',
      label: 'Header of the token',
      hint: 'Empty for “Authorization: Bearer”. Otherwise a name such as “api-key”, or “Authorization: Basic” for user and password in base64.',
      example: 'x-api-key',
      required: false,
      pattern: /[\w-]{1,64}(?:: ?[A-Za-z]{1,32})?/,
      wrong: 'A header is a name such as “api-key”, or a name and a scheme such as “Authorization: Basic”.',
      check: (value) => (headerWay(value) === null ? 'This header cannot be set by an extension.' : null),
    },
    {
      name: 'service',
      label: 'Service name',
      hint: 'What “service.name” says of all records; “countersign” where it is empty.',
      example: 'support-bot-reviews',
      required: false,
      pattern: /[^\p{C}]{1,200}/u,
      wrong: 'A service name has at most 200 characters, none of them invisible.',
    },
  ],
  runs: {
    where: 'anywhere',
    why: 'The receiver has to admit extensions (CORS); in an OpenTelemetry Collector that is “cors: allowed_origins”.',
  },
  carries: {
    verdict: { how: 'own', as: 'a record with score.label, and score.value 1 (approved) or 0' },
    ratings: { how: 'own', as: 'a record each, with score.value or score.label' },
    labels: { how: 'own', as: 'a record each, with score.label' },
    findings: { how: 'metadata', as: 'countersign.findings' },
    preference: { how: 'metadata', as: 'countersign.preference' },
    correction: { how: 'metadata', as: 'countersign.correction' },
    comment: { how: 'own', as: 'explanation' },
    answer: { how: 'metadata', as: 'countersign.snapshot, and the trace in the record itself' },
    oversight: { how: 'metadata', as: 'countersign.oversight' },
  },
  repeats: 'Stored twice: OTLP knows no repeats. The attribute countersign.event.id tells them.',
  deletion: 'A record “countersign.review.deleted” names the review; what was sent before is deleted by hand.',
  needsTrace: false,
};
