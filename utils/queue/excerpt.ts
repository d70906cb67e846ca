/** The beginning of an answer, in one line. */

/** Characters that are kept. */
const LENGTH = 220;

/** As much of it as a list shows, never cut inside a surrogate pair. */
export function excerptOf(text: string): string {
  // A window first: a long answer is not rewritten for the sake of two lines.
  const line = text
    .slice(0, LENGTH * 3)
    .replace(/\s+/g, ' ')
    .trim();
  return line.slice(0, LENGTH).toWellFormed().replaceAll('\ufffd', '');
}
