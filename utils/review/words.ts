/**
 * Cuts text into the units that a word diff compares: words, marks, line breaks. Blanks belong to the unit before them,
 * so that two words count as the same word whatever follows them.
 */

/** The units of one text as parallel arrays. Unit `i` is `text.slice(start[i], start[i + 1])`; its core ends at `coreEnd[i]`, the rest is blank. */
export interface Units {
  readonly text: string;
  /** One longer than the number of units: the last entry is the length of the text. */
  readonly start: readonly number[];
  readonly coreEnd: readonly number[];
  readonly isWord: readonly boolean[];
}

/** Scripts written without blanks between words; `Intl.Segmenter` finds the words in a run of them. */
const unspaced =
  '\\p{Script=Han}\\p{Script=Hiragana}\\p{Script=Katakana}\\u30fc\\p{Script=Thai}\\p{Script=Lao}\\p{Script=Khmer}\\p{Script=Myanmar}';
const letter = '\\p{L}\\p{N}\\p{M}_';

const unit = new RegExp(
  [
    '(\\r\\n|[\\n\\r\\u2028\\u2029])',
    '([^\\S\\n\\r\\u2028\\u2029]+)',
    `([${unspaced}][${unspaced}\\p{M}]*)`,
    // Apostrophes between letters, and separators between digits, are part of the word. U+200C and U+200D join letters.
    `([${letter}](?:(?![${unspaced}])[${letter}\\u200c\\u200d]|(?<=\\p{L})['’](?=\\p{L})|(?<=\\p{N})[.,](?=\\p{N}))*)`,
    // One mark, or a row of the same one: `...`, `---`.
    '([!-/:-@[-^`{-~])\\5*',
    '[^]',
  ].join('|'),
  'uy',
);

/** Matches a character that may be one grapheme with what follows it, even a blank. */
export const opensCluster =
  /[\p{Cf}\p{Regional_Indicator}\u0d4e\u{111c2}\u{111c3}\u{1193f}\u{11941}\u{11a3a}\u{11a84}-\u{11a89}\u{11d46}\u{11f02}]/u;
/** Matches a character that may be one grapheme with what precedes it. */
const joinsCluster =
  /[\p{M}\p{Cf}\p{Emoji_Modifier}\p{Regional_Indicator}\u0e33\u0eb3\u1160-\u11ff\ud7b0-\ud7fb\uff9e\uff9f]/u;

// Made when first needed: plain text never needs them, and making one takes milliseconds.
let graphemes: Intl.Segmenter | undefined;
let words: Intl.Segmenter | undefined;

function codePointBefore(text: string, at: number): string {
  const low = text.charCodeAt(at - 1);
  return low >= 0xdc00 && low <= 0xdfff && at > 1 ? text.slice(at - 2, at) : text.slice(at - 1, at);
}

/** Kinds of ASCII characters: 1 in words, 2 blank, 3 marks; 0 leaves the decision to the pattern, as do all others. */
const kinds = Uint8Array.from({ length: 128 }, (_, code) => {
  const character = String.fromCharCode(code);
  if (/\w/.test(character)) return 1;
  if (/[ \t]/.test(character)) return 2;
  return /[!-/:-@[-^`{-~]/.test(character) ? 3 : 0;
});
const kindAt = (text: string, at: number) => kinds[text.charCodeAt(at)] ?? 0;

/** End of the core at `at` where plain ASCII decides it, else -1. Cuts as `unit` does, several times as fast. */
function plainCoreEnd(text: string, at: number): number {
  const kind = kindAt(text, at);
  let end = at + 1;
  if (kind === 1) {
    while (kindAt(text, end) === 1) end++;
    const next = text.charCodeAt(end);
    // An apostrophe or separator may go on with the word.
    if ((next === 39 || next === 44 || next === 46) && kindAt(text, end + 1) !== 2) return -1;
  } else if (kind === 3) {
    const mark = text.charCodeAt(at);
    while (text.charCodeAt(end) === mark) end++;
  } else if (text.charCodeAt(at) !== 10) return -1;
  return text.charCodeAt(end) < 128 ? end : -1;
}

/** End of the blank at `at`, or -1 where plain ASCII does not decide it. */
function plainBlankEnd(text: string, at: number): number {
  let end = at;
  while (kindAt(text, end) === 2) end++;
  return end === at || kindAt(text, end) !== 0 || text.charCodeAt(end) === 10 ? end : -1;
}

/** How many units are cut between two pauses. */
const STRIDE = 2_000;

/**
 * Cuts `text`; yields now and then so that the caller can pause. Never cuts inside a grapheme: where a cheap test of the
 * two characters cannot rule that out, `Intl.Segmenter` decides.
 */
export function* splitWords(text: string): Generator<void, Units> {
  const start: number[] = [];
  const coreEnd: number[] = [];
  const isWord: boolean[] = [];
  let clusters: Intl.Segments | null = null;

  const splitsGrapheme = (at: number) => {
    if (at === 0 || (text.charCodeAt(at - 1) < 0x300 && text.charCodeAt(at) < 0x300)) return false;
    const after = String.fromCodePoint(text.codePointAt(at) ?? 0);
    if (!joinsCluster.test(after) && !opensCluster.test(codePointBefore(text, at))) return false;
    graphemes ??= new Intl.Segmenter(undefined, { granularity: 'grapheme' });
    clusters ??= graphemes.segment(text);
    return clusters.containing(at)?.index !== at;
  };
  const add = (from: number, to: number, blank: boolean, word: boolean) => {
    const last = start.length - 1;
    if (last >= 0 && splitsGrapheme(from)) {
      coreEnd[last] = to;
      isWord[last] ||= word;
    } else if (!blank || last < 0) {
      start.push(from);
      coreEnd.push(blank ? from : to);
      isWord.push(word);
    }
  };

  let steps = 0;
  for (let at = 0; at < text.length; ) {
    const plain = at === 0 || text.charCodeAt(at - 1) < 128 ? plainCoreEnd(text, at) : -1;
    if (plain !== -1) {
      start.push(at);
      coreEnd.push(plain);
      isWord.push(kindAt(text, at) === 1);
      const blankEnd = plainBlankEnd(text, plain);
      at = blankEnd === -1 ? plain : blankEnd;
      if (++steps % STRIDE === 0) yield;
      continue;
    }
    unit.lastIndex = at;
    const match = unit.exec(text);
    if (!match) break;
    const end = at + match[0].length;
    if (match[3] !== undefined && match[3].length > 1) {
      words ??= new Intl.Segmenter(undefined, { granularity: 'word' });
      for (const { index, segment } of words.segment(match[3])) {
        add(at + index, at + index + segment.length, false, true);
        if (++steps % STRIDE === 0) yield;
      }
    } else {
      add(at, end, match[2] !== undefined, match[3] !== undefined || match[4] !== undefined);
    }
    // `exec` shares its state with other splits that may run while this one pauses, hence `at`.
    at = end;
    if (++steps % STRIDE === 0) yield;
  }
  start.push(text.length);
  return { text, start, coreEnd, isWord };
}
