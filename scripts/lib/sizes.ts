/** Measures what the browser loads of a build, in bytes after gzip. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { gzipSync } from 'node:zlib';
import { connectorIds } from '../../utils/connectors/types.ts';

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

/** What hardly a life of the background goes without; other parts are measured without it. */
const usual = ['background/shared.js', 'background/answering.js'];

/** Bytes after gzip of a part of the background, with all that it needs beside the usual. */
function partBytes(folder: string, part: string): number {
  const own = new Set(usual.filter((file) => file !== part));
  const visit = (file: string) => {
    if (own.has(file) || !existsSync(join(folder, file))) return;
    own.add(file);
    const source = readFileSync(join(folder, file), 'utf8');
    for (const [, link = ''] of source.matchAll(/\brequire\("(background\/[\w.-]+)"\)/g)) visit(link);
  };
  visit(part);
  const brought = [...own].filter((file) => file === part || !usual.includes(file));
  return brought.reduce((sum, file) => sum + gzipSync(readFileSync(join(folder, file))).length, 0);
}

/** The parts of the background, as its files ask for them; see scripts/lib/background. */
function partsOf(folder: string): readonly string[] {
  const all = existsSync(join(folder, 'background')) ? readdirSync(join(folder, 'background')) : [];
  const files = ['background.js', ...all.map((file) => `background/${file}`)].filter((file) =>
    existsSync(join(folder, file)),
  );
  const asked = files.flatMap((file) =>
    [...readFileSync(join(folder, file), 'utf8').matchAll(/\bload\("(background\/[\w.-]+)"\)/g)].map(
      ([, part = '']) => part,
    ),
  );
  return ['background/shared.js', ...new Set(asked)].filter((file) => existsSync(join(folder, file)));
}

/**
 * The most that each entrypoint may weigh, in kB (1,000 bytes) after gzip. `background.js` is what every start of the
 * background loads: Dexie alone is 33 of it, and 40 is the aim. Its parts load when they are asked for.
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
  'background.js': 42.5,
  'lister.js': 5,
  'composer-gate.js': 11,
  'composing.js': 2,
  'popup.html': 60,
  'sidepanel.html': 60,
  'workbench.html': 60,
};

/** The same for the parts of the background, which load when they are asked for; one that is not named may weigh 3. */
const partLimits: Readonly<Record<string, number>> = {
  // A connector comes with what connectors share, 5 of it.
  ...Object.fromEntries(connectorIds.map((id) => [`background/${id}.js`, 13])),
  'background/shared.js': 28.5,
  'background/answering.js': 8,
  'background/anchoring.js': 10,
  'background/assisting.js': 6,
  'background/delta.js': 8,
  'background/editor.js': 20,
  'background/kept-rules.js': 5,
  'background/managed-shape.js': 8,
  'background/open.js': 4,
  'background/overseeing.js': 9,
  'background/packs.js': 8,
  'background/destinations.js': 34,
  'background/page.js': 26,
  'background/prepare.js': 22,
  'background/restoring.js': 12,
  'background/retention.js': 9,
  'background/sending.js': 10,
  'background/probe.js': 22,
  'background/sync.js': 10,
  // A team file can hold whatever a form can, and is checked as a whole.
  'background/teams.js': 42,
  'background/triaging.js': 23,
};
const SMALL_PART = 3;

export interface SizeRow {
  readonly entrypoint: string;
  readonly bytes: number;
  /** In bytes; null for an entrypoint without a limit, which is a fault of its own. */
  readonly limit: number | null;
}

/** Every entrypoint of a build with its limit. */
export function measure(folder: string): readonly SizeRow[] {
  const built = readdirSync(folder).filter((file) => /\.(?:html|js)$/.test(file));
  const entrypoints = [...new Set([...Object.keys(limits), ...built])].map((entrypoint) => ({
    entrypoint,
    bytes: existsSync(join(folder, entrypoint)) ? loadedBytes(folder, entrypoint) : Number.NaN,
    limit: limits[entrypoint] === undefined ? null : limits[entrypoint] * 1000,
  }));
  const parts = [...new Set([...Object.keys(partLimits), ...partsOf(folder)])].map((part) => ({
    entrypoint: part,
    bytes: existsSync(join(folder, part)) ? partBytes(folder, part) : Number.NaN,
    limit: (partLimits[part] ?? SMALL_PART) * 1000,
  }));
  return [...entrypoints, ...parts];
}
