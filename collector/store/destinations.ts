/** The destinations of a project: what was set up, and how each of them fares. */
import { randomUUID } from 'node:crypto';
import type { Destination } from '../../utils/connectors/types.ts';
import type { Numbering, Standing } from '../../utils/delivery/types.ts';
import type { Database, Queries } from './database.ts';
import { oweEarlier } from './owing.ts';
import { storable } from './text.ts';

/** What is stored of how it was set up. */
export interface Settings extends Pick<Destination, 'name' | 'connector' | 'url' | 'options' | 'gzip'> {
  /** Whether it may be asked without encryption though it is on another computer. */
  readonly plainHttp?: boolean;
}

/** What is not stored of a destination that a file sets up. */
export interface Secrets {
  readonly token: string | null;
  readonly secret: string | null;
}

export interface Place {
  readonly project: string;
  readonly id: string;
}

/** A destination as it is stored. `closing` is in a table of its own. */
export interface DestinationRow extends Place, Secrets, Omit<Numbering, 'closing'> {
  readonly managedBy: 'file' | 'api';
  readonly active: boolean;
  readonly settings: Settings;
  readonly standing: Standing;
  readonly heldBy: string | null;
  /** ms since 1970. */
  readonly heldUntil: number;
}

interface Stored extends Place, Secrets {
  readonly managedBy: 'file' | 'api';
  readonly active: boolean;
  readonly settings: string;
  readonly standing: string;
  readonly stream: string;
  readonly heldBy: string | null;
  readonly heldUntil: string;
}

const COLUMNS = `project, id, managed_by as "managedBy", active, settings::text as settings, token, secret,
  standing::text as standing, stream, held_by as "heldBy", held_until::text as "heldUntil"`;

function read({ settings, standing, heldUntil, ...row }: Stored): DestinationRow {
  const { lastSequence, ...fares } = JSON.parse(standing) as Standing & { readonly lastSequence: number };
  return { ...row, settings: JSON.parse(settings), standing: fares, lastSequence, heldUntil: Number(heldUntil) };
}

const unused: Standing = { pausedBecause: null, notBefore: 0, failures: 0, lastDeliveredAt: null };

const PAUSED_BY_HAND = 'Paused by hand.';

/** ms since 1970 by the database's clock, which all processes share. */
export async function databaseNow({ query }: Queries): Promise<number> {
  const [row] = await query<{ now: string }>(
    'select floor(extract(epoch from clock_timestamp()) * 1000)::bigint::text as now',
  );
  return Number(row?.now);
}

/** All of a project, or of all projects, by id. */
export async function listDestinations({ query }: Queries, project: string | null = null): Promise<DestinationRow[]> {
  const rows = await query<Stored>(
    `select ${COLUMNS} from countersign.destinations where $1::text is null or project = $1 order by project, id`,
    [project],
  );
  return rows.map(read);
}

/** null where there is none. With `lock`, nobody else changes it before the transaction ends. */
export async function findDestination(
  { query }: Queries,
  { project, id }: Place,
  lock = false,
): Promise<DestinationRow | null> {
  const [row] = await query<Stored>(
    `select ${COLUMNS} from countersign.destinations where project = $1 and id = $2${lock ? ' for update' : ''}`,
    [project, id],
  );
  return row ? read(row) : null;
}

/** Writes how a destination fares, and who sends to it. Only with its row locked. */
export async function putStanding(
  { query }: Queries,
  { project, id, standing, lastSequence, heldBy, heldUntil }: DestinationRow,
): Promise<void> {
  await query(
    `update countersign.destinations set standing = $3::text::jsonb, held_by = $4, held_until = $5::bigint
     where project = $1 and id = $2`,
    [project, id, toText({ ...standing, lastSequence }), heldBy, heldUntil],
  );
}

/** JSON that PostgreSQL can hold. */
const toText = (value: unknown) =>
  JSON.stringify(value, (_key, part: unknown) => (typeof part === 'string' ? storable(part) : part));

/** Whoever stores for the project waits: it sees all of what is changed here, or comes before it. */
const lockProject = ({ query }: Queries, project: string) =>
  query(
    `insert into countersign.projects as p (project, last_seq) values ($1, 0)
     on conflict (project) do update set last_seq = p.last_seq`,
    [project],
  );

export interface NewDestination extends Place {
  readonly managedBy: DestinationRow['managedBy'];
  readonly settings: Settings;
  /** null for one whose secrets are kept out of the database. */
  readonly secrets: Secrets | null;
  /** Whether it is owed what was stored before, too. */
  readonly earlier: boolean;
}

/**
 * Adds a destination, or replaces one and wakes it, but for one that was paused by hand. At a new address all numbers begin
 * anew; what is owed goes there.
 */
export function saveDestination(database: Database, wanted: NewDestination): Promise<void> {
  const { project, id, managedBy, settings, secrets, earlier } = wanted;
  return database.transaction(async (queries) => {
    await lockProject(queries, project);
    const stored = await findDestination(queries, wanted, true);
    const moved = stored !== null && stored.settings.url !== settings.url;
    const byHand = stored?.standing.pausedBecause === PAUSED_BY_HAND;
    const learnt: Partial<Standing> =
      stored === null || moved || stored.standing.takesGzip === undefined
        ? {}
        : { takesGzip: stored.standing.takesGzip };
    const standing: Standing = {
      ...unused,
      ...learnt,
      lastDeliveredAt: stored?.standing.lastDeliveredAt ?? null,
      pausedBecause: byHand ? PAUSED_BY_HAND : null,
    };
    if (moved) await renumber(queries, wanted);
    const sameStream = stored !== null && !moved;
    await queries.query(
      `insert into countersign.destinations (project, id, managed_by, settings, token, secret, standing, stream)
       values ($1, $2, $3, $4::text::jsonb, $5, $6, $7::text::jsonb, $8)
       on conflict (project, id) do update set managed_by = excluded.managed_by, active = true,
         settings = excluded.settings, token = excluded.token, secret = excluded.secret,
         standing = excluded.standing, stream = excluded.stream`,
      [
        project,
        id,
        managedBy,
        toText(settings),
        secrets?.token ?? null,
        secrets?.secret ?? null,
        toText({ ...standing, lastSequence: sameStream ? stored.lastSequence : 0 }),
        sameStream ? stored.stream : randomUUID(),
      ],
    );
    if (earlier) await oweEarlier(queries, wanted);
  });
}

async function renumber({ query }: Queries, { project, id }: Place): Promise<void> {
  await query(`update countersign.outbox set sequence = null, closes = '[]' where project = $1 and destination = $2`, [
    project,
    id,
  ]);
  await query('delete from countersign.closing where project = $1 and destination = $2', [project, id]);
}

/** Removes a destination and what it is owed; what it has stays on record. False where there is none. */
export function removeDestination(database: Database, place: Place): Promise<boolean> {
  return database.transaction(async (queries) => {
    await lockProject(queries, place.project);
    if ((await findDestination(queries, place, true)) === null) return false;
    const its = [place.project, place.id];
    for (const table of ['outbox', 'closing']) {
      await queries.query(`delete from countersign.${table} where project = $1 and destination = $2`, its);
    }
    await queries.query('delete from countersign.destinations where project = $1 and id = $2', its);
    return true;
  });
}

/** Those that a file set up and names no more are owed nothing new. What they are owed already stays. */
export async function retireAllBut({ query }: Queries, named: readonly Place[]): Promise<void> {
  await query(
    `update countersign.destinations d set active = false
     where managed_by = 'file' and active and not exists (
       select 1 from jsonb_array_elements($1::text::jsonb) as n
       where n->>'project' = d.project and n->>'id' = d.id)`,
    [JSON.stringify(named.map(({ project, id }) => ({ project, id })))],
  );
}

/** Lets nothing more go there until it is resumed. False where there is none. */
export const pauseDestination = (database: Database, place: Place) =>
  change(database, place, (standing) => ({ ...standing, pausedBecause: PAUSED_BY_HAND }));

/** Forgets every pause and backoff, of the entries too. False where there is none. */
export const resumeDestination = (database: Database, place: Place) =>
  change(
    database,
    place,
    (standing) => ({ ...standing, pausedBecause: null, notBefore: 0, failures: 0 }),
    async ({ query }) => {
      await query(
        `update countersign.outbox set due_at = 0
         where project = $1 and destination = $2 and state = 'pending' and attempts > 0`,
        [place.project, place.id],
      );
    },
  );

function change(
  database: Database,
  place: Place,
  to: (standing: Standing) => Standing,
  then: (queries: Queries) => Promise<void> = async () => {},
): Promise<boolean> {
  return database.transaction(async (queries) => {
    const row = await findDestination(queries, place, true);
    if (row === null) return false;
    await putStanding(queries, { ...row, standing: to(row.standing) });
    await then(queries);
    return true;
  });
}

/** Forgets who sends to what: for a database that only one process has open, which has just begun. */
export async function releaseHolds({ query }: Queries): Promise<void> {
  await query('update countersign.destinations set held_by = null, held_until = 0 where held_until > 0');
}
