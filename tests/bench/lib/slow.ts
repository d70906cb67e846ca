/**
 * Slowdowns made on purpose, to see that the right rows turn red: a copy of the build with a few lines put before a script.
 * Nothing of it is in the product.
 */
import { cp, mkdtemp, readFile, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

interface Slowdown {
  readonly says: string;
  /** Which files of the build, and what runs before them. */
  readonly before: Readonly<Record<string, string>>;
}

export const slowdowns: Readonly<Record<string, Slowdown>> = {
  query: {
    says: 'an extra query of the whole document for each call of a mutation observer',
    before: {
      'overlay.js': `{const Real=MutationObserver;globalThis.MutationObserver=class extends Real{constructor(heard){super((...all)=>{for(const each of document.querySelectorAll('*'))each.textContent;heard(...all)})}}}\n`,
    },
  },
};

/** A copy of the build in `folder` with the slowdown; it lies in a temporary folder of its own. */
export async function slowed(folder: string, name: string): Promise<string> {
  const slowdown = slowdowns[name];
  if (!slowdown) throw new Error(`There is no slowdown ${name}; there is: ${Object.keys(slowdowns).join(', ')}`);
  const copy = await mkdtemp(join(tmpdir(), `countersign-slow-${name}-`));
  await cp(folder, copy, { recursive: true });
  for (const [file, lines] of Object.entries(slowdown.before)) {
    const path = join(copy, file);
    await writeFile(path, lines + (await readFile(path, 'utf8')));
  }
  return copy;
}
