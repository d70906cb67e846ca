import { describe, expect, it } from 'vitest';
import { bootstrap, foundIn, gainOf, isClear, randomFrom } from '../../../utils/triage/gain.ts';
import { type Example, isEnough, learn } from '../../../utils/triage/learn.ts';
import { AUDIT_WORDS, decide, defaultTerms, lotOf, priorityOf, termsFrom } from '../../../utils/triage/priority.ts';

const found = (change: Partial<Parameters<typeof decide>[0]> = {}) => ({
  ...{ signals: {}, said: {}, required: false, lot: 0.5 },
  ...change,
});

describe('the decision', () => {
  it('given a strong sign, asks and says why, the weightiest reason first', () => {
    const said = {
      contradiction: 'says 14 where 30 was said',
      claims: 'price €9 is not in the question',
      hedging: 'unsure',
    };
    const decided = decide(found({ signals: { contradiction: 1, claims: 0.9, hedging: 0.01 }, said }), defaultTerms);
    expect(decided).toMatchObject({ asks: 1, audit: false });
    expect(decided.reasons).toEqual([said.contradiction, said.claims]);
  });
  it('given nothing, does not ask; a policy asks all the same', () => {
    expect(decide(found(), defaultTerms)).toMatchObject({ asks: 0, reasons: [] });
    expect(decide(found({ required: true }), defaultTerms).asks).toBe(1);
  });
  it('given a lot below the audit share, asks and says that it is by lot; what asks anyway is no audit', () => {
    expect(decide(found({ lot: 0.04 }), defaultTerms)).toEqual({
      ...{ asks: 1, audit: true, reasons: [AUDIT_WORDS] },
      priority: priorityOf({}, defaultTerms.weights),
    });
    expect(decide(found({ lot: 0.06 }), defaultTerms).asks).toBe(0);
    expect(decide(found({ lot: 0.04, signals: { contradiction: 1 } }), defaultTerms).audit).toBe(false);
  });
  it('given a keyed hash, draws the same lot from it, evenly between 0 and 1', () => {
    expect(lotOf('80000000ff')).toBe(0.5);
    expect(lotOf('00000000aa')).toBe(0);
    expect(lotOf('ffffffff00')).toBeLessThan(1);
  });
  it('given terms of several places, the narrowest word counts, and unknown signals do not', () => {
    const terms = termsFrom({ askFrom: 0.6 }, null, {
      askFrom: 0.4,
      auditShare: 0.2,
      weights: { hedging: 2, later: 9 },
    });
    expect(terms).toMatchObject({ askFrom: 0.6, auditShare: 0.2 });
    expect(terms.weights).toEqual({ ...defaultTerms.weights, hedging: 2 });
  });
});

describe('the share that is found', () => {
  const answer = (score: number, bad: boolean) => ({ score, bad });
  it('counts the bad among the first, and those with the same score by chance', () => {
    const answers = [answer(3, true), answer(2, false), answer(1, true), answer(0, false)];
    expect(foundIn(answers, 0.25)).toBe(0.5);
    expect(foundIn(answers, 0.75)).toBe(1);
    expect(foundIn([answer(1, true), answer(1, false), answer(1, false), answer(1, false)], 0.5)).toBe(0.5);
    expect(foundIn([answer(1, false)], 0.5)).toBe(0);
  });
  it('has an interval around it, the same for the same seed', () => {
    const answers = Array.from({ length: 60 }, (_, at) => answer(60 - at, at % 3 === 0));
    const once = bootstrap(answers, (sample) => foundIn(sample, 0.5), 200, randomFrom(1));
    expect(once.low).toBeLessThanOrEqual(once.value);
    expect(once.high).toBeGreaterThanOrEqual(once.value);
    expect(bootstrap(answers, (sample) => foundIn(sample, 0.5), 200, randomFrom(1))).toEqual(once);
  });
});

describe('learning', () => {
  /** Judged answers in which hedging means bad and contradiction means nothing. */
  const judged = (count: number, seed = 1): Example[] => {
    const random = randomFrom(seed);
    return Array.from({ length: count }, () => {
      const hedging = random();
      return { strengths: { hedging, contradiction: random(), claims: 0 }, bad: random() < hedging * 0.6 };
    });
  };
  it('given reviews in which one signal tells and another does not, moves their weights so', () => {
    const weights = learn(judged(2_000));
    expect(weights.hedging).toBeGreaterThan(2);
    expect(Math.abs(weights.contradiction)).toBeLessThan(0.6);
    // Of a signal that never spoke nothing is learned.
    expect(weights.claims).toBe(defaultTerms.weights.claims);
  });
  it('given probabilities, is calibrated: what it says comes true as often', () => {
    const examples = judged(4_000, 3);
    const weights = learn(examples);
    const high = examples.filter(({ strengths }) => priorityOf(strengths, weights) > 0.4);
    const said = high.reduce((sum, { strengths }) => sum + priorityOf(strengths, weights), 0) / high.length;
    expect(said).toBeCloseTo(high.filter(({ bad }) => bad).length / high.length, 1);
  });
  it('given few reviews, stays near the weights in force', () => {
    const weights = learn(judged(10));
    expect(Math.abs(weights.contradiction - defaultTerms.weights.contradiction)).toBeLessThan(1.5);
  });
  it('given too few reviews, or too few bad ones, says nothing of a gain', () => {
    expect(isEnough(judged(99))).toBe(false);
    expect(isEnough(judged(300))).toBe(true);
    expect(isEnough(judged(300).map((one, at) => ({ ...one, bad: at < 14 })))).toBe(false);
    expect(gainOf(judged(50), defaultTerms.weights)).toBeNull();
  });
  it('given reviews that the default misjudges, shows a clear gain; given noise, none', () => {
    const gains = gainOf(judged(400), defaultTerms.weights, 1, 200);
    expect(gains?.map(({ share }) => share)).toEqual([0.2, 0.4]);
    expect(isClear(gains)).toBe(true);
    const random = randomFrom(9);
    const noise = judged(200).map((one) => ({ ...one, bad: random() < 0.2 }));
    const none = gainOf(noise, learn(noise), 1, 200);
    expect(none?.every(({ gain }) => gain.low <= 0)).toBe(true);
    expect(isClear(none)).toBe(false);
  });
});
