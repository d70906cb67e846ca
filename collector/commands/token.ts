/**
 * The token commands. With a server they work on it directly; the embedded database is open in one process, so while a
 * collector runs they ask it.
 */
import { resolve } from 'node:path';
import type { Command, StoreOptions } from '../options.ts';
import { holderOf } from '../store/lock.ts';
import { openStore } from '../store/open.ts';
import { createToken, listTokens, type NewToken, type Role, revokeToken, type TokenRow } from '../store/tokens.ts';

interface Tokens {
  /** Where the collector listens; null where it does not run. */
  readonly url: string | null;
  create(project: string, role: Role): Promise<NewToken>;
  list(): Promise<TokenRow[]>;
  revoke(id: string): Promise<boolean>;
}

/** The tokens of a running collector. */
function remoteTokens(url: string, secret: string): Tokens {
  const ask = async <T>(method: string, path: string, body?: unknown): Promise<T> => {
    const response = await fetch(`${url}/admin${path}`, {
      method,
      headers: { authorization: `Bearer ${secret}` },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    if (!response.ok) throw new Error(`The running collector answered ${response.status}.`);
    return (await response.json()) as T;
  };
  return {
    url,
    create: (project, role) => ask('POST', '/tokens', { project, role }),
    list: () => ask('GET', '/tokens'),
    revoke: async (id) => (await ask<{ revoked: boolean }>('DELETE', `/tokens/${encodeURIComponent(id)}`)).revoked,
  };
}

/** Does it with the tokens of the collector that the options name, whether it runs or not. */
export async function withTokens<T>(options: StoreOptions, work: (tokens: Tokens) => Promise<T>): Promise<T> {
  const holder = options.databaseUrl === null ? holderOf(resolve(options.data)) : null;
  if (holder?.url) return work(remoteTokens(holder.url, holder.secret));
  const { database, close } = await openStore(options);
  try {
    return await work({
      url: null,
      create: (project, role) => createToken(database, project, role),
      list: () => listTokens(database),
      revoke: (id) => revokeToken(database, id),
    });
  } finally {
    await close();
  }
}

function table(tokens: readonly TokenRow[]): string {
  if (tokens.length === 0) return 'There is no token yet: npm run collector -- token create --project <name>\n';
  const rows = [
    ['id', 'project', 'role', 'created', 'revoked'],
    ...tokens.map(({ id, project, role, createdAt, revokedAt }) => [id, project, role, createdAt, revokedAt ?? '']),
  ];
  const widths = [0, 1, 2, 3, 4].map((column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  return rows
    .map(
      (row) =>
        `${row
          .map((cell, column) => cell.padEnd(widths[column] ?? 0))
          .join('  ')
          .trimEnd()}\n`,
    )
    .join('');
}

/** Runs a token command and answers what to print, and whether it did what was asked. */
export function runTokenCommand(
  command: Extract<Command, { readonly command: `token ${string}` }>,
): Promise<{ readonly ok: boolean; readonly text: string }> {
  const say = (ok: boolean, data: unknown, words: string) => ({
    ok,
    text: command.json ? `${JSON.stringify(data)}\n` : words,
  });
  return withTokens(command, async (tokens) => {
    switch (command.command) {
      case 'token create': {
        const made = await tokens.create(command.project, command.role);
        const right = {
          write: 'deliver to',
          read: 'export',
          both: 'deliver to and export',
          maintain: 'publish the site rules and the team file of',
          operate: 'manage the destinations of',
        }[made.role];
        return say(
          true,
          made,
          `${made.token}\n\nIt may ${right} the project "${made.project}". It is shown this once; keep it. Its id is ${made.id}.\n`,
        );
      }
      case 'token list': {
        const list = await tokens.list();
        return say(true, list, table(list));
      }
      case 'token revoke': {
        const revoked = await tokens.revoke(command.id);
        return say(
          revoked,
          { revoked },
          revoked ? `Token ${command.id} no longer works.\n` : `There is no working token ${command.id}.\n`,
        );
      }
    }
  });
}
