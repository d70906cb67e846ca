/**
 * Judging several answers to one prompt against each other: the order in which they are shown, ranks from key presses, what
 * the outcome says of the answer under review, and pairs of chosen and rejected. Pure.
 *
 * The order is random, because people prefer what they see first (position bias), and it is stored, so that the bias can be
 * measured: Zheng et al., "Judging LLM-as-a-Judge with MT-Bench and Chatbot Arena", 2023, section 3.3.
 */
import type { Rubric } from './rubric.ts';
import { complaintOf } from './scale.ts';
import type { Preference, Rating, Verdict } from './schema.ts';

/** The most answers that are compared at once. */
export const MOST_COMPARED = 8;

/** What the answers are called, in the order in which they are shown. No E, which is the key for "equal". */
export const LETTERS = 'ABCDFGHI';

export type Strength = NonNullable<Preference['strength']>;
/** In the order of their digits. */
export const STRENGTHS: readonly Strength[] = ['slight', 'clear', 'strong'];

/** 0 ≤ random < 1 for each call, from a cryptographic source. */
export function cryptoRandom(): number {
  return (crypto.getRandomValues(new Uint32Array(1))[0] as number) / 2 ** 32;
}

/** A random order of `items` (Fisher and Yates), every order as likely as any other; `random` gives 0 ≤ x < 1. */
export function inRandomOrder<Item>(items: readonly Item[], random: () => number = cryptoRandom): Item[] {
  const order = [...items];
  for (let last = order.length - 1; last > 0; last -= 1) {
    const other = Math.floor(random() * (last + 1));
    [order[last], order[other]] = [order[other] as Item, order[last] as Item];
  }
  return order;
}

/** One press: the answer at this place comes next, the next is as good as the one before, or none is good. */
export type Press = number | 'equal' | 'none';

/** Ranks so far, for answers at places 0 to `count - 1`. */
export interface Ranking {
  readonly count: number;
  /** Places in order of preference, those that are equal together. */
  readonly groups: readonly (readonly number[])[];
  /** The next one is as good as the last. */
  readonly joins: boolean;
  readonly bothBad: boolean;
}

/** Nothing ranked yet. */
export const unranked = (count: number): Ranking => ({ count, groups: [], joins: false, bothBad: false });

const placed = ({ groups }: Ranking) => groups.flat();

/** The places that are not ranked yet. */
export function openPlaces(ranking: Ranking): number[] {
  const done = placed(ranking);
  return Array.from({ length: ranking.count }, (_, place) => place).filter((place) => !done.includes(place));
}

/** Whether all that is needed was said. What is left of all but one comes last by itself, so it need not be pressed. */
export function isRanked(ranking: Ranking): boolean {
  if (ranking.bothBad) return true;
  const open = openPlaces(ranking).length;
  return open === 0 || (open === 1 && !ranking.joins && ranking.count > 1);
}

function join(ranking: Ranking, place: number): Ranking {
  const { groups, joins } = ranking;
  const last = groups.at(-1);
  const next = joins && last ? [...groups.slice(0, -1), [...last, place]] : [...groups, [place]];
  return { ...ranking, groups: next, joins: false };
}

/**
 * What a press makes of a ranking. Letters come in order of preference; "equal" first means that all are, later that the
 * next is as good as the last, or, where only one is left, that this one is. A letter after the end begins anew.
 * A press that means nothing leaves all as it is.
 */
export function pressed(ranking: Ranking, press: Press): Ranking {
  const { count } = ranking;
  if (press === 'none') return { ...unranked(count), bothBad: true };
  const all = Array.from({ length: count }, (_, place) => place);
  if (press === 'equal') {
    if (ranking.bothBad || ranking.groups.length === 0) return { ...unranked(count), groups: [all] };
    const open = openPlaces(ranking);
    if (open.length === 0) return { ...unranked(count), groups: [all] };
    const joined = { ...ranking, joins: true };
    return open.length === 1 ? join(joined, open[0] as number) : joined;
  }
  if (press < 0 || press >= count) return ranking;
  const open = openPlaces(ranking);
  const isOver = ranking.bothBad || open.length === 0;
  // Of two, the other letter means the other one; of more, the last letter may be pressed too.
  if (isOver || (isRanked(ranking) && (count === 2 || !open.includes(press)))) return join(unranked(count), press);
  return open.includes(press) ? join(ranking, press) : ranking;
}

/**
 * The rankings on the way to one whose groups these are, from nothing said to the last press. What cannot be pressed, such
 * as a place twice, is left out, so whatever was stored gives a ranking that can be gone on with.
 */
export function stepsTo(count: number, { groups, joins }: Pick<Ranking, 'groups' | 'joins'>): Ranking[] {
  const steps = [unranked(count)];
  const now = () => steps.at(-1) as Ranking;
  const isOpen = (place: number) => openPlaces(now()).includes(place);
  const go = (press: Press) => void steps.push(pressed(now(), press));
  for (const group of groups) {
    for (const [index, place] of group.entries()) {
      if (index > 0 && isOpen(place) && placed(now()).length > 0) go('equal');
      if (isOpen(place)) go(place);
    }
  }
  if (joins && placed(now()).length > 0 && !isRanked(now())) go('equal');
  return steps;
}

/** The rank of each place, 1 for the best; equal ranks are ties, and none is left out between two ranks. */
export function ranksOf(ranking: Ranking): number[] {
  const groups = [...ranking.groups];
  const open = openPlaces(ranking);
  if (open.length > 0 && !ranking.bothBad) groups.push(open);
  return Array.from({ length: ranking.count }, (_, place) => {
    const at = groups.findIndex((group) => group.includes(place));
    return ranking.bothBad || at < 0 ? 1 : at + 1;
  });
}

/** One answer of a comparison as it is stored. */
export type Compared = Preference['shown'][number];

/** The preference that a finished ranking amounts to; null where it is not finished. `answers` in the order shown. */
export function preferenceOf(
  answers: readonly Omit<Compared, 'rank'>[],
  ranking: Ranking,
  strength: Strength,
): Preference | null {
  if (answers.length < 2 || answers.length !== ranking.count || !isRanked(ranking)) return null;
  const ranks = ranksOf(ranking);
  const shown = answers.map((answer, place) => ({ ...answer, rank: ranks[place] as number }));
  const outcome = ranking.bothBad ? 'both-bad' : ranks.every((rank) => rank === 1) ? 'tie' : 'ranked';
  return { shown, outcome, strength: outcome === 'ranked' ? strength : null };
}

/** The ranking that a stored preference shows. */
export function rankingOf({ shown, outcome }: Preference): Ranking {
  const count = shown.length;
  if (outcome === 'both-bad') return { ...unranked(count), bothBad: true };
  const ranks = [...new Set(shown.map(({ rank }) => rank))].sort((one, other) => one - other);
  const groups = ranks.map((rank) => shown.flatMap((each, place) => (each.rank === rank ? [place] : [])));
  return { ...unranked(count), groups };
}

/** What makes a stored preference contradict itself, as the path of a field; null where nothing does. */
export function preferenceFlaw(
  { shown, outcome, strength }: Preference,
  responseKey: string,
  { dimensions }: Pick<Rubric, 'dimensions'>,
): string | null {
  const names = shown.map((each) => JSON.stringify([each.origin, each.responseKey, each.text]));
  const twice = names.findIndex((name, place) => names.indexOf(name) < place);
  if (twice >= 0) return `shown.${twice}`;
  if (!shown.some((each) => each.responseKey === responseKey)) return 'shown';
  const ranks = new Set(shown.map(({ rank }) => rank));
  const fits = ({ dimension: id, value }: Rating) => {
    const dimension = dimensions.find((one) => one.id === id);
    return dimension !== undefined && complaintOf(dimension.scale, value) === null;
  };
  const rated = shown.findIndex(
    (each) => (each.responseKey === responseKey && each.ratings.length > 0) || !each.ratings.every(fits),
  );
  if (rated >= 0) return `shown.${rated}.ratings`;
  // Ranks leave nothing out, so the worst is as high as there are different ones.
  const high = shown.findIndex(({ rank }) => rank > ranks.size);
  if (high >= 0) return `shown.${high}.rank`;
  if ((outcome === 'ranked') !== ranks.size > 1) return 'outcome';
  return (strength === null) === (outcome === 'ranked') ? 'strength' : null;
}

/** Whether two preferences say the same. */
export function samePreference(one: Preference | undefined, other: Preference | undefined): boolean {
  const ratings = (list: readonly Rating[]) => [...list].sort((a, b) => (a.dimension < b.dimension ? -1 : 1));
  const flat = (preference: Preference | undefined) =>
    preference &&
    JSON.stringify([
      preference.outcome,
      preference.strength,
      preference.shown.map((each) => [
        each.responseKey,
        each.origin,
        each.model,
        each.text,
        each.rank,
        ratings(each.ratings).map(({ dimension, value, reason }) => [dimension, value, reason]),
      ]),
    ]);
  return flat(one) === flat(other);
}

/**
 * The verdict that a comparison suggests for the answer under review, for a reviewer who has not given one: the best, alone
 * or with others, is good enough; one that lost, or where none is good, is not. It is shown, and can be changed.
 */
export function suggestedVerdict({ shown, outcome }: Preference, responseKey: string): Verdict {
  const rank = shown.find((each) => each.responseKey === responseKey)?.rank ?? 1;
  return outcome === 'both-bad' || rank > 1 ? 'reject' : 'approve';
}

/** One answer preferred to another; `strength` is known between the best and the next best only. */
export interface Pair {
  readonly chosen: Compared;
  readonly rejected: Compared;
  readonly strength: Strength | null;
}

/** All pairs in which one was preferred, the best against the next first. A tie, and where none is good, give none. */
export function pairsOf({ shown, outcome, strength }: Preference): Pair[] {
  if (outcome !== 'ranked') return [];
  const best = [...shown].sort((one, other) => one.rank - other.rank);
  return best.flatMap((chosen, place) =>
    best
      .slice(place + 1)
      .filter((rejected) => rejected.rank > chosen.rank)
      .map((rejected) => ({ chosen, rejected, strength: chosen.rank === 1 && rejected.rank === 2 ? strength : null })),
  );
}
