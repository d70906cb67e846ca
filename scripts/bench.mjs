// npm run bench: prepares this machine, then measures; the work itself is in tests/bench/run.ts.
import { launch } from './setup.mjs';

await launch('tests/bench/run.ts', process.argv.includes('--firefox') ? ['firefox'] : ['chromium']);
