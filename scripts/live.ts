/**
 * Installs the targets of reviews that are Python programs, each into a virtual environment of its own in .run/live/, and
 * runs the tests that deliver to them; with MLflow, also those from a real browser to it. `npm run test:live -- mlflow` does so for one. Says what was skipped, and why.
 */
import { spawn } from 'node:child_process';
import { rm, writeFile } from 'node:fs/promises';
import {
  completeMark,
  constraintsOf,
  environmentOf,
  missing,
  programOf,
  REASONS,
  type TargetId,
  targets,
} from '../tests/support/live/targets.ts';
import { buildArguments, repository, runTool } from './lib/run.ts';
import { Stop, step } from './lib/steps.ts';

/** Runs a program; its exit code, and the end of what it printed. */
function run(program: string, args: readonly string[]): Promise<{ readonly code: number; readonly said: string }> {
  return new Promise((resolve) => {
    const child = spawn(program, args, { cwd: repository, stdio: ['ignore', 'pipe', 'pipe'] });
    let said = '';
    const keep = (chunk: Buffer) => {
      said = `${said}${chunk}`.slice(-4000);
    };
    child.stdout.on('data', keep);
    child.stderr.on('data', keep);
    child.on('error', ({ message }) => resolve({ code: 127, said: message }));
    child.on('close', (code) => resolve({ code: code ?? 1, said: said.trim() }));
  });
}

/** Installs a target that is not there yet. Answers why it cannot be had; null where it can. */
async function install(id: TargetId): Promise<string | null> {
  const { package: name, version } = targets[id];
  const folder = environmentOf(id);
  await rm(folder, { recursive: true, force: true });
  const python = process.env.COUNTERSIGN_PYTHON ?? 'python3';
  const made = await run(python, ['-m', 'venv', folder]);
  if (made.code !== 0) return `${python} -m venv failed: ${made.said.split('\n').at(-1)}`;
  const pip = [
    '-m',
    'pip',
    'install',
    '--disable-pip-version-check',
    '--no-compile',
    '--prefer-binary',
    '--constraint',
    constraintsOf(id),
    `${name}==${version}`,
  ];
  const installed = await run(programOf(id, 'python'), pip);
  if (installed.code !== 0) return `pip install ${name}==${version} failed: ${installed.said.split('\n').at(-1)}`;
  await writeFile(completeMark(id), '');
  return null;
}

async function main(): Promise<number> {
  const known = Object.keys(targets) as TargetId[];
  const asked = process.argv.slice(2);
  const wanted = asked.length === 0 ? known : known.filter((id) => asked.includes(id));
  const unknown = asked.filter((name) => !known.some((id) => id === name));
  if (unknown.length > 0) throw new Stop(`There is no target ${unknown.join(', ')}; there are ${known.join(', ')}.`);
  const reasons: Partial<Record<TargetId, string>> = {};
  for (const id of wanted) {
    if (missing(id) === null) continue;
    const { name, version } = targets[id];
    const reason = await step(`Installing ${name} ${version} from PyPI into .run/live`, () => install(id));
    if (reason !== null) reasons[id] = reason;
  }
  const files = wanted.map((id) => `tests/live/${id}.test.ts`);
  if (wanted.includes('mlflow') && reasons.mlflow === undefined) {
    for (const args of Object.values(buildArguments)) {
      if ((await runTool('wxt', args)).code !== 0) throw new Stop('The extension could not be built.');
    }
    files.push('tests/live/from-browser.test.ts');
  }
  const { code } = await runTool('vitest', ['run', '--project', 'live', ...files], {
    env: { [REASONS]: JSON.stringify(reasons) },
  });
  const skipped = known.filter((id) => !wanted.includes(id) || reasons[id] !== undefined);
  for (const id of skipped) {
    process.stdout.write(`Skipped ${targets[id].name}: ${reasons[id] ?? 'it was not asked for.'}\n`);
  }
  return skipped.length === known.length ? 1 : code;
}

try {
  process.exitCode = await main();
} catch (error) {
  if (!(error instanceof Stop)) throw error;
  process.stderr.write(`${error.message}\n`);
  process.exitCode = 1;
}
