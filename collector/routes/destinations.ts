/**
 * /v1/destinations: what a project's reviews are passed on to, how each destination fares, and what could not be delivered.
 * Needs a token of the role `operate`. No answer has a token or a signing secret in it.
 */
import { type Context, Hono } from 'hono';
import * as z from 'zod/mini';
import { probeDestination, sendSample } from '../../utils/delivery/probe.ts';
import { readJson } from '../body.ts';
import type { AppEnv, AppParts } from '../env.ts';
import { createSecrets } from '../fan-out/secrets.ts';
import { idPattern, readAs, settingsFields, settingsOf } from '../fan-out/settings.ts';
import { authorize } from '../middleware/authorize.ts';
import { Problem } from '../problem.ts';
import { type Counts, countDeliveries, listDead, resend } from '../store/deliveries.ts';
import {
  type DestinationRow,
  findDestination,
  listDestinations,
  pauseDestination,
  removeDestination,
  resumeDestination,
  type Secrets,
  type Settings,
  saveDestination,
} from '../store/destinations.ts';
import { targetOf } from '../store/queue.ts';

const BODY_LIMIT = 256 * 1024;
const MOST_DEAD = 1000;

/** Left out, token and secret stay as they are; null takes them away. */
const secret = z.optional(z.nullable(z.string()));
export const destinationSchema = z.strictObject({ ...settingsFields, token: secret, secret });
const resendSchema = z.strictObject({ key: z.optional(z.string().check(z.maxLength(128))) });
const sampleSchema = z.strictObject({
  trace: z.optional(
    z.strictObject({
      id: z.string().check(z.minLength(1), z.maxLength(200)),
      span: z.optional(z.string().check(z.minLength(1), z.maxLength(200))),
    }),
  ),
});

const NONE: Counts = { owed: 0, delivered: 0, dead: 0 };

/** A destination as it may be shown: of token and secret only whether there is one. */
function viewOf(row: DestinationRow, secrets: Secrets | null, counts: Counts) {
  const { id, managedBy, active, settings, standing } = row;
  const { pausedBecause, notBefore, failures, lastDeliveredAt } = standing;
  return {
    ...{ id, managedBy, active, ...settings },
    hasToken: (secrets?.token ?? null) !== null,
    hasSecret: (secrets?.secret ?? null) !== null,
    // What a file sets up, only processes that were given the file can send to.
    served: secrets !== null,
    ...{ pausedBecause, failures, lastDeliveredAt, counts },
    notBefore: notBefore > 0 ? new Date(notBefore).toISOString() : null,
  };
}

const originOf = (url: string) => new URL(url).origin;

const noSuch = () => new Problem(404, 'not-found', 'There is no destination of this id in the project.');

/** The body as the schema says; an empty one is `{}`. */
async function bodyAs<T>(context: Context<AppEnv>, schema: z.ZodMiniType<T>): Promise<T> {
  const request = context.req.raw;
  const empty = request.body === null || context.req.header('content-length') === '0';
  const { value } = empty ? { value: {} } : await readJson(request, BODY_LIMIT);
  const parsed = readAs(schema, value);
  if (!parsed.ok) throw new Problem(400, 'invalid', parsed.error.message, { field: parsed.error.field });
  return parsed.value;
}

export function destinationsRoute({ database, secretsOf = createSecrets([]), onOwed, fetch }: AppParts): Hono<AppEnv> {
  const placeOf = (context: Context<AppEnv>) => ({
    project: context.get('caller').project,
    id: context.req.param('id') ?? '',
  });
  const found = async (context: Context<AppEnv>) => {
    const row = await findDestination(database, placeOf(context));
    if (row === null) throw noSuch();
    return row;
  };
  const shown = async (row: DestinationRow) => {
    const counts = await countDeliveries(database, row.project);
    return viewOf(row, secretsOf(row), counts.get(row.id) ?? NONE);
  };
  /** For a trial: the destination with what it needs to be asked. */
  const served = async (context: Context<AppEnv>) => {
    const row = await found(context);
    const secrets = secretsOf(row);
    if (secrets === null) {
      throw new Problem(409, 'changed', 'This process was not given the file that sets up this destination.');
    }
    return { target: targetOf(row, secrets), plainHttp: row.settings.plainHttp === true };
  };
  const trialOf = (plainHttp: boolean) => ({ collector: { plainHttp }, ...(fetch ? { fetch } : {}) });

  return new Hono<AppEnv>()
    .use(authorize(database, 'operate'), async (context, next) => {
      await next();
      context.header('cache-control', 'no-store');
    })
    .get('/', async (context) => {
      const { project } = context.get('caller');
      const counts = await countDeliveries(database, project);
      const rows = await listDestinations(database, project);
      return context.json({
        destinations: rows.map((row) => viewOf(row, secretsOf(row), counts.get(row.id) ?? NONE)),
      });
    })
    .get('/:id', async (context) => context.json(await shown(await found(context))))
    .put('/:id', async (context) => {
      const place = placeOf(context);
      if (!idPattern.test(place.id)) {
        throw new Problem(400, 'invalid', 'An id has up to 64 of a-z, 0-9, dot, hyphen and underscore.', {
          field: 'id',
        });
      }
      const described = await bodyAs(context, destinationSchema);
      const stored = await findDestination(database, place);
      if (stored?.managedBy === 'file' && stored.active) {
        throw new Problem(409, 'changed', 'A file sets up this destination; change it there.');
      }
      const secretFor = (field: 'token' | 'secret') => {
        const given = described[field];
        if (given !== undefined) return given || null;
        const kept = stored?.[field] ?? null;
        if (
          kept !== null &&
          URL.canParse(described.url) &&
          originOf(described.url) !== originOf(stored?.settings.url ?? '')
        ) {
          const message = `The address changed, so the ${field} that was given for the old one is not sent there.`;
          throw new Problem(400, 'invalid', message, { field });
        }
        return kept;
      };
      const secrets = { token: secretFor('token'), secret: secretFor('secret') };
      const settings = settingsOf(described as Settings, secrets);
      if (!settings.ok) throw new Problem(400, 'invalid', settings.error.message, { field: settings.error.field });
      const earlier = described.earlier === true;
      await saveDestination(database, { ...place, managedBy: 'api', settings: settings.value, secrets, earlier });
      onOwed?.();
      return context.json(await shown(await found(context)), stored ? 200 : 201);
    })
    .delete('/:id', async (context) => {
      const row = await found(context);
      if (row.managedBy === 'file' && row.active) {
        throw new Problem(409, 'changed', 'A file sets up this destination; take it out there first.');
      }
      await removeDestination(database, row);
      return context.body(null, 204);
    })
    .post('/:id/pause', async (context) => {
      if (!(await pauseDestination(database, placeOf(context)))) throw noSuch();
      return context.json(await shown(await found(context)));
    })
    .post('/:id/resume', async (context) => {
      if (!(await resumeDestination(database, placeOf(context)))) throw noSuch();
      onOwed?.();
      return context.json(await shown(await found(context)));
    })
    .post('/:id/test', async (context) => {
      const { target, plainHttp } = await served(context);
      return context.json(await probeDestination(target, trialOf(plainHttp)));
    })
    .post('/:id/sample', async (context) => {
      const { trace } = await bodyAs(context, sampleSchema);
      const { target, plainHttp } = await served(context);
      const { id, span } = trace ?? {};
      const hung = id === undefined ? null : { id, ...(span === undefined ? {} : { span }) };
      return context.json(await sendSample(target, hung, trialOf(plainHttp)));
    })
    .get('/:id/dead', async (context) => {
      const row = await found(context);
      const dead = await listDead(database, row, { after: context.req.query('after') ?? '', limit: MOST_DEAD });
      return context.json({ dead });
    })
    .post('/:id/resend', async (context) => {
      const { key = null } = await bodyAs(context, resendSchema);
      const row = await found(context);
      const resent = await resend(database, row, key);
      if (resent > 0) onOwed?.();
      return context.json({ resent });
    });
}
