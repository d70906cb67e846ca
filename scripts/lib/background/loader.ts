/**
 * What stands at the top of the built `background.js`: it knows the background's parts, and loads each when an `import()` of
 * the source asks for it. Self-contained, since the build writes it out as text.
 *
 * Chromium's service workers refuse `import()`, and run `importScripts()` later only for what was imported while the worker
 * was being installed; that stays in the browser's store of the worker's scripts, through its death, restarts and updates.
 * Firefox's background is a page, where `import()` runs a file.
 */

/** A module's code, as CommonJS. */
export type Factory = (
  module: { exports: unknown },
  exports: unknown,
  require: (file: string) => unknown,
  load: (file: string) => Promise<unknown>,
) => void;

/** The few globals that loading takes. */
export interface PartScope {
  readonly importScripts?: (url: string) => void;
  readonly trustedTypes?: {
    createPolicy(
      name: string,
      rules: { readonly createScriptURL: (url: string) => string },
    ): { createScriptURL(url: string): unknown };
  };
  readonly addEventListener?: (type: 'install', listener: () => void) => void;
}

export interface Loader {
  /** Called by each file with the code of its modules, which runs when it is first required. */
  readonly define: (name: string, factory: Factory) => void;
  readonly require: (name: string) => unknown;
  /** The part's exports. Rejects, after another try or two, with an error called `PartError`. */
  readonly load: (name: string) => Promise<unknown>;
}

/**
 * `parts`: for each module that an `import()` names, the files that it needs beside `background.js`.
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
  const fetched = new Set<string>();

  // The extension's policy takes no address of a script but from here, and here none but those of its own parts.
  const own = new Set(Object.values(parts).flat());
  const createScriptURL = (url: string) => {
    if (!own.has(url.slice(1))) throw new TypeError(url);
    return url;
  };
  const policy = scope.importScripts ? scope.trustedTypes?.createPolicy('background-parts', { createScriptURL }) : null;
  const run = (file: string) =>
    scope.importScripts?.((policy ?? { createScriptURL }).createScriptURL(`/${file}`) as string);

  function require(name: string): unknown {
    const known = modules.get(name);
    if (known) return known.exports;
    const factory = factories.get(name);
    if (!factory) throw new Error(name);
    const module = { exports: {} };
    modules.set(name, module);
    try {
      factory(module, module.exports, require, load);
    } catch (thrown) {
      // Half a module must not pass for a whole one at the next try.
      modules.delete(name);
      throw thrown;
    }
    return module.exports;
  }

  /** `attempt` makes another address of it: what failed once may be kept as failed under its own. */
  async function fetchFile(file: string, attempt: number): Promise<void> {
    if (fetched.has(file)) return;
    if (scope.importScripts) run(file);
    else await bring(attempt === 0 ? `/${file}` : `/${file}?${attempt}`);
    fetched.add(file);
  }

  async function load(name: string): Promise<unknown> {
    for (let attempt = 0; ; attempt += 1) {
      try {
        for (const each of parts[name] ?? []) await fetchFile(each, attempt);
        break;
      } catch (thrown) {
        if (attempt === 2) {
          throw Object.assign(new Error(`${name} did not load`, { cause: thrown }), { name: 'PartError' });
        }
        await pause(200 * (attempt + 1));
      }
    }
    return require(name);
  }

  if (scope.importScripts) {
    scope.addEventListener?.('install', () => {
      for (const file of own) {
        if (!fetched.has(file)) run(file);
        fetched.add(file);
      }
    });
  }
  return { define: (name, factory) => void factories.set(name, factory), require, load };
}
