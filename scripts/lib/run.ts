/** Runs this project's programs for the scripts. */
import { spawn } from 'node:child_process';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const repository = join(dirname(fileURLToPath(import.meta.url)), '../..');

/** The folder of the production build for a browser. */
export function buildFolder(browser: 'chromium' | 'firefox'): string {
  const out = process.env.COUNTERSIGN_OUT ?? join(repository, '.output');
  return join(out, browser === 'chromium' ? 'chrome-mv3' : 'firefox-mv3');
}

/** What `wxt` is told to build that. */
export const buildArguments = {
  chromium: ['build', '-b', 'chrome'],
  firefox: ['build', '-b', 'firefox', '--mv3'],
} as const;

/** Runs a program of node_modules/.bin; answers its exit code and, with `quiet`, what it printed instead of showing it. */
export function runTool(
  name: string,
  args: readonly string[],
  { quiet = false, env = {} }: { readonly quiet?: boolean; readonly env?: Readonly<Record<string, string>> } = {},
): Promise<{ readonly code: number; readonly output: string }> {
  return new Promise((resolve) => {
    const child = spawn(join(repository, 'node_modules/.bin', name), args, {
      cwd: repository,
      stdio: ['ignore', quiet ? 'pipe' : 'inherit', quiet ? 'pipe' : 'inherit'],
      shell: process.platform === 'win32',
      env: { ...process.env, ...env },
    });
    let output = '';
    const keep = (chunk: Buffer) => {
      output += chunk;
    };
    child.stdout?.on('data', keep);
    child.stderr?.on('data', keep);
    child.on('error', (error) => resolve({ code: 127, output: `${output}${error.message}` }));
    child.on('exit', (code) => resolve({ code: code ?? 1, output }));
  });
}

/** Milliseconds as a person reads them. */
export function seconds(ms: number): string {
  return ms < 100_000
    ? `${(ms / 1000).toFixed(1)} s`
    : `${Math.floor(ms / 60_000)} min ${Math.round((ms % 60_000) / 1000)} s`;
}
