/**
 * How long a text takes to read. 238 words per minute is the mean of adults reading English non-fiction silently (Brysbaert
 * 2019, "How many words do we read per minute?", Journal of Memory and Language 109); in Chinese it is 255 to 260 characters
 * per minute (the same, and Trauzettel-Klosinski and Dietz 2012).
 */
const CHARS_PER_MS = (238 * 6) / 60_000;
const IDEOGRAMS_PER_MS = 258 / 60_000;
const ideogram = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}]/gu;
/** A long text is judged by its beginning, in UTF-16 code units. */
const SAMPLE = 4_000;

/** About how long an adult reads at this text, in ms; a word counts 6 characters, its space among them. */
export function readingMs(text: string): number {
  const sample = text.slice(0, SAMPLE);
  const ideograms = sample.match(ideogram)?.length ?? 0;
  const ms = ideograms / IDEOGRAMS_PER_MS + (sample.length - ideograms) / CHARS_PER_MS;
  return Math.round(sample.length === 0 ? 0 : (ms * text.length) / sample.length);
}
