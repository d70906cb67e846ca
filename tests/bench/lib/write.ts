/** Writes the tables of docs/performance.md from what was kept of each row. */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { repository } from '../../../scripts/lib/run.ts';
import { allKept, type Kept } from './keep.ts';
import { markdown } from './table.ts';

const [BEGIN, END] = ['<!-- the tables: npm run bench -- --write -->', '<!-- end of the tables -->'];

function section(row: Kept): string {
  const notes = row.results.flatMap(({ metric, note }) => (note === null ? [] : [`- ${metric}: ${note}`]));
  return [
    `### ${row.id} ${row.title}`,
    `${row.date}, commit ${row.commit}, load ${row.load.toFixed(1)} at the start, ${row.seconds} s.`,
    markdown(row.results),
    ...(notes.length > 0 ? [notes.join('\n')] : []),
  ].join('\n\n');
}

/** Writes the page; answers its path. Throws where the page lacks the place for the tables. */
export function writePage(order: readonly string[]): string {
  const path = 'docs/performance.md';
  const file = join(repository, path);
  const page = readFileSync(file, 'utf8');
  const [begin, end] = [page.indexOf(BEGIN), page.indexOf(END)];
  if (begin < 0 || end < begin) throw new Error(`${path} has no “${BEGIN}” followed by “${END}”`);
  const kept = allKept(order);
  const browsers = [...new Set(kept.map(({ browser }) => browser))];
  const tables = browsers.map((browser) => {
    const rows = kept.filter((row) => row.browser === browser);
    const machines = [...new Set(rows.map(({ machine }) => machine))].join('; ');
    const name = browser === 'chromium' ? 'Chromium' : 'Firefox';
    return [`## In ${name}`, `${machines}.`, ...rows.map(section)].join('\n\n');
  });
  writeFileSync(file, `${page.slice(0, begin)}${BEGIN}\n\n${tables.join('\n\n')}\n\n${page.slice(end)}`);
  return path;
}
