/**
 * A collector that is killed at the given number of writes: of commits of a batch, before their acknowledgement, or of
 * entries in the ledger, when a destination has acknowledged and that is not stored yet. Run as a process of its own:
 * `node dying-collector.ts <data folder or postgres URL> <number> [events|ledger [destinations file]]`; prints its URL.
 */
import type { AddressInfo } from 'node:net';
import { createAdaptorServer } from '@hono/node-server';
import { createApp } from '../../collector/app.ts';
import { createFanOut } from '../../collector/fan-out/fan-out.ts';
import { readDestinationsFile, storeFiled } from '../../collector/fan-out/file.ts';
import { createSecrets } from '../../collector/fan-out/secrets.ts';
import { silentLog } from '../../collector/log.ts';
import type { Database } from '../../collector/store/database.ts';
import { openStore } from '../../collector/store/open.ts';

const [place = '', number = '1', what = 'events', file] = process.argv.slice(2);
const isUrl = place.startsWith('postgres://');
const { database } = await openStore({ data: place, databaseUrl: isUrl ? place : null });

let left = Number(number);
const dying: Database = {
  ...database,
  async transaction(work) {
    let writes = false;
    const answer = await database.transaction(({ query, ...more }) =>
      work({
        ...more,
        query(sql, parameters) {
          if (sql.includes(`insert into countersign.${what}`)) {
            writes = true;
            if (what === 'ledger') left -= 1;
            if (what === 'ledger' && left === 0) process.kill(process.pid, 'SIGKILL');
          }
          return query(sql, parameters);
        },
      }),
    );
    if (writes && what === 'events') left -= 1;
    if (left === 0) process.kill(process.pid, 'SIGKILL');
    return answer;
  },
};
const filed = file === undefined ? [] : readDestinationsFile(file, process.env);
await storeFiled(database, filed);
const secretsOf = createSecrets(filed);
const fanOut = createFanOut({ database: dying, log: silentLog, secretsOf });
const app = createApp({ database: dying, log: silentLog, secretsOf, onOwed: () => fanOut.wake() });
const server = createAdaptorServer({ fetch: app.fetch });
server.listen(0, '127.0.0.1', () => {
  process.stdout.write(`http://127.0.0.1:${(server.address() as AddressInfo).port}\n`);
});
