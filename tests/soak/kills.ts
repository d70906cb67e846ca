/**
 * `npm run kills [-- times [browser …]]`: kills a real browser so many times (50) with SIGKILL at random moments of saving
 * and sending, and tells what became of what was saved. Builds the extension where the build is old.
 * COUNTERSIGN_SEED says where the random moments begin.
 */
import { build, isFresh } from '../../scripts/lib/fresh-build.ts';
import { seconds } from '../../scripts/lib/run.ts';
import type { BrowserName } from '../support/browser/types.ts';
import { killAgainAndAgain } from '../support/kills.ts';

const [times = '50', ...named] = process.argv.slice(2);
const seed = Number(process.env.COUNTERSIGN_SEED ?? Date.now() % 1_000_000);
const print = (line: string) => void process.stdout.write(`${line}\n`);

for (const browser of (named.length > 0 ? named : ['chromium', 'firefox']) as readonly BrowserName[]) {
  if (!isFresh(browser) && !process.env.COUNTERSIGN_OUT) await build(browser);
  const began = Date.now();
  const figures = await killAgainAndAgain({ browser, times: Number(times), seed, log: print });
  const { wrong, ...counted } = figures;
  print(
    `${browser}: ${counted.kills} kills (${counted.whileSaving} with a save under way, ${counted.whileSending} with a batch ` +
      `on its way, ${counted.whileUnacknowledged} with one stored but not acknowledged); ${counted.shown} judgements shown ` +
      `as saved and ${counted.answered} revisions answered as saved; ${counted.stored} stored, ${counted.received} at the ` +
      `collector, sent ${counted.sent} times; ${wrong.length === 0 ? 'none lost, none doubled' : `WRONG: ${wrong.length}`} ` +
      `(seed ${seed}, ${seconds(Date.now() - began)})`,
  );
  for (const line of wrong.slice(0, 20)) print(`  ${line}`);
  if (wrong.length > 0) process.exitCode = 1;
}
