/** The collector's parts for tests: an application on a database of its own, and requests to it. */
import { cpSync, existsSync, mkdirSync, mkdtempSync, renameSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Hono } from 'hono';
import { createApp } from '../../collector/app.ts';
import { incomingOf, readBatch } from '../../collector/batch.ts';
import type { AppEnv, AppParts } from '../../collector/env.ts';
import { silentLog } from '../../collector/log.ts';
import type { Database } from '../../collector/store/database.ts';
import type { Incoming } from '../../collector/store/events.ts';
import { migrate } from '../../collector/store/migrate.ts';
import { openPglite } from '../../collector/store/pglite.ts';
import { createToken, type Role } from '../../collector/store/tokens.ts';
import packageJson from '../../package.json' with { type: 'json' };
import { BATCH_MEDIA_TYPE, type BatchReply, type ReviewEvent, type WireEvent } from '../../utils/review/wire.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));

/** A folder that is gone after the tests of the file. */
export function temporaryFolder(): { readonly path: string; remove(): void } {
  const path = mkdtempSync(join(tmpdir(), 'countersign-'));
  return { path, remove: () => rmSync(path, { recursive: true, force: true }) };
}

/**
 * A folder with an empty embedded database, copied from one that is made once per version of PGlite: making one takes
 * seconds, and no test but one is about that.
 */
export async function folderWithDatabase(): Promise<ReturnType<typeof temporaryFolder>> {
  const cache = join(root, 'node_modules', '.cache', 'countersign');
  const template = join(cache, `pglite-${packageJson.dependencies['@electric-sql/pglite']}`);
  if (!existsSync(template)) {
    mkdirSync(cache, { recursive: true });
    const fresh = mkdtempSync(join(cache, 'making-'));
    await (await openPglite(fresh)).close();
    try {
      renameSync(fresh, template);
    } catch {
      // Another worker was faster.
      rmSync(fresh, { recursive: true, force: true });
    }
  }
  const folder = temporaryFolder();
  cpSync(template, folder.path, { recursive: true });
  return folder;
}

/** An embedded database with the present schema; closed and removed by `close`. */
export async function temporaryDatabase(): Promise<Database> {
  const folder = await folderWithDatabase();
  const database = await openPglite(folder.path);
  await migrate(database);
  return {
    ...database,
    async close() {
      await database.close();
      folder.remove();
    },
  };
}

/** A line of the export, parsed; `event` is null, and `deleted` its key, where the review was deleted. */
export interface ExportedEvent {
  readonly seq: number;
  readonly receivedAt: string;
  readonly event: ReviewEvent;
  readonly deleted?: string;
}

export interface Client {
  readonly app: Hono<AppEnv>;
  readonly project: string;
  readonly token: string;
  /** POSTs to /v1/events; what is no text is sent as JSON. */
  post(body: unknown, headers?: Record<string, string>): Promise<Response>;
  /** The results of a batch that must be acknowledged. */
  deliver(events: unknown): Promise<BatchReply['results']>;
  get(query?: string): Promise<Response>;
  export(query?: string): Promise<ExportedEvent[]>;
}

let projects = 0;

/** A client with a project and a token of its own. */
export async function aClient(
  database: Database,
  { role = 'both', ...parts }: Partial<AppParts> & { readonly role?: Role } = {},
): Promise<Client> {
  projects += 1;
  const project = `project-${process.pid}-${projects}`;
  const { token } = await createToken(database, project, role);
  const app = createApp({ database, log: silentLog, ...parts });
  const authorization = `Bearer ${token}`;
  const post: Client['post'] = async (body, headers = {}) =>
    app.request('http://localhost/v1/events', {
      method: 'POST',
      headers: { authorization, 'content-type': BATCH_MEDIA_TYPE, ...headers },
      body: typeof body === 'string' || body instanceof Uint8Array ? (body as BodyInit) : JSON.stringify(body),
    });
  const get: Client['get'] = async (query = '') =>
    app.request(`http://localhost/v1/events${query}`, { headers: { authorization } });
  return {
    app,
    project,
    token,
    post,
    get,
    async deliver(events) {
      const response = await post(events);
      if (response.status !== 200) throw new Error(`${response.status}: ${await response.text()}`);
      return ((await response.json()) as BatchReply).results;
    },
    async export(query) {
      const response = await get(query);
      if (response.status !== 200) throw new Error(`${response.status}: ${await response.text()}`);
      return linesOf(await response.text());
    },
  };
}

/** Events as the store takes them. */
export function incoming(...events: readonly WireEvent[]): Incoming {
  const text = JSON.stringify(events);
  return incomingOf(readBatch({ text, value: JSON.parse(text) }));
}

/** JSON lines, parsed. */
export const linesOf = (text: string): ExportedEvent[] =>
  text
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line));
