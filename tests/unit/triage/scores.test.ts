/**
 * Triage scored on the conversations of `tests/fixtures/triage`: how much of the bad its order finds first, beside random,
 * longest-first and newest-first; what each signal adds; what learning from the first 100 reviews adds. The tables are printed,
 * and stand in docs/triage.md.
 */
import { describe, expect, it } from 'vitest';
import { bootstrap, foundIn, type Interval, randomFrom } from '../../../utils/triage/gain.ts';
import { learn } from '../../../utils/triage/learn.ts';
import { defaultTerms, priorityOf, type Strengths, termsFrom } from '../../../utils/triage/priority.ts';
import { sketchOf } from '../../../utils/triage/sketch.ts';
import { type SignalName, signalNames } from '../../../utils/triage/types.ts';
import { type Answer, answers, strengthsOfAll, withJudged } from '../../support/triage.ts';

const all = answers();
const isBad = all.map(({ bad }) => bad !== null);
const { weights } = defaultTerms;
const strengths = strengthsOfAll(all);
const ROUNDS = 400;
const SHARES = [0.2, 0.4, 0.6] as const;

const scored = (scores: readonly number[]) => scores.map((score, at) => ({ score, bad: isBad[at] === true }));
const byPriority = (each: readonly Strengths[], by = weights) => each.map((one) => priorityOf(one, by));
const found = (scores: readonly number[], share: number): Interval =>
  bootstrap(scored(scores), (sample) => foundIn(sample, share), ROUNDS, randomFrom(7));
const words = ({ value, low, high }: Interval) =>
  `${Math.round(value * 100)} % (${Math.round(low * 100)} to ${Math.round(high * 100)})`;
const table = (head: readonly string[], rows: readonly (readonly string[])[]) =>
  console.log([head, head.map(() => '---'), ...rows].map((row) => `| ${row.join(' | ')} |`).join('\n'));
const without = (each: readonly Strengths[], name: SignalName) => each.map((one) => ({ ...one, [name]: 0 }));

describe('the order of the queue', () => {
  it('is about enough answers, a fifth of them bad', () => {
    expect(all.length).toBeGreaterThanOrEqual(200);
    expect(new Set(all.map(({ conversation }) => conversation)).size).toBeGreaterThanOrEqual(40);
    const share = isBad.filter(Boolean).length / all.length;
    expect(share).toBeGreaterThan(0.17);
    expect(share).toBeLessThan(0.23);
  });

  it('given all answers, finds more of the bad first than random, longest-first and newest-first', () => {
    const random = randomFrom(3);
    const orders: readonly (readonly [string, readonly number[]])[] = [
      ['triage', byPriority(strengths)],
      ['triage, before the user’s next turn', byPriority(without(strengths, 'displeasure'))],
      ['random', all.map(() => random())],
      ['longest first', all.map(({ text }) => text.length)],
      ['newest first', all.map(({ minute }) => minute)],
    ];
    table(
      ['order', 'first 20 %', 'first 40 %', 'first 60 %'],
      orders.map(([name, scores]) => [name, ...SHARES.map((share) => words(found(scores, share)))]),
    );
    const at = (name: string) => found(orders.find(([one]) => one === name)?.[1] ?? [], 0.2);
    for (const other of ['random', 'longest first', 'newest first']) {
      expect(at('triage').low).toBeGreaterThan(at(other).high);
    }
    expect(at('triage').value).toBeGreaterThan(0.55);
    expect(at('triage, before the user’s next turn').value).toBeGreaterThan(0.3);
  });

  it('given the threshold, asks for few that are good', () => {
    const asked = byPriority(strengths).map((priority) => priority >= defaultTerms.askFrom);
    const bad = asked.filter((is, at) => is && isBad[at]).length;
    const count = asked.filter(Boolean).length;
    console.log(`asked: ${count} of ${all.length}, ${bad} of them bad, of ${isBad.filter(Boolean).length} bad in all`);
    expect(bad / count).toBeGreaterThan(0.6);
    expect(count / all.length).toBeLessThan(0.3);
  });

  it('given each kind of bad answer, says how many of them ask', () => {
    const kinds = new Map<string, [asked: number, of: number]>();
    for (const [at, priority] of byPriority(strengths).entries()) {
      const kind = all[at]?.bad;
      if (!kind) continue;
      const [asked, of] = kinds.get(kind) ?? [0, 0];
      kinds.set(kind, [asked + (priority >= defaultTerms.askFrom ? 1 : 0), of + 1]);
    }
    table(
      ['bad in this way', 'asked', 'of'],
      [...kinds].sort().map(([kind, [asked, of]]) => [kind, String(asked), String(of)]),
    );
    expect([...kinds.values()].reduce((sum, [, of]) => sum + of, 0)).toBe(isBad.filter(Boolean).length);
  });

  it('given each signal alone and all without it, says what it adds', () => {
    const whole = found(byPriority(strengths), 0.2).value;
    const used = signalNames.filter((name) => strengths.some((one) => (one[name] ?? 0) > 0));
    const rows = used.map((name) => {
      const alone = found(
        strengths.map((one) => one[name] ?? 0),
        0.2,
      );
      const left = found(byPriority(without(strengths, name)), 0.2).value;
      return { name, alone, adds: whole - left };
    });
    table(
      ['signal', 'alone, first 20 %', 'what it adds to the others, first 20 %'],
      rows
        .sort((one, other) => other.adds - one.adds)
        .map(({ name, alone, adds }) => [name, words(alone), `${Math.round(adds * 100)} points`]),
    );
    expect(rows.find(({ name }) => name === 'contradiction')?.adds).toBeGreaterThan(0);
    expect(rows.find(({ name }) => name === 'displeasure')?.adds).toBeGreaterThan(0);
  });
});

describe('what the first 100 reviews add on the rest', () => {
  it('given 30 random orders, compares the default alone, with what was judged, and with learned weights', () => {
    const random = randomFrom(11);
    const sketches = all.map(({ text }) => sketchOf(text));
    const gained: { before: number; likeness: number; learned: number }[] = [];
    for (let round = 0; round < 30; round += 1) {
      const order = all
        .map((_, at) => ({ at, key: random() }))
        .sort((one, other) => one.key - other.key)
        .map(({ at }) => at);
      const [first, rest] = [order.slice(0, 100), order.slice(100)];
      const known = first.map((at) => ({ sketch: sketches[at] as Uint32Array, bad: isBad[at] === true }));
      const of = (at: number) => [[all[at] as Answer], [strengths[at] as Strengths]] as const;
      const later = withJudged(
        rest.map((at) => all[at] as Answer),
        rest.map((at) => strengths[at] as Strengths),
        known,
      );
      // Each of the first was triaged when those before it were judged.
      const examples = first.map((at, index) => {
        const [own] = withJudged(...of(at), known.slice(0, index));
        return { strengths: own as Strengths, bad: isBad[at] === true };
      });
      const share = (scores: readonly number[]) =>
        foundIn(
          scores.map((score, index) => ({ score, bad: isBad[rest[index] as number] === true })),
          0.2,
        );
      gained.push({
        before: share(rest.map((at) => priorityOf(strengths[at] as Strengths, weights))),
        likeness: share(byPriority(later)),
        learned: share(byPriority(later, termsFrom({ weights: learn(examples) }).weights)),
      });
    }
    const mean = (of: (one: (typeof gained)[number]) => number): Interval =>
      bootstrap(
        gained,
        (sample) => sample.reduce((sum, one) => sum + of(one), 0) / sample.length,
        ROUNDS,
        randomFrom(5),
      );
    table(
      ['on the rest, first 20 %', 'found'],
      [
        ['default, nothing judged', words(mean(({ before }) => before))],
        ['default, with what was judged', words(mean(({ likeness }) => likeness))],
        ['learned weights', words(mean(({ learned }) => learned))],
        ['learned less default, both with what was judged', words(mean(({ learned, likeness }) => learned - likeness))],
      ],
    );
    // Learning must not cost much where there is little to learn from.
    expect(mean(({ learned, before }) => learned - before).value).toBeGreaterThan(-0.02);
  }, 120_000);
});
