/** Starts the collector and runs until it is told to stop. */
import { createLog } from '../log.ts';
import type { ServeOptions } from '../options.ts';
import { type Collector, startCollector } from '../server.ts';
import { hasDatabase } from '../store/pglite.ts';

function greeting({ url, store, firstToken }: Collector): string {
  const lines = [`The collector is ready, with ${store.database.name}.`, '', `  Endpoint  ${url}/v1/events`];
  if (firstToken) {
    lines.push(
      `  Token     ${firstToken.token}`,
      '',
      `This token may deliver to the project "${firstToken.project}". It is shown this once; keep it.`,
      `To invite a reviewer with one link: npm run collector -- invite --project ${firstToken.project}`,
      `To read the reviews back: npm run collector -- token create --project ${firstToken.project} --role read`,
    );
  } else {
    lines.push('', 'A new token: npm run collector -- token create --project <name>');
  }
  return `${lines.join('\n')}\n`;
}

/** Resolves at the first signal to stop. */
function stopSignal(): Promise<void> {
  return new Promise((resolve) => {
    let askedAt: number | null = null;
    for (const signal of ['SIGINT', 'SIGTERM'] as const) {
      process.on(signal, () => {
        // Ctrl+C reaches this process twice, from the terminal and from npm. Who asks again later does not want to wait
        // for slow clients; what was acknowledged is on the disk.
        if (askedAt !== null && performance.now() - askedAt > 1000) process.exit(130);
        askedAt ??= performance.now();
        resolve();
      });
    }
  });
}

export async function serve(options: ServeOptions): Promise<void> {
  const stopped = stopSignal();
  if (options.databaseUrl === null && !hasDatabase(options.data)) {
    process.stdout.write('Making a new database; this takes a few seconds, this once.\n');
  }
  const collector = await startCollector(options, createLog());
  process.stdout.write(greeting(collector));
  await stopped;
  await collector.close();
}
