/** Copies of the build with a few lines before a script, to slow it down or to note when it does something. */
import { rmSync } from 'node:fs';
import { cp, mkdtemp, readFile, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A copy of the build in `folder`, in a temporary folder of its own that is gone when this process ends, with the lines before these files of it; before the scripts of a page where it is one. */
export async function withLines(folder: string, before: Readonly<Record<string, string>>): Promise<string> {
  const copy = await mkdtemp(join(tmpdir(), 'countersign-copy-'));
  process.once('exit', () => rmSync(copy, { recursive: true, force: true }));
  await cp(folder, copy, { recursive: true });
  for (const [file, lines] of Object.entries(before)) {
    const path = join(copy, file);
    const source = await readFile(path, 'utf8');
    if (file.endsWith('.html')) {
      // The extension's policy takes no script of a page but from a file.
      await writeFile(`${path}.js`, lines);
      await writeFile(path, source.replace('<head>', `<head><script src="/${file}.js"></script>`));
    } else await writeFile(path, lines + source);
  }
  return copy;
}
