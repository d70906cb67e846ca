/** P14: what the browser loads of each entrypoint, after gzip, beside peers as they come from npm. */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { gzipSync } from 'node:zlib';
import { measure } from '../../../scripts/lib/sizes.ts';
import type { Bound, Row } from '../lib/types.ts';

const kB = (most: number): Bound => ({ of: 'ours', most });
const CONTENT = { gate: kB(25), aim: kB(18) };
const PAGE = { gate: kB(60), aim: kB(45) };

/** The bounds of the targets, by entrypoint. */
const bounds: Readonly<Record<string, { readonly gate: Bound; readonly aim: Bound }>> = {
  'gate.js': { gate: kB(1.5), aim: kB(1) },
  'overlay.js': CONTENT,
  'toolbar.js': CONTENT,
  'background.js': { gate: kB(45), aim: kB(40) },
  'editor.html': PAGE,
  'popup.html': PAGE,
  'sidepanel.html': PAGE,
  'workbench.html': PAGE,
};

export const row: Row = {
  id: 'P14',
  title: 'Bytes of each entrypoint, after gzip',
  browsers: ['chromium', 'firefox'],
  async run({ extension, report }) {
    const folder = await extension();
    const gzipped = (bytes: Uint8Array) => gzipSync(bytes, { level: 9 }).length / 1000;
    const { resolve } = createRequire(import.meta.url);
    const recogito = gzipped(readFileSync(resolve('@recogito/text-annotator')));
    for (const { entrypoint, bytes } of measure(folder)) {
      if (entrypoint.includes('/')) continue;
      report({
        metric: entrypoint,
        unit: 'kB',
        ours: [bytes / 1000],
        exact: true,
        ...(entrypoint === 'toolbar.js' ? { peer: [recogito], peerName: 'recogito, no styles' } : {}),
        ...bounds[entrypoint],
      });
    }
  },
};
