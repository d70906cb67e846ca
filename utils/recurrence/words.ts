/** A text as the words that are compared: what people write differently without meaning something else is the same here. */

/** No more words of a text are looked at: enough for any answer, and work that a hostile page cannot make endless. */
const MOST_WORDS = 3_000;
/** No word has so many characters that no more can be cut off. */
const MOST_CHARACTERS = MOST_WORDS * 12;

/** Scripts written without blanks between words: each character counts as a word, and rows of them tell texts apart. */
const unspaced =
  '\\p{Script=Han}\\p{Script=Hiragana}\\p{Script=Katakana}\\p{Script=Thai}\\p{Script=Lao}\\p{Script=Khmer}\\p{Script=Myanmar}';
const word = new RegExp(`[${unspaced}]|[\\p{L}\\p{N}]+`, 'gu');
const alone = new RegExp(`^[${unspaced}]$`, 'u');
const digit = /\p{N}/u;

/** Whether a word stands for a character of a script without blanks. */
export const isCharacter = (one: string): boolean => alone.test(one);

/** What stands for any number, amount, date or reference. */
export const NUMBER = '0';

/** The words of a text, lowercase, without accents, in their order; with `numbers` false, all numbers are one word. */
export function wordsOf(text: string, { numbers = false } = {}): readonly string[] {
  const plain = text.slice(0, MOST_CHARACTERS).normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase();
  const words: string[] = [];
  for (const [one] of plain.matchAll(word)) {
    words.push(!numbers && digit.test(one) ? NUMBER : one);
    if (words.length === MOST_WORDS) break;
  }
  return words;
}
