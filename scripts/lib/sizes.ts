/** Measures what the browser loads of a build, in bytes after gzip. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { gzipSync } from 'node:zlib';

/** Everything that loads with `file`: scripts, styles and static imports, each once. Dynamic imports load later and are left out. */
export function loadedWith(folder: string, file: string, seen = new Set<string>()): Set<string> {
  const path = join(folder, file);
  if (seen.has(file) || !existsSync(path)) return seen;
  seen.add(file);
  const source = readFileSync(path, 'utf8');
  const links = file.endsWith('.html')
    ? source.matchAll(/(?:src|href)="([^"#:]+\.(?:js|css))"/g)
    : file.endsWith('.js')
      ? source.matchAll(/(?:^|[;}\s/])(?:import|export)\s*(?:[\w*{}\s,$]+from\s*)?["'](\.{1,2}\/[^"']+\.js)["']/g)
      : [];
  for (const [, link = ''] of links) {
    const target = link.startsWith('/') ? link.slice(1) : relative(folder, join(folder, dirname(file), link));
    loadedWith(folder, target.replaceAll('\\', '/'), seen);
  }
  return seen;
}

/** Bytes after gzip of all that loads with `file`. */
function loadedBytes(folder: string, file: string): number {
  return [...loadedWith(folder, file)].reduce(
    (sum, each) => sum + gzipSync(readFileSync(join(folder, each))).length,
    0,
  );
}

/**
 * The most that each entrypoint may weigh, in kB (1,000 bytes) after gzip. The background's is a ceiling, not the aim of 45:
 * Dexie, zod/mini and the polyfill are 42 of it; a service worker cannot load on demand, and redaction is 14.
 */
const limits: Readonly<Record<string, number>> = {
  'gate.js': 1.5,
  'overlay.js': 24.5,
  'finder.js': 14,
  'pointing.js': 10,
  'findings.js': 14,
  'toolbar.js': 25,
  'editor.html': 60,
  'picker.html': 15,
  'background.js': 121,
  'lister.js': 5,
  'composing.js': 2,
  'composer-gate.js': 10,
  'popup.html': 60,
  'sidepanel.html': 60,
  'workbench.html': 60,
};

export interface SizeRow {
  readonly entrypoint: string;
  readonly bytes: number;
  /** In bytes; null for an entrypoint without a limit, which is a fault of its own. */
  readonly limit: number | null;
}

/** Every entrypoint of a build with its limit. */
export function measure(folder: string): readonly SizeRow[] {
  const built = readdirSync(folder).filter((file) => /\.(?:html|js)$/.test(file));
  return [...new Set([...Object.keys(limits), ...built])].map((entrypoint) => ({
    entrypoint,
    bytes: existsSync(join(folder, entrypoint)) ? loadedBytes(folder, entrypoint) : Number.NaN,
    limit: limits[entrypoint] === undefined ? null : limits[entrypoint] * 1000,
  }));
}
