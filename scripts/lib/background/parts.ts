/**
 * Makes of every `import()` in the background's source a file of its own, which loads when it is first asked for; see
 * loader.ts for how. What a part shares with what `background.js` starts with stays in there, once.
 */
import { readFileSync } from 'node:fs';
import { basename, dirname, posix } from 'node:path';
import type { InlineConfig, Plugin, Rolldown } from 'vite';
import { minify, transformWithOxc } from 'vite';

const CORE = 'background.js';
/** The part that hardly a life of the background goes without. What it shares with others is one file, loaded at once. */
const FIRST = 'background/answering.js';
const SHARED = 'background/shared.js';
/** Where the parts call in; the one global name of the background. */
const DEFINE = 'countersignPart';

type Chunk = Rolldown.OutputChunk;

/** The static imports of a file, before the file itself. */
function withImports(chunks: ReadonlyMap<string, Chunk>, file: string, seen = new Set<string>()): Set<string> {
  for (const each of chunks.get(file)?.imports ?? []) if (!seen.has(each)) withImports(chunks, each, seen);
  return seen.add(file);
}

/** A chunk's code, with the files that it names named from the extension's root. */
function codeOf({ fileName, code, imports, dynamicImports }: Chunk): string {
  const at = (path: string) => posix.join(dirname(fileName), path);
  const found = { imports: 0, dynamicImports: 0 };
  const named = code
    .replaceAll(/Promise\.resolve\(\)\.then\(\(\)=>require\(["'`](\.[^"'`]+)["'`]\)\)/g, (_, path: string) => {
      found.dynamicImports += 1;
      return `load(${JSON.stringify(at(path))})`;
    })
    .replaceAll(/\brequire\(["'`](\.[^"'`]+)["'`]\)/g, (_, path: string) => {
      found.imports += 1;
      return `require(${JSON.stringify(at(path))})`;
    });
  // The form of an import is the bundler's own: one that is not understood must not get into a build.
  if (found.imports !== imports.length || found.dynamicImports < dynamicImports.length) {
    throw new Error(`${fileName}: not all of its imports are where they were expected`);
  }
  return `${DEFINE}(${JSON.stringify(fileName)},function(module,exports,require,load){"use strict";${named}\n});\n`;
}

/** The loader as one expression. */
async function loaderCode(): Promise<string> {
  const path = new URL('./loader.ts', import.meta.url).pathname;
  const { code } = await transformWithOxc(readFileSync(path, 'utf8'), path, { sourcemap: false });
  const plain = `(()=>{${code.replaceAll(/^export (?=function)/gm, '').replaceAll(/^export \{.*\};?$/gm, '')}\nreturn createLoader})()`;
  return (await minify('loader.js', `globalThis.x=${plain}`)).code.replace(/^globalThis\.x=/, '').replace(/;\s*$/, '');
}

function plugin(): Plugin {
  return {
    name: 'countersign:background-parts',
    enforce: 'post',
    async generateBundle(_, bundle) {
      const chunks = new Map<string, Chunk>();
      for (const each of Object.values(bundle)) if (each.type === 'chunk') chunks.set(each.fileName, each);
      const core = withImports(chunks, CORE);
      const asked = new Set([...chunks.values()].flatMap(({ dynamicImports }) => dynamicImports));
      const shared = new Set([...withImports(chunks, FIRST)].filter((file) => file !== FIRST && !core.has(file)));
      /** The files in which a module and all that it imports are; `background.js` is there already. */
      const filesOf = (name: string) => {
        const names = [...withImports(chunks, name)].filter((each) => !core.has(each));
        return [...new Set(names.map((each) => (shared.has(each) ? SHARED : each)))];
      };
      const parts = Object.fromEntries([...asked].sort().map((name) => [name, filesOf(name)]));
      const code = new Map([...chunks].map(([file, chunk]) => [file, codeOf(chunk)]));
      const start = [
        `{const loader=(${await loaderCode()})(globalThis,${JSON.stringify(parts)},(url)=>import(url));`,
        `globalThis.${DEFINE}=loader.define;`,
        ...[...core].map((file) => code.get(file)),
        `loader.require(${JSON.stringify(CORE)})}`,
      ];
      for (const [file, chunk] of chunks) {
        if (file === CORE) chunk.code = start.join('');
        else if (core.has(file) || shared.has(file)) delete bundle[file];
        else chunk.code = code.get(file) ?? '';
      }
      const source = [...shared].map((file) => code.get(file)).join('');
      this.emitFile({ type: 'asset', fileName: SHARED, source });
    },
  };
}

/** Changes the build of the background, and of nothing else. */
export function splitBackground(config: InlineConfig): void {
  const { lib, rollupOptions } = config.build ?? {};
  const output = rollupOptions?.output;
  if (!lib || !output || Array.isArray(output)) throw new Error('the background is not built as it was');
  lib.formats = ['cjs'];
  // What is called index is called by its folder.
  const nameOf = ({ name, facadeModuleId }: Rolldown.PreRenderedChunk) =>
    name === 'index' && facadeModuleId ? basename(dirname(facadeModuleId)) : name;
  Object.assign(output, { chunkFileNames: (chunk: Rolldown.PreRenderedChunk) => `background/${nameOf(chunk)}.js` });
  config.plugins = [...(config.plugins ?? []), plugin()];
}
