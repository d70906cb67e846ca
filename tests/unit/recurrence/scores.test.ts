/**
 * How well what was corrected is known again: 300 corrections, each come again in ten stated ways, among 20,000 unrelated answers of the same
 * help desk, and 1,000 that say the very sentences of a corrected one about another thing. Prints the table of docs/memory.md.
 * The limits were set on other seeds than the one that is scored.
 */
import { describe, expect, it } from 'vitest';
import { candidatesIn, LIST } from '../../../utils/recurrence/candidates.ts';
import { type Prepared, prepared, RESEMBLES, similarity, similarTo } from '../../../utils/recurrence/similar.ts';
import { type Subject, sketchOf, sketchOfWrong } from '../../../utils/recurrence/sketch.ts';
import { saysWhich } from '../../../utils/recurrence/state.ts';
import {
  again,
  type Corrected,
  chance,
  correctedAnswers,
  lookAlikes,
  unrelatedAnswers,
  type Way,
  ways,
} from '../../support/recurrence/answers.ts';

const SEED = 2026;
const CORRECTED = 300;
const UNRELATED = 20_000;
const LOOK_ALIKES = 1_000;
/** Scored without prompts as well. */
const BARE = 5_000;
/** ms. */
const PATIENCE = 300_000;

/** The same look-up as in the database, over lists in memory. */
class Remembered {
  readonly #lists = new Map<number, number[]>();
  readonly #texts: readonly (readonly Prepared[])[];

  constructor(corrected: readonly Corrected[], bare: boolean) {
    const strip = (subject: Subject) => (bare ? { ...subject, prompt: null } : subject);
    this.#texts = corrected.map(({ subject, correction }, place) => {
      for (const feature of sketchOfWrong(strip(subject), correction)) {
        this.#lists.set(feature, [...(this.#lists.get(feature) ?? []), place].slice(0, LIST));
      }
      return [prepared(strip(subject)), prepared(strip({ ...subject, text: correction }))];
    });
  }

  /** The corrected answer that this one is marked for; -1 for none. */
  find(subject: Subject): number {
    const own = prepared(subject);
    let [best, most] = [-1, RESEMBLES];
    for (const place of candidatesIn(sketchOf(subject).map((feature) => this.#lists.get(feature) ?? []))) {
      for (const text of this.#texts[place] ?? []) {
        const alike = similarity(own, text);
        if (alike > most) [best, most] = [place, alike];
      }
    }
    return best;
  }
}

const percent = (share: number) => `${(share * 100).toFixed(1)} %`;

describe('the memory of corrections', () => {
  const corrected = correctedAnswers(SEED, CORRECTED);
  const memory = new Remembered(corrected, false);
  const noPrompts = new Remembered(corrected, true);
  const found = {} as Record<Way, number>;
  const foundBare = {} as Record<Way, number>;

  it.each(ways)('given %s, knows it again', (way) => {
    const random = chance(SEED + 7);
    const comeAgain = corrected.map((one) => again(random, one, way));
    const share = (known: (subject: Subject) => number) =>
      comeAgain.filter((subject, place) => known(subject) === place).length / CORRECTED;
    found[way] = share((subject) => memory.find(subject));
    foundBare[way] = share((subject) => noPrompts.find({ ...subject, prompt: null }));
    expect(found[way]).toBeGreaterThan(way === 'other customer' || way.includes('synonyms') ? 0.85 : 0.95);
  });

  it(
    'given unrelated answers and look-alikes, hardly ever marks one',
    () => {
      const falsely = (list: readonly Subject[], bare = false) =>
        list.filter((one) => (bare ? noPrompts.find({ ...one, prompt: null }) : memory.find(one)) !== -1).length;
      const unrelated = unrelatedAnswers(SEED, CORRECTED, UNRELATED);
      const alike = lookAlikes(SEED, corrected, LOOK_ALIKES);
      const marks = [falsely(unrelated), falsely(alike)] as const;
      const bare = [falsely(unrelated.slice(0, BARE), true), falsely(alike, true)] as const;
      const line = (name: string, one: string, other: string) => `| ${name} | ${one} | ${other} |`;
      console.info(
        [
          '| come again as | known, with the prompt | without |',
          '| --- | --- | --- |',
          ...ways.map((way) => line(way, percent(found[way]), percent(foundBare[way]))),
          line(`marked of ${UNRELATED} unrelated`, String(marks[0]), `${bare[0]} of the first ${BARE}`),
          line(`marked of ${LOOK_ALIKES} look-alikes`, String(marks[1]), String(bare[1])),
        ].join('\n'),
      );
      expect(marks[0] / UNRELATED).toBeLessThan(0.003);
      expect(marks[1] / LOOK_ALIKES).toBeLessThan(0.12);
      expect(bare[0] / BARE).toBeLessThan(0.003);
    },
    PATIENCE,
  );

  it('given the corrected text, or the rejected one for another customer, tells which the model says', () => {
    const random = chance(SEED + 9);
    const told = corrected.map((one) => ({
      right: saysWhich(again(random, one, 'the corrected text').text, {
        rejected: one.subject.text,
        correction: one.correction,
      }),
      wrong: saysWhich(again(random, one, 'other customer').text, {
        rejected: one.subject.text,
        correction: one.correction,
      }),
    }));
    const share = (is: (one: (typeof told)[number]) => boolean) => told.filter(is).length / CORRECTED;
    console.info(
      `| told right of the corrected text | ${percent(share(({ right }) => right === 'right'))} |\n` +
        `| told wrong of the rejected one, other customer | ${percent(share(({ wrong }) => wrong === 'wrong'))} |`,
    );
    expect(share(({ right }) => right === 'right')).toBeGreaterThan(0.97);
    expect(share(({ wrong }) => wrong === 'wrong')).toBeGreaterThan(0.95);
  });
});

describe('a handful of texts', () => {
  it('given some that say the same, names them, the most similar first', () => {
    const prompt = 'How do I return my router?';
    const answer = 'You can return the router within 14 days: open Orders, choose Returns and print the label.';
    const others = [
      { text: 'Our shop in Lyon opens at nine on weekdays.', prompt: 'When do you open?' },
      { text: `Hello Bo. ${answer} It takes a week until the money is back.`, prompt },
      { text: answer.replace('14', '30'), prompt },
    ];
    expect(similarTo({ text: answer, prompt }, others).map(({ index }) => index)).toEqual([1, 2]);
    expect(similarTo({ text: '', prompt: null }, others)).toEqual([]);
  });

  it('given scripts without blanks, and accents, compares them too', () => {
    const prompt = '退货需要多少天？';
    const text = '您可以在三十天内退回路由器，请在订单页面打印退货标签。';
    const [same] = similarTo({ text, prompt }, [{ text: text.replace('三十', '十四'), prompt }]);
    expect(same?.similarity).toBeGreaterThan(0.7);
    expect(
      similarTo({ text, prompt }, [{ text: '我们的商店周一到周五九点开门，周末休息。', prompt: '几点开门？' }]),
    ).toEqual([]);
    const accents = 'Vous pouvez résilier votre abonnement à tout moment.';
    expect(similarTo({ text: accents, prompt: null }, [{ text: accents.normalize('NFD'), prompt: null }])).toHaveLength(
      1,
    );
  });
});
