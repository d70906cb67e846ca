/** Peers that are no package to be bundled into a page: other extensions, made here, and Hypothesis as sites embed it. */
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sites } from './site.ts';

/** Runs `work` with the folder of an extension that has one content script, for pages of this machine and those of lib/site.ts. */
export async function withPeerExtension<T>(script: string, work: (folder: string) => Promise<T>): Promise<T> {
  const folder = await mkdtemp(join(tmpdir(), 'countersign-peer-'));
  const manifest = {
    manifest_version: 3,
    name: 'Peer',
    version: '1',
    content_scripts: [{ matches: ['http://127.0.0.1/*', ...sites], js: ['content.js'], run_at: 'document_idle' }],
  };
  try {
    await writeFile(join(folder, 'manifest.json'), JSON.stringify(manifest));
    // Chromium refuses a file with characters that are none.
    const ascii = script.replace(
      /[\u0080-\uffff]/g,
      (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`,
    );
    await writeFile(join(folder, 'content.js'), ascii);
    return await work(folder);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

type Served = string | { readonly type: string; readonly body: string };

/** What the client of Hypothesis asks its service for before anybody has signed in. */
const service = {
  '/api/': { links: { search: { method: 'GET', url: '/api/search' } } },
  '/api/links': {},
  '/api/profile': { userid: null, preferences: {}, features: {} },
  '/api/groups': [{ id: '__world__', name: 'Public', type: 'open', scopes: { enforced: false, uri_patterns: [] } }],
  '/api/search': { total: 0, rows: [] },
};

/**
 * `page` with Hypothesis in it, its scripts and its sidebar, all from this machine: to be served together. There are no
 * annotations, and nobody has signed in, so that what it costs is the least that it ever does.
 */
export async function withHypothesis(path: string, page: string): Promise<Record<string, Served>> {
  const { resolve } = createRequire(import.meta.url);
  const folder = join(resolve('hypothesis/package.json'), '../build');
  const files = ['boot.js', 'scripts/annotator.bundle.js', 'scripts/sidebar.bundle.js'];
  const styles = ['annotator', 'highlights', 'katex.min', 'sidebar'].map((name) => `styles/${name}.css`);
  const served = await Promise.all(
    [...files, ...styles].map(async (file): Promise<[string, Served]> => {
      const type = file.endsWith('.js') ? 'text/javascript' : 'text/css';
      return [`/build/${file}`, { type, body: await readFile(join(folder, file), 'utf8') }];
    }),
  );
  const config = (settings: object) =>
    `<script type="application/json" class="js-hypothesis-config">${JSON.stringify({ assetRoot: '/', ...settings })}</script>`;
  const [sidebarAppUrl, notebookAppUrl, profileAppUrl] = ['/app.html', '/app.html', '/app.html'];
  const answers = Object.entries(service).map(([at, body]): [string, Served] => [
    at,
    { type: 'application/json', body: JSON.stringify(body) },
  ]);
  return {
    ...Object.fromEntries(served),
    ...Object.fromEntries(answers),
    [path]: `${page}${config({ sidebarAppUrl, notebookAppUrl, profileAppUrl })}<script src="/build/boot.js"></script>`,
    '/app.html': `<!doctype html><html><head><meta charset="utf-8">${config({ apiUrl: '/api/', authDomain: 'localhost' })}</head><body><hypothesis-app></hypothesis-app><script src="/build/boot.js"></script></body></html>`,
  };
}
