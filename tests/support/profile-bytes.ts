/** What a browser's profile folder holds, byte by byte: whether some words were ever written to the disk. */
import { readdir, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';

/** The files of the profile in which any of the words stands, as one byte or two bytes a letter, each with its words. */
export async function filesWith(profile: string, words: readonly string[]): Promise<readonly string[]> {
  const sought = words.map((word) => [word, Buffer.from(word, 'latin1'), Buffer.from(word, 'utf16le')] as const);
  const found: string[] = [];
  for (const name of await readdir(profile, { recursive: true })) {
    const path = join(profile, name);
    // A browser that runs makes and removes files all the time.
    const bytes = await stat(path)
      .then((about) => (about.isFile() ? readFile(path) : null))
      .catch(() => null);
    if (!bytes) continue;
    const here = sought.filter(([, narrow, wide]) => bytes.includes(narrow) || bytes.includes(wide));
    if (here.length > 0) found.push(`${name}: ${here.map(([word]) => word).join(', ')}`);
  }
  return found;
}
