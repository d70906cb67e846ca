/** Keeps what each row measured, with machine and date, so that the table can be written from rows that ran one by one. */
import { execFileSync } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { cpus, loadavg, totalmem } from 'node:os';
import { join } from 'node:path';
import { repository } from '../../../scripts/lib/run.ts';
import type { Result } from './types.ts';

/** A row as it was measured once. */
export interface Kept {
  readonly id: string;
  readonly title: string;
  readonly browser: string;
  /** `2026-11-22`. */
  readonly date: string;
  /** The short name of the commit, with `+` where files were changed. */
  readonly commit: string;
  readonly machine: string;
  /** Programs that wanted a processor when it began, on average of a minute. */
  readonly load: number;
  readonly seconds: number;
  readonly results: readonly Result[];
}

const folder = join(repository, '.run/bench');

function commit(): string {
  const git = (...args: readonly string[]) => execFileSync('git', args, { cwd: repository, encoding: 'utf8' }).trim();
  return git('rev-parse', '--short', 'HEAD') + (git('status', '--porcelain', '-uno') === '' ? '' : '+');
}

export function machine(): string {
  const all = cpus();
  return `${all.length} × ${all[0]?.model.trim() ?? 'unknown'}, ${Math.round(totalmem() / 2 ** 30)} GB, Node ${process.versions.node}`;
}

export function keep(row: Omit<Kept, 'date' | 'commit' | 'machine'>): void {
  const kept: Kept = { ...row, date: new Date().toISOString().slice(0, 10), commit: commit(), machine: machine() };
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, `${row.browser}-${row.id}.json`), `${JSON.stringify(kept, null, 1)}\n`);
}

export const load = (): number => loadavg()[0] ?? 0;

/** All that was kept, in the order of the rows. */
export function allKept(order: readonly string[]): readonly Kept[] {
  const files = readdirSync(folder).filter((file) => file.endsWith('.json'));
  const kept = files.map((file) => JSON.parse(readFileSync(join(folder, file), 'utf8')) as Kept);
  return kept
    .filter(({ id }) => order.includes(id))
    .sort((a, b) => a.browser.localeCompare(b.browser) || order.indexOf(a.id) - order.indexOf(b.id));
}
