/** What the comparison shows, read off its store: the letters, the words for ranks, one sentence that says how it stands. */
import type { Candidate, Comparing } from '../../utils/editing/comparing.ts';
import type { TextDiff } from '../../utils/review/diff.ts';
import { LETTERS, openPlaces, type Ranking, ranksOf, type Strength } from '../../utils/review/ranking.ts';
import type { Dimension } from '../../utils/review/rubric.ts';
import type { Problem } from '../../utils/review/rubric-use.ts';
import type { Rating, Verdict } from '../../utils/review/schema.ts';
import type { SaveView } from './view.ts';

/** One answer beside others. */
export interface ComparedView {
  readonly key: string;
  readonly letter: string;
  readonly text: string;
  /** Where it stands, in a word; null where it does not yet. */
  readonly standing: string | null;
  readonly isBest: boolean;
  /** The model and the site; null while names are hidden. */
  readonly name: string | null;
  readonly ratings: readonly Rating[];
  /** The questions that are asked of it now. */
  readonly dimensions: readonly Dimension[];
  /** What keeps its ratings from being stored, by dimension, in words. */
  readonly problems: ReadonlyMap<string, string>;
  /** What changes from the first answer to this one; null where that is not asked for, or not known yet. */
  readonly diff: TextDiff | null;
}

/** An answer that could be compared too, or that is. */
export interface ChoiceView {
  readonly key: string;
  readonly label: string;
  readonly on: boolean;
  /** Its prompt is another one, as far as is known. */
  readonly otherPrompt: boolean;
  readonly pinId: string | null;
}

export interface CompareModel {
  readonly prompt: string | null;
  readonly answers: readonly ComparedView[];
  readonly choices: readonly ChoiceView[];
  /** What else keeps the review from being stored, which is asked in the form of the one answer. */
  readonly elsewhere: readonly string[];
  readonly strength: Strength;
  /** Null where nobody is ahead, so that there is no strength to tell. */
  readonly hasStrength: boolean;
  /** How it stands, in words. */
  readonly sentence: string;
  readonly isDone: boolean;
  /** The letter of the answer under review. */
  readonly own: string;
  readonly verdict: Verdict | null;
  readonly named: boolean;
  readonly differences: boolean;
  readonly otherPrompt: boolean;
  readonly pinned: boolean;
  readonly canUndo: boolean;
  readonly canRedo: boolean;
  readonly keys: boolean;
  readonly compareKey: string;
  readonly save: SaveView;
  readonly saveKeys: string;
}

const ordinals = new Intl.PluralRules('en', { type: 'ordinal' });
const endings: Readonly<Record<string, string>> = { one: 'st', two: 'nd', few: 'rd' };
const ordinal = (rank: number) => `${rank}${endings[ordinals.select(rank)] ?? 'th'}`;

/** Where each answer stands, in a word; null for those that are not ranked yet. */
export function standings(ranking: Ranking, isDone: boolean): (string | null)[] {
  const { count, bothBad, groups } = ranking;
  if (bothBad) return Array.from({ length: count }, () => 'Not good');
  const ranks = ranksOf(ranking);
  const open = isDone ? [] : openPlaces(ranking);
  const isTie = isDone && ranks.every((rank) => rank === 1);
  return ranks.map((rank, place) => {
    if (open.includes(place)) return null;
    if (isTie) return 'Equal';
    const shared = (groups[rank - 1]?.length ?? 1) > 1 ? ', shared' : '';
    if (count === 2) return rank === 1 ? 'Better' : 'Worse';
    return `${rank === 1 ? 'Best' : ordinal(rank)}${shared}`;
  });
}

const spoken: Readonly<Record<Strength, string>> = { slight: 'slightly', clear: 'clearly', strong: 'much' };

/** How the ranking stands, in one sentence, for everybody. */
export function standingSentence(ranking: Ranking, isDone: boolean, strength: Strength): string {
  const { count, bothBad, groups, joins } = ranking;
  const letter = (place: number) => LETTERS[place] as string;
  if (bothBad) return count === 2 ? 'Both are bad.' : 'None is good.';
  const said = groups.map((group) => group.map(letter).join(' = '));
  if (!isDone) {
    const open = openPlaces(ranking).map(letter).join(' or ');
    if (said.length === 0) return count === 2 ? 'Which is better?' : `Which is best? ${open}`;
    return `${said.join(', then ')}. ${joins ? 'As good as the last' : 'Next'}: ${open}`;
  }
  const ranks = ranksOf(ranking);
  if (ranks.every((rank) => rank === 1)) return count === 2 ? 'Both are equal.' : 'All are equal.';
  const rest = openPlaces(ranking).map(letter);
  if (count === 2) return `${said[0]} is ${spoken[strength]} better.`;
  return `${[...said, ...(rest.length > 0 ? [rest.join(' = ')] : [])].join(', then ')}. The best is ${spoken[strength]} ahead.`;
}

const siteOf = (origin: string) => URL.parse(origin)?.host.replace(/^www\./, '') ?? origin;

/** Who wrote it and where, as far as the page said. */
const nameOf = ({ model, origin }: Pick<Candidate, 'model' | 'origin'>): string =>
  [model, siteOf(origin)].filter(Boolean).join(' · ');

/** What is wrong with the ratings of the answer at this place, by dimension. */
function problemsAt(problems: readonly Problem[], place: number, isOwn: boolean): Map<string, string> {
  return new Map(
    problems.flatMap(({ where, words }): [string, string][] => {
      const [part, at = ''] = where.split(/:(.*)/s);
      if (isOwn && (part === 'dimension' || part === 'reason')) return [[at, words]];
      const of = `${place}:`;
      return part === 'compared' && at.startsWith(of) ? [[at.slice(of.length), words]] : [];
    }),
  );
}

interface CompareParts {
  /** What of the judgement the rubric does not accept. */
  readonly problems: readonly Problem[];
  readonly prompt: string | null;
  readonly verdict: Verdict | null;
  readonly named: boolean;
  /** The reviewer wants to see what differs. */
  readonly differences: boolean;
  readonly diffs: ReadonlyMap<string, TextDiff>;
  readonly pinned: boolean;
  readonly save: SaveView;
  readonly saveKeys: string;
  /** The key that leads here and back. */
  readonly compareKey: string;
  readonly singleKeys: boolean;
}

/** First words of a text, to tell answers apart without their names. */
const beginning = (text: string) => {
  const words = text.trim().replace(/\s+/g, ' ');
  return words.length > 36 ? `${words.slice(0, 36).trimEnd()}…` : words;
};

/** The model of this moment. Reads signals, so that a view that calls it follows them. */
export function compareModelOf(comparing: Comparing, parts: CompareParts): CompareModel {
  const { ranking, strength, isDone } = comparing;
  const { problems, prompt, verdict, named, differences, diffs, pinned, save, saveKeys, compareKey, singleKeys } =
    parts;
  const shown = comparing.shown.value;
  const standing = standings(ranking, isDone);
  const ranks = ranksOf(ranking);
  const isOther = (each: Candidate) => each.prompt !== null && prompt !== null && each.prompt !== prompt;
  return {
    prompt,
    answers: shown.map((each, place) => ({
      key: each.key,
      letter: LETTERS[place] as string,
      text: each.text,
      standing: standing[place] ?? null,
      isBest: standing[place] != null && !ranking.bothBad && ranks[place] === 1,
      name: named ? nameOf(each) : null,
      ratings: comparing.ratingsOf(each.key),
      dimensions: comparing.dimensionsOf(each.key),
      problems: problemsAt(problems, place, each.key === 'own'),
      diff: (place > 0 && differences && diffs.get(each.key)) || null,
    })),
    choices: [...shown, ...comparing.others.value]
      .filter(({ key }) => key !== 'own')
      .sort((one, other) => (one.key < other.key ? -1 : 1))
      .map((each) => ({
        key: each.key,
        label: named ? `${nameOf(each)}: ${beginning(each.text)}` : beginning(each.text),
        on: shown.includes(each),
        otherPrompt: isOther(each),
        pinId: each.pinId,
      })),
    elsewhere: problems.filter(({ where }) => where.startsWith('label:')).map(({ words }) => words),
    strength,
    hasStrength: isDone && !ranking.bothBad && ranks.some((rank) => rank > 1),
    sentence: standingSentence(ranking, isDone, strength),
    isDone,
    own: LETTERS[shown.findIndex(({ key }) => key === 'own')] ?? '',
    verdict,
    named,
    differences,
    otherPrompt: shown.some(isOther),
    pinned,
    canUndo: comparing.canUndo,
    canRedo: comparing.canRedo,
    keys: singleKeys,
    compareKey,
    save,
    saveKeys,
  };
}
