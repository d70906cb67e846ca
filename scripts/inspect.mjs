// npm run inspect: prepares this machine, then shows what detection finds on a page; the work itself is in inspect.ts.
import process from 'node:process';
import { launch } from './setup.mjs';

// Files are named from where the command was given; npm itself goes to the project's folder.
const { npm_lifecycle_event: script, INIT_CWD: from } = process.env;
process.env.COUNTERSIGN_CALLED_FROM = script === 'inspect' && from ? from : process.cwd();

const firefox = /--browser[ =]firefox/.test(process.argv.slice(2).join(' '));
await launch('scripts/inspect.ts', [firefox ? 'firefox' : 'chromium']);
