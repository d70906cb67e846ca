/**
 * `npm run bench`: measures rows and judges them by their bounds.
 *
 *     npm run bench                    all rows, in Chromium
 *     npm run bench -- P4 P8           some
 *     npm run bench -- --firefox       those that mean something there
 *     npm run bench -- --quick         small work; only exact counters are judged
 *     npm run bench -- --json          one JSON object a line on stdout, no table
 *     npm run bench -- --rounds 9      more rounds than five
 *     npm run bench -- --slow query    with a slowdown made on purpose (lib/slow.ts)
 *     npm run bench -- --write         writes docs/performance.md from the last run of each row
 *
 * Ends with 1 when a bound was missed or a row broke.
 */
import { readdirSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { build, isFresh } from '../../scripts/lib/fresh-build.ts';
import { buildFolder, seconds } from '../../scripts/lib/run.ts';
import { judge } from './lib/judge.ts';
import { keep, load, machine } from './lib/keep.ts';
import { slowdowns, slowed } from './lib/slow.ts';
import { plain } from './lib/table.ts';
import type { Bench, Result, Row } from './lib/types.ts';
import { writePage } from './lib/write.ts';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    firefox: { type: 'boolean', default: false },
    quick: { type: 'boolean', default: false },
    json: { type: 'boolean', default: false },
    rounds: { type: 'string' },
    slow: { type: 'string' },
    write: { type: 'boolean', default: false },
  },
});

function stop(message: string): never {
  console.error(message);
  process.exit(2);
}

const folder = new URL('./rows/', import.meta.url);
const all: Row[] = [];
for (const file of readdirSync(folder).sort())
  all.push(((await import(new URL(file, folder).href)) as { readonly row: Row }).row);

if (values.write) {
  console.error(`Written: ${writePage(all.map(({ id }) => id))}`);
  process.exit(0);
}

const asked = positionals.map((name) => name.toLowerCase());
const unknown = asked.filter((name) => !all.some(({ id }) => id.toLowerCase() === name));
if (unknown.length > 0) stop(`There is no row ${unknown.join(', ')}. Rows: ${all.map(({ id }) => id).join(', ')}`);
const slow = values.slow ?? null;
if (slow !== null && !slowdowns[slow])
  stop(`There is no slowdown ${slow}. There is: ${Object.keys(slowdowns).join(', ')}`);
const rounds = values.quick ? 1 : Number(values.rounds ?? 5);
if (!(rounds >= 1)) stop('--rounds takes a number from 1 on.');

const browser = values.firefox ? 'firefox' : 'chromium';
const wanted = all.filter(
  (row) => row.browsers.includes(browser) && (asked.length === 0 || asked.includes(row.id.toLowerCase())),
);

let built: Promise<string> | null = null;
async function extension(): Promise<string> {
  if (!isFresh(browser)) await build(browser);
  return slow === null ? buildFolder(browser) : slowed(buildFolder(browser), slow);
}

const isTerminal = process.stderr.isTTY;
function progress(text: string): void {
  if (isTerminal) process.stderr.write(`\r\u001b[K${text}`);
  else process.stderr.write(`${text}\n`);
}

const results: Result[] = [];
const broken: string[] = [];
for (const row of wanted) {
  const begin = Date.now();
  const loadBefore = load();
  const own: Result[] = [];
  const bench: Bench = {
    browser,
    quick: values.quick,
    rounds,
    slow,
    extension: () => (built ??= extension()),
    progress: (text) => progress(`${row.id} ${row.title}: ${text}`),
    report(reading) {
      const result = judge(row.id, reading);
      // Times of a quick run are no times.
      const judged = values.quick && !result.exact ? { ...result, met: 'shown' as const } : result;
      own.push(judged);
      if (values.json) console.log(JSON.stringify(judged));
    },
  };
  bench.progress('begins');
  try {
    await row.run(bench);
  } catch (error) {
    broken.push(row.id);
    console.error(`\n${row.id} broke: ${(error as Error).stack ?? error}`);
  }
  const took = Date.now() - begin;
  bench.progress(`${seconds(took)}\n`);
  results.push(...own);
  const isWhole = !values.quick && slow === null && rounds >= 5 && !broken.includes(row.id);
  if (isWhole)
    keep({ id: row.id, title: row.title, browser, load: loadBefore, seconds: Math.round(took / 1000), results: own });
}

const missed = results.filter(({ met }) => met === 'missed');
if (!values.json) {
  console.log(`\n${machine()}, ${browser}${slow === null ? '' : `, slowed on purpose: ${slowdowns[slow]?.says}`}\n`);
  console.log(plain(results));
  const count = (met: Result['met']) => results.filter((result) => result.met === met).length;
  console.log(
    `\n${count('aim')} aims met, ${count('gate')} at the gate, ${missed.length} missed, ${count('shown')} shown without a bound${broken.length > 0 ? `; broken: ${broken.join(', ')}` : ''}`,
  );
}
process.exitCode = missed.length > 0 || broken.length > 0 ? 1 : 0;
