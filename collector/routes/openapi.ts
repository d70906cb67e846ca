/** /openapi.json: this interface as OpenAPI 3.1, from the very schemas that check it. */
import { Hono } from 'hono';
import * as z from 'zod/mini';
import packageJson from '../../package.json' with { type: 'json' };
import { rulePackSchema } from '../../utils/detection/rule-pack.ts';
import { BATCH_MEDIA_TYPE, batchReplySchema, deletionEventSchema, reviewEventSchema } from '../../utils/review/wire.ts';
import { teamSchema } from '../../utils/team/team-schema.ts';
import { BATCH_LIMIT } from '../batch.ts';
import type { AppEnv } from '../env.ts';
import { deliveriesPath, destinationPaths } from './openapi-destinations.ts';

const problemSchema = z.object({
  error: z.object({
    code: z.string(),
    message: z.string(),
    /** The path of the offending value. */
    field: z.optional(z.string()),
  }),
  requestId: z.string(),
});
const seq = z.int();
const receivedAt = z.iso.datetime();
const lineSchema = z.union([
  z.object({ seq, receivedAt, event: z.discriminatedUnion('type', [reviewEventSchema, deletionEventSchema]) }),
  /** In the place of a revision whose review was deleted: its key. */
  z.object({ seq, receivedAt, event: z.null(), deleted: z.string() }),
]);
const range = z.tuple([z.int(), z.int()]);
const gapsSchema = z.object({
  complete: z.boolean(),
  streams: z.array(z.object({ stream: z.string(), source: z.string(), highest: z.int(), missing: z.array(range) })),
});

/** JSON Schema 2020-12, the dialect of OpenAPI 3.1, without the marker that a part of a document does not carry. */
function jsonSchema(schema: z.core.$ZodType): object {
  const { $schema: _, ...rest } = z.toJSONSchema(schema, { io: 'input' });
  return rest;
}

const problem = (description: string) => ({
  description,
  content: { 'application/json': { schema: { $ref: '#/components/schemas/Problem' } } },
});
const refusals = {
  401: problem('The token is absent, unknown or revoked.'),
  403: problem('The token is for the other role.'),
};

function openapi(): object {
  return {
    openapi: '3.1.0',
    info: {
      title: 'Countersign collector',
      version: packageJson.version,
      license: { name: packageJson.license, identifier: packageJson.license },
    },
    security: [{ token: [] }],
    paths: {
      '/v1/events': {
        post: {
          operationId: 'deliverEvents',
          summary: 'Store a batch of reviews, each once, and say what became of each.',
          requestBody: {
            required: true,
            content: {
              [BATCH_MEDIA_TYPE]: {
                schema: {
                  type: 'array',
                  maxItems: BATCH_LIMIT,
                  items: {
                    oneOf: [
                      { $ref: '#/components/schemas/ReviewEvent' },
                      { $ref: '#/components/schemas/DeletionEvent' },
                    ],
                  },
                },
              },
            },
          },
          responses: {
            200: {
              description: 'One result per event. `stored` and `duplicate` are durable.',
              content: { 'application/json': { schema: { $ref: '#/components/schemas/BatchReply' } } },
            },
            400: problem('The batch cannot be read; the field is named.'),
            ...refusals,
            413: problem('The batch is too large: send less at a time.'),
            415: problem('The content type or encoding is not one that is taken.'),
          },
        },
        get: {
          operationId: 'exportEvents',
          summary: 'Everything of the project, one JSON object per line, in the order of arrival.',
          parameters: [
            {
              name: 'after',
              in: 'query',
              description: 'Only what has a higher `seq`.',
              schema: { type: 'integer', minimum: 0 },
            },
            { name: 'limit', in: 'query', description: 'The most lines.', schema: { type: 'integer', minimum: 0 } },
          ],
          responses: {
            200: {
              description: 'A stream that ends well is complete.',
              content: { 'application/x-ndjson': { schema: { $ref: '#/components/schemas/ExportLine' } } },
            },
            400: problem('A parameter is not a whole number.'),
            ...refusals,
          },
        },
      },
      '/v1/gaps': {
        get: {
          operationId: 'findGaps',
          summary: 'Whether anything that was sent is missing, by the numbers of each sender.',
          responses: {
            200: {
              description: 'Every stream with the ranges of numbers that it lacks.',
              content: { 'application/json': { schema: { $ref: '#/components/schemas/Gaps' } } },
            },
            ...refusals,
          },
        },
      },
      '/v1/rules': {
        get: {
          operationId: 'readRules',
          summary: 'The site rules that the project gives its reviewers. Any token of the project may read them.',
          parameters: [{ name: 'if-none-match', in: 'header', schema: { type: 'string' } }],
          responses: {
            200: {
              description: 'The pack, with its `etag`.',
              content: { 'application/json': { schema: { $ref: '#/components/schemas/RulePack' } } },
            },
            304: { description: 'It is the one that is known.' },
            401: refusals[401],
            404: problem('The project has none.'),
          },
        },
        put: {
          operationId: 'publishRules',
          summary: 'Put another pack in its place. Needs a token of the role `maintain`.',
          parameters: [{ name: 'if-match', in: 'header', schema: { type: 'string' } }],
          requestBody: {
            required: true,
            content: { 'application/json': { schema: { $ref: '#/components/schemas/RulePack' } } },
          },
          responses: {
            200: { description: 'It is stored; `etag` names it.' },
            400: problem('The pack is refused; the message names the rule and the field.'),
            ...refusals,
            412: problem('The pack that was to be replaced is another one by now.'),
            413: problem('The pack is larger than 1 MB.'),
            415: problem('The content type is not JSON.'),
          },
        },
      },
      '/v1/team': {
        get: {
          operationId: 'readTeam',
          summary: 'The team file that sets up whoever joins the project. Any token of the project may read it.',
          responses: {
            200: {
              description: 'The file that was published, or the least that a team can be: deliver here.',
              content: { 'application/json': { schema: { $ref: '#/components/schemas/Team' } } },
            },
            401: refusals[401],
          },
        },
        put: {
          operationId: 'publishTeam',
          summary: 'Put another team file in its place. Needs a token of the role `maintain`.',
          requestBody: {
            required: true,
            content: { 'application/json': { schema: { $ref: '#/components/schemas/Team' } } },
          },
          responses: {
            200: { description: 'It is stored; `etag` names it.' },
            400: problem('The file is refused; the message names the field.'),
            ...refusals,
            413: problem('The file is larger than 2 MB.'),
            415: problem('The content type is not JSON.'),
          },
        },
      },
      '/join': {
        get: {
          security: [],
          operationId: 'showInvitation',
          summary:
            'The page that an invitation leads to: what to do with it. The invitation itself, behind the #, is not sent.',
          responses: { 200: { description: 'A page.', content: { 'text/html': {} } } },
        },
      },
      ...destinationPaths({ jsonSchema, problem, refusals }),
      ...deliveriesPath({ jsonSchema, problem, refusals }),
      '/healthz': { get: { security: [], responses: { 200: { description: 'The process is there.' } } } },
      '/readyz': {
        get: {
          security: [],
          responses: { 200: { description: 'The database can be reached.' }, 503: problem('It cannot.') },
        },
      },
    },
    components: {
      securitySchemes: { token: { type: 'http', scheme: 'bearer' } },
      schemas: {
        ReviewEvent: jsonSchema(reviewEventSchema),
        RulePack: jsonSchema(rulePackSchema),
        Team: jsonSchema(teamSchema),
        DeletionEvent: jsonSchema(deletionEventSchema),
        Gaps: jsonSchema(gapsSchema),
        BatchReply: jsonSchema(batchReplySchema),
        ExportLine: jsonSchema(lineSchema),
        Problem: jsonSchema(problemSchema),
      },
    },
  };
}

export const openapiRoute = () => {
  const document = openapi();
  return new Hono<AppEnv>().get('/openapi.json', (context) => context.json(document));
};
