/** The production build, made when it is not there or older than its sources. */
import { existsSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { buildArguments, buildFolder, repository, runTool } from './run.ts';
import { Stop } from './steps.ts';

/** What a build is made of. */
const sources = ['entrypoints', 'components', 'utils', 'public', 'wxt.config.ts', 'package-lock.json'];

/** When the newest file of these was changed, in ms since 1970. */
function newest(paths: readonly string[]): number {
  const times = paths.flatMap((path) => {
    const found = statSync(path, { throwIfNoEntry: false });
    if (!found) return [];
    if (!found.isDirectory()) return [found.mtimeMs];
    return readdirSync(path, { recursive: true, encoding: 'utf8' }).map(
      (name) => statSync(join(path, name), { throwIfNoEntry: false })?.mtimeMs ?? 0,
    );
  });
  return Math.max(0, ...times);
}

export function isFresh(browser: 'chromium' | 'firefox'): boolean {
  const made = join(buildFolder(browser), 'manifest.json');
  return existsSync(made) && statSync(made).mtimeMs >= newest(sources.map((path) => join(repository, path)));
}

/** Builds; throws `Stop` with what the build said where it fails. */
export async function build(browser: 'chromium' | 'firefox'): Promise<void> {
  const { code, output } = await runTool('wxt', buildArguments[browser], { quiet: true });
  if (code !== 0) throw new Stop(`The build failed:\n${output}`);
}
