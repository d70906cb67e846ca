/** The part of /openapi.json that is about destinations. */
import * as z from 'zod/mini';
import { destinationSchema } from './destinations.ts';

/** What all parts of the document are made with. */
interface Words {
  readonly jsonSchema: (schema: z.core.$ZodType) => object;
  readonly problem: (description: string) => object;
  readonly refusals: Readonly<Record<401 | 403, object>>;
}

const countsSchema = z.object({ owed: z.int(), delivered: z.int(), dead: z.int() });
/** Token and signing secret are never in it. */
const shownSchema = z.object({
  id: z.string(),
  managedBy: z.enum(['file', 'api']),
  active: z.boolean(),
  name: z.string(),
  connector: z.string(),
  url: z.string(),
  options: z.optional(z.record(z.string(), z.string())),
  gzip: z.optional(z.boolean()),
  plainHttp: z.optional(z.boolean()),
  hasToken: z.boolean(),
  hasSecret: z.boolean(),
  served: z.boolean(),
  pausedBecause: z.nullable(z.string()),
  failures: z.int(),
  lastDeliveredAt: z.nullable(z.iso.datetime()),
  notBefore: z.nullable(z.iso.datetime()),
  counts: countsSchema,
});
const trialSchema = z.object({ ok: z.boolean(), message: z.string(), next: z.nullable(z.string()) });
const deadSchema = z.object({
  dead: z.array(z.object({ key: z.string(), review: z.string(), attempts: z.int(), reason: z.nullable(z.string()) })),
});
const deliverySchema = z.object({
  key: z.string(),
  destination: z.string(),
  state: z.enum(['pending', 'leased', 'dead', 'delivered']),
  attempts: z.int(),
  reason: z.nullable(z.string()),
  deliveredAt: z.nullable(z.iso.datetime()),
  to: z.nullable(z.object({ name: z.string(), origin: z.string() })),
});

const id = { name: 'id', in: 'path', required: true, schema: { type: 'string' } };
const body = (schema: object) => ({ content: { 'application/json': { schema } } });

export function destinationPaths({ jsonSchema, problem, refusals }: Words): object {
  const answers = (description: string, schema: z.core.$ZodType) => ({ description, ...body(jsonSchema(schema)) });
  const shown = answers('The destination as it is now.', shownSchema);
  const missing = problem('There is no destination of this id in the project.');
  const filed = problem('A file sets it up: change it there.');
  const deed = (operationId: string, summary: string, description: string, schema: z.core.$ZodType, more = {}) => ({
    post: {
      operationId,
      summary,
      parameters: [id],
      ...more,
      responses: { 200: answers(description, schema), ...refusals, 404: missing },
    },
  });
  return {
    '/v1/destinations': {
      get: {
        operationId: 'listDestinations',
        summary:
          'What the project’s reviews are passed on to, with counts. All of these need a token of the role `operate`.',
        responses: {
          200: answers('All of them.', z.object({ destinations: z.array(shownSchema) })),
          ...refusals,
        },
      },
    },
    '/v1/destinations/{id}': {
      get: {
        operationId: 'readDestination',
        parameters: [id],
        responses: { 200: shown, ...refusals, 404: missing },
      },
      put: {
        operationId: 'putDestination',
        summary: 'Set one up, or change it. Token and secret that are left out stay as they are, at the same origin.',
        parameters: [id],
        requestBody: { required: true, ...body(jsonSchema(destinationSchema)) },
        responses: { 200: shown, 201: shown, 400: problem('The field is named.'), ...refusals, 409: filed },
      },
      delete: {
        operationId: 'removeDestination',
        summary: 'Remove it with what it is owed. What it has been given stays on record.',
        parameters: [id],
        responses: { 204: { description: 'It is gone.' }, ...refusals, 404: missing, 409: filed },
      },
    },
    '/v1/destinations/{id}/pause': deed('pauseDestination', 'Send nothing more.', 'As it is now.', shownSchema),
    '/v1/destinations/{id}/resume': deed(
      'resumeDestination',
      'Forget pauses and backoff.',
      'As it is now.',
      shownSchema,
    ),
    '/v1/destinations/{id}/test': deed('testDestination', 'Try it, storing nothing there.', 'In words.', trialSchema),
    '/v1/destinations/{id}/sample': deed('sendSample', 'Send it the sample review.', 'In words.', trialSchema, {
      requestBody: {
        required: false,
        ...body({ type: 'object', properties: { trace: { type: 'object', properties: { id: {}, span: {} } } } }),
      },
    }),
    '/v1/destinations/{id}/dead': {
      get: {
        operationId: 'listDeadLetters',
        parameters: [id, { name: 'after', in: 'query', description: 'Behind this key.', schema: { type: 'string' } }],
        responses: { 200: answers('Up to 1,000.', deadSchema), ...refusals, 404: missing },
      },
    },
    '/v1/destinations/{id}/resend': deed(
      'resendDeadLetters',
      'Put one dead letter, or all of them, back in the queue.',
      'How many.',
      z.object({ resent: z.int() }),
      { requestBody: { required: false, ...body({ type: 'object', properties: { key: { type: 'string' } } }) } },
    ),
  };
}

export const deliveriesPath = ({ jsonSchema, problem, refusals }: Words): object => ({
  '/v1/deliveries': {
    get: {
      operationId: 'listDeliveries',
      summary: 'What became of one review at each destination.',
      parameters: [{ name: 'review', in: 'query', required: true, schema: { type: 'string' } }],
      responses: {
        200: {
          description: 'What was acknowledged, and what is owed.',
          ...body(jsonSchema(z.object({ deliveries: z.array(deliverySchema) }))),
        },
        400: problem('The id is absent.'),
        ...refusals,
      },
    },
  },
});
