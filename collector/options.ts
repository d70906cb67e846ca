/** The command line, read once. Flags win over the environment. */
import { parseArgs } from 'node:util';
import { readAddress } from '../utils/connectors/address.ts';
import { projectPattern, type Role, roles } from './store/tokens.ts';

export const usage = `Usage: npm run collector -- [command] [options]

  (no command)     start the collector
  token create     make a token: --project <name> [--role write|read|both|maintain|operate]
  token list       show all tokens, without their secrets
  token revoke     take a token back: token revoke <id>
  invite           a link to join a team with: --project <name> [--url <address>]; makes a token that may deliver.
                   --file <team file> instead: the link holds the file, and makes no token

  --port <n>           port to listen on (default 7411)
  --host <address>     address to listen on (default 127.0.0.1, this computer only)
  --allow-host <name>  a host name that requests may come in under, as behind a proxy; may repeat
  --data <folder>      where the embedded database lives (default .run/collector)
  --url <address>      where reviewers reach the collector, as https://reviews.example.com
  --destinations <file>  what reviews are passed on to; see docs/fan-out.md
  --json               commands answer in JSON
  --help               this text

DATABASE_URL=postgres://… uses that PostgreSQL server instead of the embedded database.
COUNTERSIGN_DESTINATIONS=<file> is the same as --destinations.
`;

/** Where the data is. */
export interface StoreOptions {
  /** Folder of the embedded database. */
  readonly data: string;
  /** URL of a PostgreSQL server to use instead; null for none. */
  readonly databaseUrl: string | null;
}

export interface ServeOptions extends StoreOptions {
  readonly port: number;
  readonly host: string;
  readonly allowHosts: readonly string[];
  /** The file that says what reviews are passed on to. */
  readonly destinations?: string;
}

export type Command =
  | { readonly command: 'help' }
  | ({ readonly command: 'serve' } & ServeOptions)
  | ({
      readonly command: 'token create';
      readonly project: string;
      readonly role: Role;
      readonly json: boolean;
    } & StoreOptions)
  | ({
      readonly command: 'invite';
      readonly project: string;
      /** Where reviewers reach the collector; null: where it listens. */
      readonly url: string | null;
      readonly json: boolean;
    } & StoreOptions)
  | {
      readonly command: 'invite file';
      /** The team file that the link is to hold. */
      readonly file: string;
      readonly url: string | null;
      readonly json: boolean;
    }
  | ({ readonly command: 'token list'; readonly json: boolean } & StoreOptions)
  | ({ readonly command: 'token revoke'; readonly id: string; readonly json: boolean } & StoreOptions);

/** The command line cannot be understood; the message says which part. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}

const options = {
  port: { type: 'string', default: '7411' },
  host: { type: 'string', default: '127.0.0.1' },
  'allow-host': { type: 'string', multiple: true, default: [] as string[] },
  data: { type: 'string', default: '.run/collector' },
  project: { type: 'string' },
  role: { type: 'string', default: 'write' },
  url: { type: 'string' },
  file: { type: 'string' },
  destinations: { type: 'string' },
  json: { type: 'boolean', default: false },
  help: { type: 'boolean', short: 'h', default: false },
} as const;

function parse(args: readonly string[]) {
  try {
    return parseArgs({ args: [...args], options, allowPositionals: true });
  } catch (error) {
    throw new UsageError((error as Error).message);
  }
}

function projectOf(project: string | undefined, command: string): string {
  if (project !== undefined && projectPattern.test(project)) return project;
  throw new UsageError(`${command} needs --project: up to 64 of a-z, 0-9, dot, hyphen and underscore`);
}

/** Reads the arguments behind the script's name. Throws `UsageError`. */
export function readCommand(args: readonly string[], environment: NodeJS.ProcessEnv): Command {
  const { values, positionals } = parse(args);
  if (values.help) return { command: 'help' };
  const store: StoreOptions = { data: values.data, databaseUrl: environment.DATABASE_URL || null };
  const { json } = values;
  const [noun, verb, ...rest] = positionals;
  if (noun === undefined) {
    const port = Number(values.port);
    if (!/^\d+$/.test(values.port) || port > 65_535)
      throw new UsageError(`--port must be 0 to 65535, not ${values.port}`);
    const destinations = values.destinations ?? environment.COUNTERSIGN_DESTINATIONS;
    const serving = { port, host: values.host, allowHosts: values['allow-host'] };
    return { command: 'serve', ...store, ...serving, ...(destinations ? { destinations } : {}) };
  }
  if (noun === 'token' && verb === 'list' && rest.length === 0) return { command: 'token list', ...store, json };
  if (noun === 'token' && verb === 'revoke') {
    const [id] = rest;
    if (id === undefined || rest.length > 1)
      throw new UsageError('token revoke needs the id of one token; see token list');
    return { command: 'token revoke', ...store, json, id };
  }
  if (noun === 'invite' && verb === undefined) {
    const { file, url = null } = values;
    if (url !== null && !readAddress(url).ok)
      throw new UsageError('--url must be an address that begins with https://, or one on this computer');
    if (file !== undefined) return { command: 'invite file', file, url, json };
    return { command: 'invite', ...store, json, project: projectOf(values.project, 'invite'), url };
  }
  if (noun === 'token' && verb === 'create' && rest.length === 0) {
    const project = projectOf(values.project, 'token create');
    const role = roles.find((one) => one === values.role);
    if (role === undefined)
      throw new UsageError(`--role must be write, read, both, maintain or operate, not ${values.role}`);
    return { command: 'token create', ...store, json, project, role };
  }
  throw new UsageError(`unknown command: ${positionals.join(' ')}`);
}
