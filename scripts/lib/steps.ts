/** Says what is being done, and that it is still being done. */
import { seconds } from './run.ts';

/** Names a step, does it, and says how long it took; reports every 10 s while it lasts. */
export async function step<T>(title: string, work: () => Promise<T>): Promise<T> {
  const started = Date.now();
  process.stdout.write(`${title} …\n`);
  const timer = setInterval(() => process.stdout.write(`  still at it, ${seconds(Date.now() - started)}\n`), 10_000);
  try {
    const result = await work();
    process.stdout.write(`  done in ${seconds(Date.now() - started)}\n`);
    return result;
  } finally {
    clearInterval(timer);
  }
}

/** A failure with a sentence for the person and no stack. */
export class Stop extends Error {
  override readonly name = 'Stop';
}
