import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  type Compared,
  inRandomOrder,
  isRanked,
  LETTERS,
  type Press,
  pairsOf,
  preferenceFlaw,
  preferenceOf,
  pressed,
  type Ranking,
  rankingOf,
  ranksOf,
  samePreference,
  stepsTo,
  suggestedVerdict,
  unranked,
} from '../../../utils/review/ranking.ts';
import { defaultRubric } from '../../../utils/review/rubric.ts';

const rubric = defaultRubric;

const answers = (count: number): Compared[] =>
  Array.from({ length: count }, (_, place) => ({
    responseKey: `r${place}`,
    origin: 'https://chat.example',
    model: null,
    text: `Answer ${place}`,
    rank: 1,
    ratings: [],
  }));

/** What a reviewer presses, as they would: `B C A`, `E` for equal, `X` for none. */
function rankedBy(keys: string, count: number): Ranking {
  const pressOf = (key: string): Press => (key === 'E' ? 'equal' : key === 'X' ? 'none' : LETTERS.indexOf(key));
  return [...keys].reduce((ranking, key) => pressed(ranking, pressOf(key)), unranked(count));
}

describe('the way to a ranking', () => {
  it('is what was pressed, and goes on from there', () => {
    const last = [0, 'equal', 2].reduce((ranking, press) => pressed(ranking, press as Press), unranked(5));
    const steps = stepsTo(5, last);
    expect(steps.at(-1)).toEqual(last);
    expect(steps).toHaveLength(4);
    const joining = pressed(last, 'equal');
    expect(stepsTo(5, joining).at(-1)).toEqual(joining);
  });

  it('leaves out what cannot be pressed', () => {
    for (const groups of [[[0, 0], [7]], [[9]], [[2, 1, 0, 1]], [[0], [1], [2], [0]]]) {
      const last = stepsTo(3, { groups, joins: true }).at(-1) as Ranking;
      expect(ranksOf(last).every((rank) => rank >= 1 && rank <= 3)).toBe(true);
      expect(new Set(last.groups.flat()).size).toBe(last.groups.flat().length);
    }
  });
});

describe('ranking by keys', () => {
  it.each([
    ['A', 2, [1, 2]],
    ['B', 2, [2, 1]],
    ['E', 2, [1, 1]],
    ['X', 2, [1, 1]],
    // The other letter is a change of mind.
    ['AB', 2, [2, 1]],
    ['EA', 2, [1, 2]],
    ['XB', 2, [2, 1]],
    // What is left comes last.
    ['BC', 3, [3, 1, 2]],
    ['BCA', 3, [3, 1, 2]],
    ['BEC', 3, [2, 1, 1]],
    ['BECA', 3, [2, 1, 1]],
    ['BCE', 3, [2, 1, 2]],
    ['E', 4, [1, 1, 1, 1]],
    ['AEBEC', 4, [1, 1, 1, 2]],
    ['DBECA', 4, [3, 2, 2, 1]],
    // After the end a letter begins anew.
    ['BCAC', 3, [2, 2, 1]],
  ])('given %s of %i answers, ranks them %j', (keys, count, ranks) => {
    expect(ranksOf(rankedBy(keys, count))).toEqual(ranks);
  });

  it('given half a ranking, waits for the rest; a letter pressed twice changes nothing', () => {
    expect(isRanked(rankedBy('', 2))).toBe(false);
    expect(isRanked(rankedBy('B', 3))).toBe(false);
    expect(rankedBy('BB', 3)).toEqual(rankedBy('B', 3));
    expect(isRanked(rankedBy('BE', 4))).toBe(false);
    expect(isRanked(rankedBy('BECA', 4))).toBe(true);
    expect(pressed(unranked(2), 7)).toEqual(unranked(2));
  });

  it('whatever is pressed, ranks begin at 1 and leave none out, and what is stored shows the same ranking again', () => {
    const press = fc.oneof(fc.constantFrom<Press>('equal', 'none'), fc.nat(8));
    fc.assert(
      fc.property(fc.integer({ min: 2, max: 8 }), fc.array(press, { maxLength: 20 }), (count, presses) => {
        const ranking = presses.reduce(pressed, unranked(count));
        const ranks = ranksOf(ranking);
        expect([...new Set(ranks)].sort()).toEqual(Array.from({ length: new Set(ranks).size }, (_, at) => at + 1));
        const preference = preferenceOf(answers(count), ranking, 'clear');
        expect(preference !== null).toBe(isRanked(ranking));
        if (!preference) return;
        expect(preferenceFlaw(preference, 'r0', rubric)).toBeNull();
        expect(preferenceOf(preference.shown, rankingOf(preference), 'clear')).toEqual(preference);
      }),
    );
  });
});

describe('the order in which answers are shown', () => {
  it('given the same randomness, is the same; over many, every answer is first about as often', () => {
    const seeded = (seed: number) => () => {
      seed = (seed * 1_664_525 + 1_013_904_223) % 2 ** 32;
      return seed / 2 ** 32;
    };
    expect(inRandomOrder(['own', 'x', 'y'], seeded(7))).toEqual(inRandomOrder(['own', 'x', 'y'], seeded(7)));
    const random = seeded(1);
    const firsts = Array.from({ length: 3_000 }, () => inRandomOrder([0, 1, 2], random)[0]);
    for (const item of [0, 1, 2]) expect(firsts.filter((first) => first === item).length / 3_000).toBeCloseTo(1 / 3, 1);
  });

  it('keeps every answer, once', () => {
    expect(inRandomOrder([1, 2, 3, 4, 5]).sort()).toEqual([1, 2, 3, 4, 5]);
  });
});

describe('a preference', () => {
  const of = (keys: string, count: number) => {
    const preference = preferenceOf(answers(count), rankedBy(keys, count), 'strong');
    if (!preference) throw new Error('not ranked');
    return preference;
  };

  it('has a strength where somebody is ahead, and none in a tie or where both are bad', () => {
    expect(of('B', 2)).toMatchObject({ outcome: 'ranked', strength: 'strong' });
    expect(of('E', 2)).toMatchObject({ outcome: 'tie', strength: null });
    expect(of('X', 2)).toMatchObject({ outcome: 'both-bad', strength: null });
  });

  it.each([
    ['A', 'approve'],
    ['B', 'reject'],
    ['E', 'approve'],
    ['X', 'reject'],
  ])('given %s, suggests for the first answer: %s', (keys, verdict) => {
    expect(suggestedVerdict(of(keys, 2), 'r0')).toBe(verdict);
  });

  it('that contradicts itself is refused with the field named', () => {
    const good = of('BCA', 3);
    const [first, ...rest] = good.shown as [Compared, ...Compared[]];
    expect(preferenceFlaw(good, 'r0', rubric)).toBeNull();
    expect(preferenceFlaw(good, 'another', rubric)).toBe('shown');
    expect(preferenceFlaw({ ...good, shown: [first, first, ...rest] }, 'r0', rubric)).toBe('shown.1');
    expect(preferenceFlaw({ ...good, shown: [{ ...first, rank: 7 }, ...rest] }, 'r0', rubric)).toBe('shown.0.rank');
    const rated = (place: number, value: number) => ({
      ...good,
      shown: good.shown.map((each, at) =>
        at === place ? { ...each, ratings: [{ dimension: 'quality', value }] } : each,
      ),
    });
    expect(preferenceFlaw(rated(1, 4), 'r0', rubric)).toBeNull();
    expect(preferenceFlaw(rated(1, 9), 'r0', rubric)).toBe('shown.1.ratings');
    expect(preferenceFlaw(rated(0, 4), 'r0', rubric)).toBe('shown.0.ratings');
    expect(preferenceFlaw({ ...good, outcome: 'tie' }, 'r0', rubric)).toBe('outcome');
    expect(preferenceFlaw({ ...of('E', 2), outcome: 'ranked', strength: 'clear' }, 'r0', rubric)).toBe('outcome');
    expect(preferenceFlaw({ ...good, strength: null }, 'r0', rubric)).toBe('strength');
    expect(preferenceFlaw({ ...of('X', 2), strength: 'slight' }, 'r0', rubric)).toBe('strength');
  });

  it('gives pairs of chosen and rejected, with the strength only between the best and the next', () => {
    const pairs = pairsOf(of('BECA', 4)).map(({ chosen, rejected, strength }) => [
      chosen.responseKey,
      rejected.responseKey,
      strength,
    ]);
    expect(pairs).toEqual([
      ['r1', 'r0', 'strong'],
      ['r1', 'r3', null],
      ['r2', 'r0', 'strong'],
      ['r2', 'r3', null],
      ['r0', 'r3', null],
    ]);
    expect(pairsOf(of('E', 3))).toEqual([]);
    expect(pairsOf(of('X', 2))).toEqual([]);
  });

  it('is the same whatever the order of its ratings, and another with another rank', () => {
    const rated = (ratings: Compared['ratings']) => {
      const preference = of('A', 2);
      return { ...preference, shown: preference.shown.map((each) => ({ ...each, ratings })) };
    };
    const [one, other] = [
      { dimension: 'a', value: 1 },
      { dimension: 'b', value: 2 },
    ];
    if (!one || !other) throw new Error('no ratings');
    expect(samePreference(rated([one, other]), rated([other, one]))).toBe(true);
    expect(samePreference(rated([one]), rated([other]))).toBe(false);
    expect(samePreference(of('A', 2), of('B', 2))).toBe(false);
    expect(samePreference(undefined, of('B', 2))).toBe(false);
  });
});
