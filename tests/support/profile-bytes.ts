/** What a browser's profile folder holds, byte by byte: whether some words were ever written to the disk. */
import { readdir, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';

/** Letters. A packed file may hold a word in pieces; pieces of this length are nobody else's, where the word is of random letters. */
const PIECE = 7;

/** The files of the profile in which any of the words stands, whole or in pieces, as one byte or two bytes a letter, each with its words. */
export async function filesWith(profile: string, words: readonly string[]): Promise<readonly string[]> {
  const sought = words.map((word) => {
    const pieces = Array.from({ length: word.length - PIECE + 1 }, (_, at) => word.slice(at, at + PIECE));
    return [word, pieces.flatMap((piece) => [Buffer.from(piece, 'latin1'), Buffer.from(piece, 'utf16le')])] as const;
  });
  const found: string[] = [];
  for (const name of await readdir(profile, { recursive: true })) {
    const path = join(profile, name);
    // A browser that runs makes and removes files all the time.
    const bytes = await stat(path)
      .then((about) => (about.isFile() ? readFile(path) : null))
      .catch(() => null);
    if (!bytes) continue;
    const here = sought.filter(([, pieces]) => pieces.some((piece) => bytes.includes(piece)));
    if (here.length > 0) found.push(`${name}: ${here.map(([word]) => word).join(', ')}`);
  }
  return found;
}
