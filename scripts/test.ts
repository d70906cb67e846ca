/**
 * Runs every check of the project, each stage with its heading and time, and goes on after a failing one.
 * `npm test -- unit e2e` runs the stages whose names begin so, with the builds where they need them.
 */
import { existsSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { Summary } from '../tests/support/summary-reporter.ts';
import { buildArguments, buildFolder, repository, runTool, seconds } from './lib/run.ts';
import { measure } from './lib/sizes.ts';
import { type Outcome, summaryOf } from './lib/summary.ts';

interface Stage {
  readonly name: string;
  readonly title: string;
  /** With `quiet` nothing is shown while it runs; what was held back is shown by the answer's `show`. */
  readonly run: (quiet?: boolean) => Promise<Outcome & { readonly show?: () => void }>;
  /** Rounds come one after the other. */
  readonly round: number;
  /** It runs beside the other stages of its round, which come one after the other, and is shown after them. */
  readonly beside?: true;
  /** Stages that must have run before. */
  readonly needs?: readonly string[];
}

/** A check that is not made of tests counts as one. */
const check = (ok: boolean): Outcome => ({ passed: ok ? 1 : 0, failed: ok ? 0 : 1, skipped: [] });

const tool =
  (name: string, ...args: readonly string[]) =>
  async () =>
    check((await runTool(name, args)).code === 0);

const tests =
  (project: string, env: Readonly<Record<string, string>> = {}) =>
  async (quiet = false): Promise<Outcome & { readonly show?: () => void }> => {
    const file = join(repository, '.run/test', `${project}-${env.COUNTERSIGN_BROWSERS ?? 'node'}.json`);
    rmSync(file, { force: true });
    const { code, output } = await runTool(
      'vitest',
      ['run', '--project', project, '--reporter', 'default', '--reporter', './tests/support/summary-reporter.ts'],
      { env: { ...env, COUNTERSIGN_SUMMARY: file }, quiet },
    );
    const show = () => void process.stdout.write(output);
    if (!existsSync(file)) return { ...check(false), show };
    const summary = JSON.parse(readFileSync(file, 'utf8')) as Summary;
    // vitest also fails for what no single test answers for, such as an unhandled rejection.
    return { ...summary, failed: code !== 0 && summary.failed === 0 ? 1 : summary.failed, show };
  };

async function builds(): Promise<Outcome> {
  for (const args of Object.values(buildArguments)) if ((await runTool('wxt', args)).code !== 0) return check(false);
  return check(true);
}

async function sizes(): Promise<Outcome> {
  let ok = true;
  for (const browser of ['chromium', 'firefox'] as const) {
    console.log(`${browser}, kB after gzip:`);
    for (const { entrypoint, bytes, limit } of measure(buildFolder(browser))) {
      const fits = limit !== null && bytes <= limit;
      ok &&= fits;
      const allowed = limit === null ? 'no limit is set for it' : `at most ${limit / 1000}`;
      console.log(
        `  ${entrypoint.padEnd(16)} ${(bytes / 1000).toFixed(1).padStart(6)}   ${allowed}${fits ? '' : '   TOO MUCH'}`,
      );
    }
  }
  return check(ok);
}

/** Rows of the benchmark whose exact counters hold on a machine as busy as a whole run makes it. */
const steadyRows = ['P1', 'P3', 'P8', 'P9', 'P13', 'P14'];

const stages: readonly Stage[] = [
  { name: 'lint', title: 'Format and lint', round: 1, run: tool('biome', 'ci', '.') },
  { name: 'types', title: 'Types', round: 1, run: tool('tsc', '--noEmit') },
  { name: 'dead', title: 'Dead code', round: 1, run: tool('knip') },
  { name: 'unit', title: 'Unit tests', round: 1, run: tests('unit'), beside: true },
  { name: 'collector', title: 'Collector tests', round: 2, run: tests('collector') },
  { name: 'build', title: 'Production builds', round: 2, run: builds },
  { name: 'sizes', title: 'Sizes', round: 2, run: sizes, needs: ['build'] },
  {
    name: 'counters',
    title: 'Exact counters of the benchmark',
    round: 2,
    run: async () => check((await runTool('node', ['tests/bench/run.ts', '--quick', ...steadyRows])).code === 0),
    needs: ['build'],
  },
  { name: 'contract', title: 'Contract tests', round: 2, run: tests('contract'), beside: true },
  {
    name: 'e2e-chromium',
    title: 'End to end in Chromium',
    round: 3,
    run: tests('e2e', { COUNTERSIGN_BROWSERS: 'chromium' }),
    needs: ['build'],
  },
  {
    name: 'e2e-firefox',
    title: 'End to end in Firefox',
    round: 3,
    run: tests('e2e', { COUNTERSIGN_BROWSERS: 'firefox' }),
    needs: ['build'],
    beside: true,
  },
];

const asked = process.argv.slice(2);
const matches = (stage: Stage) => asked.length === 0 || asked.some((name) => stage.name.startsWith(name));
const unknown = asked.filter((name) => !stages.some((stage) => stage.name.startsWith(name)));
if (unknown.length > 0) {
  console.error(`There is no stage ${unknown.join(', ')}. Stages: ${stages.map((stage) => stage.name).join(', ')}`);
  process.exit(1);
}
const needed = new Set(stages.filter(matches).flatMap((stage) => [stage.name, ...(stage.needs ?? [])]));

const started = Date.now();
type Ran = { readonly stage: Stage; readonly outcome: Awaited<ReturnType<Stage['run']>>; readonly ms: number };
const ran: Ran[] = [];

async function run(stage: Stage, quiet: boolean): Promise<Ran> {
  const begin = Date.now();
  const unmet = stage.needs?.find((need) => ran.some((each) => each.stage.name === need && each.outcome.failed > 0));
  if (unmet) console.log(`Cannot run ${stage.name}: ${unmet} failed.`);
  const outcome = unmet ? check(false) : await stage.run(quiet);
  const reason = unmet ? `${unmet} failed` : 'its own output says why';
  const failures = outcome.failures?.length || outcome.failed === 0 ? outcome.failures : [{ name: stage.name, reason }];
  return { stage, outcome: { ...outcome, failures }, ms: Date.now() - begin };
}

const heading = ({ title, name }: Stage) => console.log(`\n=== ${title} (${name}) ===`);
function finish(done: Ran): void {
  ran.push(done);
  console.log(`--- ${done.stage.title}: ${done.outcome.failed === 0 ? 'passed' : 'FAILED'} in ${seconds(done.ms)}`);
}

const wanted = stages.filter((each) => needed.has(each.name));
for (const round of new Set(wanted.map((stage) => stage.round))) {
  const here = wanted.filter((stage) => stage.round === round);
  const [shown, beside] = [here.filter((stage) => !stage.beside), here.find((stage) => stage.beside)];
  // By itself it may as well be shown while it runs.
  const isQuiet = shown.length > 0;
  if (beside && isQuiet) console.log(`\nAt the same time, shown after what follows: ${beside.title} (${beside.name})`);
  if (beside && !isQuiet) heading(beside);
  const pending = beside && run(beside, isQuiet);
  for (const stage of shown) {
    heading(stage);
    finish(await run(stage, false));
  }
  if (!pending) continue;
  const done = await pending;
  if (isQuiet) heading(done.stage);
  done.outcome.show?.();
  finish(done);
}

console.log(`\n=== Summary, ${seconds(Date.now() - started)} ===`);
for (const { stage, outcome, ms } of ran) {
  const counts = `${outcome.passed} passed, ${outcome.failed} failed, ${outcome.skipped.length} skipped`;
  console.log(`${outcome.failed === 0 ? 'ok    ' : 'FAILED'} ${stage.name.padEnd(13)} ${counts} in ${seconds(ms)}`);
}
const notRun = stages.filter((stage) => !needed.has(stage.name));
if (notRun.length > 0) console.log(`Not run, because not asked for: ${notRun.map((stage) => stage.name).join(', ')}`);
for (const line of summaryOf(ran.map(({ outcome }) => outcome))) console.log(line);
process.exitCode = ran.some(({ outcome }) => outcome.failed > 0) ? 1 : 0;
