// npm test: prepares this machine, then runs every check; the work itself is in test.ts.
import { launch } from './setup.mjs';

await launch('scripts/test.ts', ['chromium', 'firefox']);
