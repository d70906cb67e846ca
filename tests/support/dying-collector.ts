/**
 * A collector that is killed between the commit of a batch and its acknowledgement, at the given number of commits. Run
 * as a process of its own: `node dying-collector.ts <data folder or postgres URL> <commits>`; prints its URL.
 */
import type { AddressInfo } from 'node:net';
import { createAdaptorServer } from '@hono/node-server';
import { createApp } from '../../collector/app.ts';
import { silentLog } from '../../collector/log.ts';
import type { Database } from '../../collector/store/database.ts';
import { openStore } from '../../collector/store/open.ts';

const [place = '', commits = '1'] = process.argv.slice(2);
const isUrl = place.startsWith('postgres://');
const { database } = await openStore({ data: place, databaseUrl: isUrl ? place : null });

let left = Number(commits);
const dying: Database = {
  ...database,
  async transaction(work) {
    let stores = false;
    const answer = await database.transaction(({ query, ...more }) =>
      work({
        ...more,
        query(sql, parameters) {
          stores ||= sql.includes('insert into countersign.events');
          return query(sql, parameters);
        },
      }),
    );
    if (stores) left -= 1;
    if (left === 0) process.kill(process.pid, 'SIGKILL');
    return answer;
  },
};
const server = createAdaptorServer({ fetch: createApp({ database: dying, log: silentLog }).fetch });
server.listen(0, '127.0.0.1', () => {
  process.stdout.write(`http://127.0.0.1:${(server.address() as AddressInfo).port}\n`);
});
