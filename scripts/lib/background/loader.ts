/**
 * What stands at the top of the built `background.js`: it knows the background's parts, and loads each when an `import()` of
 * the source asks for it. Self-contained, since the build writes it out as text.
 *
 * Chromium's service workers refuse `import()`, and run `importScripts()` later only for what was imported while the worker
 * was being installed; that stays in the browser's store of the worker's scripts, through its death, restarts and updates.
 * Firefox's background is a page, where `import()` runs a file.
 */

/** A built file's code, as CommonJS. */
export type Factory = (
  module: { exports: unknown },
  exports: unknown,
  require: (file: string) => unknown,
  load: (file: string) => Promise<unknown>,
) => void;

/** The few globals that loading takes. */
export interface PartScope {
  readonly importScripts?: (url: string) => void;
  readonly addEventListener?: (type: 'install', listener: () => void) => void;
}

export interface Loader {
  /** Called by each file with its code, which runs when it is first required. */
  readonly define: (file: string, factory: Factory) => void;
  readonly require: (file: string) => unknown;
  /** The part's exports. Rejects, after another try or two, with an error called `PartError`. */
  readonly load: (file: string) => Promise<unknown>;
}

/**
 * `parts`: for each file that an `import()` names, all that it needs and `background.js` has not, itself last.
 * `bring` runs a file where there are no worker's scripts.
 */
export function createLoader(
  scope: PartScope,
  parts: Readonly<Record<string, readonly string[]>>,
  bring: (url: string) => Promise<unknown>,
  pause: (ms: number) => Promise<unknown> = (ms) => new Promise((resume) => setTimeout(resume, ms)),
): Loader {
  const factories = new Map<string, Factory>();
  const modules = new Map<string, { exports: unknown }>();

  function require(file: string): unknown {
    const known = modules.get(file);
    if (known) return known.exports;
    const factory = factories.get(file);
    if (!factory) throw new Error(file);
    const module = { exports: {} };
    modules.set(file, module);
    try {
      factory(module, module.exports, require, load);
    } catch (thrown) {
      // Half a module must not pass for a whole one at the next try.
      modules.delete(file);
      throw thrown;
    }
    return module.exports;
  }

  /** `attempt` makes another address of it: what failed once may be kept as failed under its own. */
  async function fetchFile(file: string, attempt: number): Promise<void> {
    if (factories.has(file)) return;
    if (scope.importScripts) scope.importScripts(`/${file}`);
    else await bring(attempt === 0 ? `/${file}` : `/${file}?${attempt}`);
  }

  async function load(file: string): Promise<unknown> {
    for (let attempt = 0; ; attempt += 1) {
      try {
        for (const each of parts[file] ?? []) await fetchFile(each, attempt);
        break;
      } catch (thrown) {
        if (attempt === 2) {
          throw Object.assign(new Error(`${file} did not load`, { cause: thrown }), { name: 'PartError' });
        }
        await pause(200 * (attempt + 1));
      }
    }
    return require(file);
  }

  if (scope.importScripts) {
    scope.addEventListener?.('install', () => {
      for (const file of new Set(Object.values(parts).flat()))
        if (!factories.has(file)) scope.importScripts?.(`/${file}`);
    });
  }
  return { define: (file, factory) => void factories.set(file, factory), require, load };
}
