/** Redaction: hostile texts of 100 kB, a review of ordinary size, 1 MB of ordinary text; beside two published libraries. */
import { builtInDetectors } from '../../../utils/privacy/detectors/index.ts';
import { redactReview } from '../../../utils/privacy/redact-review.ts';
import { aJudgement, aReview, aSnapshot } from '../../support/builders.ts';
import { hostileTexts } from '../../unit/privacy/support/hostile.ts';
import { readLabelledSet } from '../../unit/privacy/support/labelled-set.ts';
import { cpuMs, redacting } from '../lib/redacting.ts';
import type { Bench, Row } from '../lib/types.ts';

const LIMIT_MS = 5_000;
const peers = ['@redactpii/node', '@openredaction/core'] as const;
/** How many of the hostile texts the libraries get as well, each once: most of the time they are stopped. */
const COMPARED = 8;

/** The labelled set over and over: far more to find than in any real text. */
function ordinaryText(length: number): string {
  const all = readLabelledSet()
    .map(({ text }) => text)
    .join('\n');
  return all.repeat(Math.ceil(length / all.length)).slice(0, length);
}

function ordinaryReview() {
  const text = ordinaryText(6000);
  return aReview({
    snapshot: aSnapshot({ text, markdown: text, prompt: text.slice(0, 1000) }),
    judgement: aJudgement({ correction: text, comment: text.slice(0, 300) }),
  });
}

async function run({ quick, rounds, report, progress }: Bench): Promise<void> {
  const review = ordinaryReview();
  const times = Array.from({ length: quick ? 2 : 10 * (rounds + 1) }, () => {
    const started = cpuMs();
    redactReview(review, { regions: ['US'], detectors: builtInDetectors });
    return cpuMs() - started;
  });
  report({ metric: 'a review with texts of 6 kB: the first', unit: 'ms', ours: times.slice(0, 1) });
  report({ metric: 'a review with texts of 6 kB: after that', unit: 'ms', ours: times.slice(1) });

  const texts = quick ? hostileTexts.slice(0, 2) : hostileTexts;
  const slowest: number[] = [];
  const each = new Map<string, number[]>();
  for (let round = 0; round < rounds; round += 1) {
    let most = 0;
    for (const [index, { name, text }] of texts.entries()) {
      progress(`round ${round + 1}, text ${index + 1} of ${texts.length}`);
      const ms = await redacting('ours', text, LIMIT_MS);
      most = Math.max(most, ms);
      each.set(name, [...(each.get(name) ?? []), ms]);
    }
    slowest.push(most);
  }
  report({
    ...{ metric: `the slowest of ${texts.length} hostile texts of 100 kB`, unit: 'ms', ours: slowest },
    gate: { of: 'ours', most: 500 },
  });

  if (quick) return;

  const million = ordinaryText(1_000_000);
  const whole: number[] = [];
  for (let round = 0; round < rounds; round += 1) whole.push(await redacting('ours', million, 60_000));
  const compared = [
    ...texts
      .slice(0, COMPARED)
      .map(({ name, text }) => ({ name: `100 kB of ${name}`, text, own: each.get(name) ?? [] })),
    { name: '1 MB of ordinary text', text: million, own: whole },
  ];
  for (const { name, text, own } of compared)
    for (const peer of peers) {
      progress(`${peer}: ${name}`);
      const theirs = await redacting(peer, text, LIMIT_MS);
      report({
        ...{ metric: `${name}, beside ${peer}`, unit: 'ms', ours: own, peer: [theirs], peerName: peer },
        ...(theirs === LIMIT_MS ? { note: `${peer} was stopped after ${LIMIT_MS / 1000} s, or failed` } : {}),
      });
    }
}

export const row: Row = { id: 'redaction', title: 'Redaction, processor time', browsers: ['chromium'], run };
