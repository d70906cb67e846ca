/** Length, format and language against what this site usually gives, and what no finished answer has in it. */
import { languageOf, quoted, sentencesOf } from '../text.ts';
import { none, type Signal, type TriageSubject, type Usual } from '../types.ts';

/** Answers of a site before anything counts as usual there. */
const ENOUGH = 12;
/** A part of the format is unusual where so few of the site's answers have it. */
const SELDOM = 0.04;

/** What an answer is made of, as one word for each part. */
export function formatOf(text: string): string {
  const parts = [
    /```|^ {4,}\S/m.test(text) ? 'code' : '',
    /^\s{0,3}\|.{1,400}\|/m.test(text) ? 'table' : '',
    /^\s{0,3}(?:[-*•]|\d{1,2}[.)]) \S/m.test(text) ? 'list' : '',
    /^#{1,4} \S/m.test(text) ? 'heading' : '',
    /https?:\/\/|www\./i.test(text) ? 'link' : '',
  ].filter(Boolean);
  return parts.length > 0 ? parts.join(' ') : 'text';
}

const placeholder =
  /\{\{[^}\n]{1,40}\}\}|\[(?:your |the |insert |customer|name|date|amount|company|link|ihr |name)[^\]\n]{0,30}\]|<(?:name|order|insert|date|customer)[^>\n]{0,30}>|\bTODO\b|\blorem ipsum\b|\bundefined\b|\bNaN\b|\[object Object\]/iu;

/** Within the text: what was left in, cut off, or said twice. */
function flaw(text: string): Signal | null {
  const left = placeholder.exec(text);
  if (left) return { strength: 1, words: `a placeholder was left in: "${quoted(left[0])}"` };
  if (text.trim().length < 3) return { strength: 0.9, words: 'the answer is empty' };
  const sentences = sentencesOf(text).filter((sentence) => sentence.length > 30);
  if (new Set(sentences).size < sentences.length) return { strength: 0.7, words: 'says the same sentence twice' };
  const letters = text.replace(/[^\p{L}]/gu, '');
  const capitals = text.replace(/[^\p{Lu}]/gu, '').length;
  if (letters.length > 60 && capitals > letters.length * 0.5) return { strength: 0.7, words: 'mostly in capitals' };
  if (text.length > 80 && /[\p{Ll},]$/u.test(text.trim()) && !/https?:\S+$/.test(text.trim())) {
    return { strength: 0.5, words: 'ends in the middle of a sentence' };
  }
  return null;
}

/** How far the length is from the usual one, as a strength: nothing up to 1.8 standard deviations of its logarithm. */
function lengthOf(text: string, usual: readonly Usual[]): Signal | null {
  const logs = usual.map(({ length }) => Math.log(length + 20));
  const mean = logs.reduce((sum, one) => sum + one, 0) / logs.length;
  const spread = Math.sqrt(logs.reduce((sum, one) => sum + (one - mean) ** 2, 0) / logs.length);
  const far = (Math.log(text.length + 20) - mean) / Math.max(spread, 0.15);
  if (Math.abs(far) < 1.8) return null;
  const strength = Math.min(1, (Math.abs(far) - 1.8) / 2 + 0.3);
  return { strength, words: `much ${far > 0 ? 'longer' : 'shorter'} than this site's other answers` };
}

export function shape({ prompt }: Pick<TriageSubject, 'prompt'>, text: string, usual: readonly Usual[]): Signal {
  const found = [flaw(text)];
  const [asked, given] = [languageOf(prompt ?? ''), languageOf(text)];
  if (asked && given && asked !== given)
    found.push({ strength: 0.8, words: `asked in ${asked}, answered in ${given}` });
  if (usual.length >= ENOUGH) {
    found.push(lengthOf(text, usual));
    for (const part of formatOf(text).split(' ')) {
      const share = usual.filter(({ format }) => format.split(' ').includes(part)).length / usual.length;
      if (share <= SELDOM) found.push({ strength: 0.4, words: `has a ${part}, which is unusual on this site` });
    }
  }
  return found.filter((one) => one !== null).sort((one, other) => other.strength - one.strength)[0] ?? none;
}
