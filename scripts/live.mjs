// npm run test:live: installs real targets from PyPI and delivers reviews to them; the work itself is in live.ts.
import { launch } from './setup.mjs';

await launch('scripts/live.ts', []);
