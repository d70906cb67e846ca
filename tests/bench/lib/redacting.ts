/** Redacts one text in a thread of its own, so that who takes too long can be stopped. */
import { isMainThread, parentPort, Worker, workerData } from 'node:worker_threads';
import { openRedaction, ours, redactPii } from '../../unit/privacy/support/redactors.ts';
import type { Redactor } from '../../unit/privacy/support/score.ts';

const redactors = { ours: () => ours(), '@redactpii/node': redactPii, '@openredaction/core': openRedaction };
export type RedactorName = keyof typeof redactors;

const snippet = (text: string) =>
  ({ id: '', locale: 'en-US', half: 'tune', trap: null, hostile: true, text, labels: [] }) as const;

/** ms of processor time of this process so far. */
export function cpuMs(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
}

/** ms of processor time that the text took; `limit`, in ms, where it failed or took longer by the clock. */
export async function redacting(name: RedactorName, text: string, limit: number): Promise<number> {
  const worker = new Worker(new URL(import.meta.url), { workerData: { name, text } });
  const spent = await new Promise<number>((resolve) => {
    let [started, timer]: [number, NodeJS.Timeout | undefined] = [0, undefined];
    worker.on('message', (message) => {
      if (message === 'ready') {
        started = cpuMs();
        timer = setTimeout(resolve, limit, limit);
      } else {
        clearTimeout(timer);
        resolve(Math.min(limit, cpuMs() - started));
      }
    });
    worker.once('error', () => resolve(limit));
  });
  await worker.terminate();
  return spent;
}

if (!isMainThread && workerData?.name in redactors) {
  const { name, text } = workerData as { name: RedactorName; text: string };
  const redactor: Redactor = redactors[name]();
  // Loading and compiling are not what is measured.
  await redactor(snippet('jane@contoso.com'));
  parentPort?.postMessage('ready');
  await redactor(snippet(text));
  parentPort?.postMessage('done');
}
