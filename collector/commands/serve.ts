/** Starts the collector and runs until it is told to stop. */
import { createLog } from '../log.ts';
import type { ServeOptions } from '../options.ts';
import { type Collector, startCollector } from '../server.ts';

function greeting({ url, store, firstToken }: Collector): string {
  const lines = [`The collector is ready, with ${store.database.name}.`, '', `  Endpoint  ${url}/v1/events`];
  if (firstToken) {
    lines.push(
      `  Token     ${firstToken.token}`,
      '',
      `This token may deliver to the project "${firstToken.project}". It is shown this once; keep it.`,
      `To read the reviews back: npm run collector -- token create --project ${firstToken.project} --role read`,
    );
  } else {
    lines.push('', 'A new token: npm run collector -- token create --project <name>');
  }
  return `${lines.join('\n')}\n`;
}

export async function serve(options: ServeOptions): Promise<void> {
  const collector = await startCollector(options, createLog());
  process.stdout.write(greeting(collector));
  await new Promise<void>((resolve) => {
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
  await collector.close();
}
