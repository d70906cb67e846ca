/** A team's collector, running on the loopback with an embedded database of its own. */
import { runInvite } from '../../collector/commands/invite.ts';
import { silentLog } from '../../collector/log.ts';
import { startCollector } from '../../collector/server.ts';
import { createToken } from '../../collector/store/tokens.ts';
import { type ExportedEvent, readExport } from '../../scripts/lib/collector.ts';
import { folderWithDatabase } from './collector.ts';

export interface Team {
  readonly endpoint: string;
  readonly token: string;
  /** Publishes this team file and makes an invitation to it, as the command does. */
  invite(file: object): Promise<string>;
  /** Everything that it has. */
  export(): Promise<ExportedEvent[]>;
  /** Ends it; its database stays until `remove`. */
  stop(): Promise<void>;
  /** Starts it again, on the same port and database. */
  startAgain(): Promise<void>;
  remove(): Promise<void>;
}

/** Starts a collector on a free port, with one token that may deliver and export. */
export async function startTeam(): Promise<Team> {
  const folder = await folderWithDatabase();
  const start = (port: number) =>
    startCollector({ data: folder.path, databaseUrl: null, host: '127.0.0.1', allowHosts: [], port }, silentLog, 500);
  let collector = await start(0);
  const { token } = await createToken(collector.store.database, 'e2e', 'both');
  const port = Number(new URL(collector.url).port);
  const endpoint = `${collector.url}/v1/events`;
  return {
    endpoint,
    token,
    async invite(file) {
      const { token: maintains } = await createToken(collector.store.database, 'e2e', 'maintain');
      const headers = { authorization: `Bearer ${maintains}`, 'content-type': 'application/json' };
      const published = await fetch(`${collector.url}/v1/team`, { method: 'PUT', headers, body: JSON.stringify(file) });
      if (!published.ok) throw new Error(await published.text());
      const command = { command: 'invite', data: folder.path, databaseUrl: null, project: 'e2e', url: null } as const;
      return JSON.parse((await runInvite({ ...command, json: true })).text).link;
    },
    export: () => readExport({ endpoint, token }),
    stop: () => collector.close(),
    startAgain: async () => {
      collector = await start(port);
    },
    remove: async () => {
      await collector.close();
      folder.remove();
    },
  };
}
