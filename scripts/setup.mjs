// Makes sure that everything is there which `npm start` and `npm test` need, then goes on under the project's own Node.
// Plain JavaScript for Node 20: it runs on a fresh clone, before anything is installed.
import { spawn, spawnSync } from 'node:child_process';
import { existsSync, readFileSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import process from 'node:process';
import { fileURLToPath } from 'node:url';
import { findBrowser, overrides } from './browsers.mjs';

export const repository = join(dirname(fileURLToPath(import.meta.url)), '..');
const projectNode = join(repository, 'node_modules/node/bin', process.platform === 'win32' ? 'node.exe' : 'node');
const debianPackages = { chromium: 'chromium', firefox: 'firefox-esr' };
const names = { chromium: 'Chromium (or Chrome, or Edge)', firefox: 'Firefox' };

/** Ends with a message that says what is wrong and what to do next. */
function stop(...lines) {
  for (const line of lines) console.error(line);
  process.exit(1);
}

/** Runs a program with its output shown; says every 15 s that it is still running. Answers its exit code. */
function run(title, command, args) {
  // To stderr: stdout belongs to the program that follows.
  console.error(`${title} …`);
  const started = Date.now();
  const seconds = () => Math.round((Date.now() - started) / 1000);
  const timer = setInterval(() => console.error(`  still at it, ${seconds()} s`), 15_000);
  return new Promise((resolve) => {
    const child = spawn(command, args, {
      cwd: repository,
      stdio: ['ignore', 2, 2],
      shell: process.platform === 'win32',
      env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
    });
    child.on('error', () => resolve(127));
    child.on('exit', (code) => resolve(code ?? 1));
  }).finally(() => {
    clearInterval(timer);
    console.error(`  ${seconds()} s`);
  });
}

function dependenciesAreFresh() {
  const installed = join(repository, 'node_modules/.package-lock.json');
  if (!existsSync(installed) || !existsSync(projectNode)) return false;
  return statSync(installed).mtimeMs >= statSync(join(repository, 'package-lock.json')).mtimeMs;
}

async function installDependencies() {
  if (dependenciesAreFresh()) return;
  // Under npm, the very npm that runs the script; else the one on the PATH.
  const npm = process.env.npm_execpath;
  // Not `npm ci`: it refuses a lockfile that lacks the optional packages of other systems, which npm leaves out where its
  // registry does not have them. `install --no-save` installs the locked versions too, and leaves the lockfile alone.
  const args = ['install', '--no-save', '--no-audit', '--no-fund'];
  const code = await (npm?.endsWith('.js')
    ? run('Installing dependencies (npm install)', process.execPath, [npm, ...args])
    : run('Installing dependencies (npm install)', 'npm', args));
  if (code !== 0)
    stop('npm install failed; its reason stands above. Check the network, then run the same command again.');
  if (spawnSync(projectNode, ['--version']).status !== 0) {
    stop(
      'The package "node" was installed without its program, because install scripts are switched off here.',
      'Run: npm rebuild node --ignore-scripts=false',
    );
  }
}

function isDebian() {
  try {
    return /^ID(_LIKE)?=.*(debian|ubuntu)/m.test(readFileSync('/etc/os-release', 'utf8'));
  } catch {
    return false;
  }
}

async function installBrowsers(missing) {
  const packages = missing.map((name) => debianPackages[name]);
  const mayInstall = process.getuid?.() === 0 && isDebian();
  if (mayInstall) {
    const updated = await run('Updating the package list (apt-get update)', 'apt-get', ['update', '-q']);
    if (updated === 0)
      await run(`Installing ${packages.join(' and ')}`, 'apt-get', ['install', '-y', '-q', ...packages]);
  }
  const still = missing.filter((name) => findBrowser(name) === null);
  if (still.length === 0) return;
  stop(
    `No ${still.map((name) => names[name]).join(' and no ')} found on this machine.`,
    ...still.map((name) => `Install ${names[name]}, or set ${overrides[name]} to its program.`),
    ...(isDebian() ? [`On Debian: sudo apt-get install ${still.map((name) => debianPackages[name]).join(' ')}`] : []),
  );
}

/**
 * Prepares this machine, then runs `script` under the project's Node with the same arguments and ends with its exit code.
 * `browsers` names the browsers that must be there.
 */
export async function launch(script, browsers) {
  await installDependencies();
  const missing = browsers.filter((name) => findBrowser(name) === null);
  if (missing.length > 0) await installBrowsers(missing);
  const child = spawn(projectNode, [join(repository, script), ...process.argv.slice(2)], {
    cwd: repository,
    stdio: 'inherit',
    env: {
      ...process.env,
      PATH: `${join(repository, 'node_modules/.bin')}${process.platform === 'win32' ? ';' : ':'}${process.env.PATH}`,
    },
  });
  // Ctrl+C reaches the whole group; the child ends in its own order and this process with it.
  for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => child.kill(signal));
  child.on('exit', (code, signal) => process.exit(code ?? (signal ? 130 : 1)));
}
