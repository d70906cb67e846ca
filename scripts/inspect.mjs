// npm run inspect: prepares this machine, then shows what detection finds on a page; the work itself is in inspect.ts.
import process from 'node:process';
import { launch } from './setup.mjs';

const firefox = /--browser[ =]firefox/.test(process.argv.slice(2).join(' '));
await launch('scripts/inspect.ts', [firefox ? 'firefox' : 'chromium']);
