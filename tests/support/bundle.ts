/** Bundles code of this project, or a peer from npm, as one script for a page. */
import { build } from 'vite';

const made = new Map<string, Promise<string>>();

/**
 * The module at `entry`, a path, as one minified script that sets `globalThis[name]` to what it exports. Each is bundled once
 * a process.
 */
export function bundle(entry: string, name: string): Promise<string> {
  const key = `${name} ${entry}`;
  const known = made.get(key);
  if (known) return known;
  const making = build({
    configFile: false,
    logLevel: 'error',
    define: { 'process.env.NODE_ENV': '"production"' },
    build: { write: false, target: 'es2022', lib: { entry, formats: ['iife'], name } },
  }).then((result) => {
    const [first] = Array.isArray(result) ? result : [result];
    const chunk = first && 'output' in first ? first.output[0] : undefined;
    if (!chunk) throw new Error(`${entry} was not bundled`);
    return `${chunk.code}; globalThis.${name} = ${name}; null;`;
  });
  made.set(key, making);
  return making;
}
