/** The import table of docs/architecture.md, as the linter enforces it: what it forbids is reported, what it allows is not. */
import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

const forbidden: readonly (readonly [path: string, statement: string])[] = [
  ['utils/review/x.ts', "import '../storage/database.ts';"],
  ['utils/review/x.ts', "import '../browser.ts';"],
  ['utils/review/x.ts', "import '../privacy/prepare.ts';"],
  ['utils/triage/x.ts', "import '../privacy/prepare.ts';"],
  ['utils/insight/x.ts', "import 'dexie';"],
  ['utils/recurrence/x.ts', "import '../storage/sketches.ts';"],
  ['utils/detection/sites/x.ts', "import '../../messaging/client.ts';"],
  ['utils/detection/x.ts', "import * as z from 'zod/mini';"],
  ['utils/health/x.ts', "import '../detection/sites/index.ts';"],
  ['utils/assistance/x.ts', "import '../storage/settings.ts';"],
  ['utils/messaging/x.ts', "import '../storage/settings.ts';"],
  ['utils/storage/save.ts', "import '../browser.ts';"],
  ['utils/connectors/webhook/x.ts', "import '../../storage/outbox.ts';"],
  ['utils/sync/x.ts', "import '../messaging/server.ts';"],
  ['utils/team/x.ts', "import '../storage/team.ts';"],
  ['utils/delivery/x.ts', "import '../storage/outbox.ts';"],
  ['utils/delivery/x.ts', "import 'dexie';"],
  ['utils/delivery/x.ts', "import 'node:fs';"],
  ['utils/connectors/webhook/x.ts', "import '../../delivery/transport.ts';"],
  ['entrypoints/overlay/x.ts', "import '../../utils/delivery/transport.ts';"],
  ['components/x.tsx', "import '../utils/storage/settings.ts';"],
  ['components/x.tsx', "import type { Settings } from '../utils/storage/settings-shape.ts';"],
  ['entrypoints/overlay/x.ts', "import '../../utils/storage/settings-shape.ts';"],
  ['entrypoints/overlay/x.ts', "import '../../utils/messaging/server.ts';"],
  ['entrypoints/overlay/x.ts', "import * as z from 'zod/mini';"],
  ['entrypoints/overlay/x.ts', "import 'dexie';"],
  ['entrypoints/picker/x.ts', "import '../../utils/storage/outbox.ts';"],
  ['entrypoints/popup/x.tsx', "import '../workbench/app.tsx';"],
  ['utils/sync/x.ts', "import '../../entrypoints/background/index.ts';"],
  ['entrypoints/workbench/x.tsx', "import '../../collector/main.ts';"],
  ['collector/x.ts', "import '../utils/storage/outbox.ts';"],
  ['collector/x.ts', "import '../utils/sync/sender.ts';"],
  ['collector/console/x.tsx', "import '../../utils/delivery/deliver.ts';"],
  ['utils/storage/x.ts', "import browser from 'webextension-polyfill';"],
  ['utils/review/x.ts', "import { z } from 'zod/mini';"],
  ['collector/x.ts', "import * as z from 'zod';"],
];

const allowed: readonly (readonly [path: string, statement: string])[] = [
  ['utils/review/x.ts', "import * as z from 'zod/mini';"],
  ['utils/review/x.ts', "import '../privacy/pattern/match.ts';"],
  ['utils/triage/x.ts', "import '../privacy/fold.ts';"],
  ['utils/storage/settings.ts', "import '../browser.ts';"],
  ['utils/health/x.ts', "import type { Survey } from '../detection/types.ts';"],
  ['utils/messaging/contract.ts', "import type { Settings } from '../storage/settings-shape.ts';"],
  ['utils/browser.ts', "import browser from 'webextension-polyfill';"],
  ['entrypoints/overlay/x.ts', "import '../../utils/messaging/client.ts';"],
  ['entrypoints/popup/x.tsx', "import '../../components/editor/fields.tsx';"],
  ['entrypoints/background/x.ts', "import '../../utils/storage/outbox.ts';"],
  ['collector/console/x.tsx', "import '../../components/button.tsx';"],
  ['collector/x.ts', "import '../utils/delivery/deliver.ts';"],
  ['utils/team/x.ts', "import '../storage/settings-shape.ts';"],
  ['utils/storage/x.ts', "import '../team/merge.ts';"],
  ['utils/storage/x.ts', "import '../delivery/settle.ts';"],
  ['utils/sync/x.ts', "import '../delivery/deliver.ts';"],
];

/** Where the example stands: `x` becomes a name of its own, so that no example hides another. */
const place = (path: string, index: number) => path.replace(/\/x\./, `/x${index}.`);
const examples = [...forbidden, ...allowed].map(([path, statement], index) => ({
  path: place(path, index),
  statement,
}));
const pathOf = (example: readonly [string, string]) => place(example[0], [...forbidden, ...allowed].indexOf(example));

describe('the import table', () => {
  let folder: string;
  let reported: ReadonlySet<string>;

  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'countersign-layers-'));
    for (const config of ['biome.json', 'biome.layers.json']) cpSync(config, join(folder, config));
    for (const { path, statement } of examples) {
      mkdirSync(dirname(join(folder, path)), { recursive: true });
      writeFileSync(join(folder, path), `${statement}\n`);
    }
    const { stdout } = spawnSync(
      resolve('node_modules/.bin/biome'),
      ['lint', '--only=style/noRestrictedImports', '--vcs-enabled=false', '--reporter=json', '--max-diagnostics=none'],
      { cwd: folder, encoding: 'utf8' },
    );
    const { diagnostics } = JSON.parse(stdout) as { diagnostics: readonly { location: { path: string } }[] };
    reported = new Set(diagnostics.map((each) => each.location.path));
  });

  afterAll(() => rmSync(folder, { recursive: true }));

  it.for(forbidden)('forbids in %s: %s', (example) => {
    expect(reported).toContain(pathOf(example));
  });

  it.for(allowed)('allows in %s: %s', (example) => {
    expect(reported).not.toContain(pathOf(example));
  });
});
