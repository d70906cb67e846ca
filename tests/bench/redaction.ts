/**
 * Times of redaction: hostile texts of 100 KB, a review of ordinary size, and 1 MB of ordinary text, beside two published
 * libraries. Run with `node tests/bench/redaction.ts`. Times are CPU time of the process, because a busy machine doubles the other kind.
 * The libraries get the first texts of the
 * list only, and are stopped after five seconds each.
 */
import { isMainThread, parentPort, Worker, workerData } from 'node:worker_threads';
import { builtInDetectors } from '../../utils/privacy/detectors/index.ts';
import { redactReview } from '../../utils/privacy/redact-review.ts';
import { aJudgement, aReview, aSnapshot } from '../support/builders.ts';
import { hostileTexts } from '../unit/privacy/support/hostile.ts';
import { readLabelledSet } from '../unit/privacy/support/labelled-set.ts';
import { openRedaction, ours, redactPii } from '../unit/privacy/support/redactors.ts';
import type { Redactor } from '../unit/privacy/support/score.ts';

const LIMIT_MS = 5_000;
const COMPARED = 16;
const redactors: Record<string, () => Redactor> = {
  ours: () => ours(),
  '@redactpii/node': redactPii,
  '@openredaction/core': openRedaction,
};

const snippet = (text: string) =>
  ({ id: '', locale: 'en-US', half: 'tune', trap: null, hostile: true, text, labels: [] }) as const;
const cpuMs = () => {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
};

/** The labelled set over and over: far more to find than in any real text. */
function ordinaryText(length: number): string {
  const all = readLabelledSet()
    .map(({ text }) => text)
    .join('\n');
  return all.repeat(Math.ceil(length / all.length)).slice(0, length);
}

/** CPU time in ms of one text in a thread of its own; infinite where it failed or took too long. */
async function timeIn(name: string, text: string): Promise<number> {
  const worker = new Worker(new URL(import.meta.url), { workerData: { name, text } });
  const spent = await new Promise<number>((resolve) => {
    let started = 0;
    const timer = setTimeout(resolve, LIMIT_MS, Number.POSITIVE_INFINITY);
    worker.on('message', (message) => {
      if (message === 'ready') started = cpuMs();
      else {
        clearTimeout(timer);
        resolve(cpuMs() - started);
      }
    });
    worker.once('error', () => resolve(Number.POSITIVE_INFINITY));
  });
  await worker.terminate();
  return spent;
}

const shown = (ms: number) => (Number.isFinite(ms) ? `${ms.toFixed(0)} ms` : `> ${LIMIT_MS / 1000} s or failed`);

async function main(): Promise<void> {
  const rows: { name: string; ours: number; others: number[] }[] = [];
  const peers = Object.keys(redactors).filter((name) => name !== 'ours');
  const texts = [...hostileTexts, { name: '1 MB of the labelled set', text: ordinaryText(1_000_000) }];
  for (const [index, { name, text }] of texts.entries()) {
    const compared = index < COMPARED || index === texts.length - 1;
    const own = await timeIn('ours', text);
    const others: number[] = [];
    if (compared) for (const peer of peers) others.push(await timeIn(peer, text));
    rows.push({ name, ours: own, others });
  }
  console.log(['text', 'ours', ...peers].join(' | '));
  for (const row of rows) {
    if (row.others.length > 0) console.log([row.name, shown(row.ours), ...row.others.map(shown)].join(' | '));
  }
  const slowest = rows.slice(0, -1).reduce((a, b) => (a.ours > b.ours ? a : b));
  console.log(`ours: ${rows.length - 1} hostile texts, slowest ${slowest.name} with ${shown(slowest.ours)}`);

  const text = ordinaryText(6000);
  const review = aReview({
    snapshot: aSnapshot({ text, markdown: text, prompt: text.slice(0, 1000) }),
    judgement: aJudgement({ correction: text, comment: text.slice(0, 300) }),
  });
  const times = Array.from({ length: 50 }, () => {
    const started = cpuMs();
    redactReview(review, { regions: ['US'], detectors: builtInDetectors });
    return cpuMs() - started;
  });
  console.log(
    `a review with an answer of 6 KB: first ${shown(times[0] ?? 0)}, then ${(times.slice(10).reduce((a, b) => a + b) / 40).toFixed(1)} ms`,
  );
}

if (isMainThread) await main();
else {
  const { name, text } = workerData as { name: string; text: string };
  const redactor = redactors[name]?.() as Redactor;
  // Loading and compiling are not what is measured.
  await redactor(snippet('jane@contoso.com'));
  parentPort?.postMessage('ready');
  await redactor(snippet(text));
  parentPort?.postMessage('done');
}
