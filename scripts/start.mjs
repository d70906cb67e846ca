// npm start: prepares this machine, then shows Countersign on a demo chat; the work itself is in start.ts.
import process from 'node:process';
import { findBrowser } from './browsers.mjs';
import { launch } from './setup.mjs';

const asked = process.argv
  .slice(2)
  .join(' ')
  .match(/--browser[ =](chromium|firefox)/)?.[1];
// Any one browser will do where none was asked for.
const found = ['chromium', 'firefox'].filter((name) => findBrowser(name) !== null);
await launch('scripts/start.ts', [asked ?? found[0] ?? 'chromium']);
