/** Words and sentences as the signals see them. Everything here is linear in the text, of which a bounded part is read. */

/** Characters that are looked at: what is longer is judged by its beginning. */
const MOST_CHARS = 100_000;

/** Quotes, dashes and spaces in one spelling; same length as what was given, as far as it is read. */
export const plain = (text: string): string =>
  text
    .slice(0, MOST_CHARS)
    .replace(/[\u2018\u2019\u02bc\u00b4]/g, "'")
    .replace(/[\u201c\u201d\u201e\u00ab\u00bb]/g, '"')
    .replace(/[\u2010-\u2015\u2212]/g, '-')
    .replace(/[\u00a0\u202f\u2009]/g, ' ');

/** Words that carry nothing by themselves, of the languages that the lexicon knows. */
const empty = new Set(
  `a about after all also am an and any are as at be been before but by can could did do does for from get had has have he her here his how i if in into is it its just like may me might more most my no not now of on one only or our out over please she should so some than that the their them then there these they this to up us was we were what when where which who will with would you your yours
  aber als am an auch auf aus bei bin bis bitte da damit das dass dein dem den der des die dies diese dieser doch du durch ein eine einem einen einer er es für hat haben ich ihr ihre ihnen im in ist ja kann können man mein mich mir mit nach nicht noch nur ob oder sein sich sie sind so und uns unser vom von vor war was wenn wer wie wird wir wo zu zum zur
  le la les un une des du de et est en que qui dans pour pas sur au aux avec ce cette il elle nous vous votre je se son sa el los las una y es por para con su lo al del se il di che non per una sono het een van niet met voor op zijn te dat`.split(
    /\s+/,
  ),
);

/** The words of a text, lowercase. */
const wordsOf = (text: string): string[] => text.toLowerCase().match(/[\p{L}\p{N}]+(?:'[\p{L}]+)?/gu) ?? [];

/** A rough stem: endings of English and German nouns and verbs go, so that `refunds` meets `refund`. */
function stem(word: string): string {
  if (word.length < 5) return word;
  return word.replace(/(?:ings?|edly|ed|ies|es|en|ern|er|s|e|y)$/u, '');
}

/** Words that carry something, stemmed, in order. */
export const contentOf = (text: string): string[] =>
  wordsOf(text)
    .filter((word) => word.length > 2 && !empty.has(word) && !/^\d/.test(word))
    .map(stem);

/** Sentences and list items, without what lies in code blocks. */
export function sentencesOf(text: string, most = 400): string[] {
  return text
    .replace(/```[^`]*```/g, ' ')
    .split(/(?<=[.!?])\s+|\n+/)
    .map((sentence) => sentence.trim())
    .filter((sentence) => sentence.length > 2)
    .slice(0, most);
}

const tells: Readonly<Record<string, readonly string[]>> = {
  English: 'the and you your for with this that have are will can not'.split(' '),
  German: 'der die das und ist nicht sie ich wir mit für auf ein eine haben werden'.split(' '),
  French: 'le les des est vous votre nous dans pour pas une avec que'.split(' '),
  Spanish: 'el los las una para con por que su usted está del no'.split(' '),
  Italian: 'il gli una per con che non sono della suo è di può'.split(' '),
  Dutch: 'het een van niet met voor zijn u uw wij kunt op'.split(' '),
};

/** The language of a text by its small words; null where it is too short, or nobody's. */
export function languageOf(text: string): string | null {
  const words = wordsOf(text.slice(0, 4_000));
  if (words.length < 6) return null;
  const counted = new Map<string, number>();
  for (const word of words) counted.set(word, (counted.get(word) ?? 0) + 1);
  const scores = Object.entries(tells)
    .map(([language, small]) => ({ language, score: small.reduce((sum, word) => sum + (counted.get(word) ?? 0), 0) }))
    .sort((one, other) => other.score - one.score);
  const [first, second] = scores;
  if (!first || first.score < Math.max(2, words.length * 0.08)) return null;
  return first.score >= (second?.score ?? 0) * 1.5 ? first.language : null;
}

/** A few words of a text, for a reason. */
export function quoted(text: string, most = 60): string {
  const line = text.replace(/\s+/g, ' ').trim();
  const cut = line.length > most ? `${line.slice(0, most - 1).trimEnd()}…` : line;
  return cut.toWellFormed();
}
