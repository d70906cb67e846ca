// npm run collector: starts the collector on the Node.js that the project brings. Plain JavaScript, for any Node.js from 20 on.
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import process from 'node:process';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const node = join(root, 'node_modules', 'node', 'bin', process.platform === 'win32' ? 'node.exe' : 'node');

if (!existsSync(node)) {
  console.error('The dependencies are not installed. Run this first, in the folder of the project:\n\n  npm install\n');
  process.exit(1);
}

const child = spawn(node, [join(root, 'collector', 'main.ts'), ...process.argv.slice(2)], { stdio: 'inherit' });
// A terminal sends Ctrl+C to both; whoever started this script alone sends it here.
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) {
  process.on(signal, () => child.kill(signal === 'SIGHUP' ? 'SIGTERM' : signal));
}
child.on('error', (error) => {
  console.error(`The collector cannot be started: ${error.message}`);
  process.exit(1);
});
child.on('exit', (code, signal) => process.exit(code ?? (signal === 'SIGINT' ? 130 : 1)));
