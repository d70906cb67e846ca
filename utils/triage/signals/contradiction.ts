/** Where an answer says something else than the question or what was said before: numbers of the same thing, yes and no. */
import { type Fact, factsOf } from '../facts.ts';
import { negations } from '../lexicon.ts';
import { contentOf, quoted, sentencesOf } from '../text.ts';
import { none, type Signal, type TriageSubject } from '../types.ts';
import { wrongDay, wrongSum } from './calendar.ts';

/** Characters on both sides of a number, within its sentence, that say what it is about. */
const AROUND = 90;
/** Sentences that are compared with each other: pairs, so few. */
const MOST_SENTENCES = 80;

const FULL = 1;
const STRONG = 0.8;
const LIKELY = 0.6;
/** An answer that takes back what was said before is meant to differ from it. */
const TAKEN_BACK = 0.35;
const takesBack =
  /\b(?:sorry|apolog\w+|my mistake|you(?:'re| are) right|that was wrong|correction|entschuldig\w+|verzeihung|sie haben recht|tut mir leid|das stimmt|désolé|pardon|lo siento|perdón|scusi|excuses)\b/iu;

type Comparable = 'price' | 'span' | 'share' | 'code' | 'date';
const comparable: readonly string[] = ['price', 'span', 'share', 'code', 'date'] satisfies readonly Comparable[];

interface Stated extends Fact {
  readonly about: ReadonlySet<string>;
}

/** What a text states of numbers, with the words around each, in its own sentence. */
function stated(text: string): Stated[] {
  return factsOf(text)
    .filter(({ kind }) => comparable.includes(kind))
    .map((fact) => {
      const left = text
        .slice(Math.max(0, fact.at - AROUND), fact.at)
        .split(/[.!?]\s|\n/)
        .at(-1);
      const end = fact.at + fact.text.length;
      const right = text.slice(end, end + AROUND).split(/[.!?]\s|\n/)[0];
      return { ...fact, about: new Set(contentOf(`${left} ${right}`)) };
    });
}

const shared = (one: ReadonlySet<string>, other: ReadonlySet<string>) => [...one].filter((word) => other.has(word));

/** The first number that the user then names where the answer names another. */
export function otherNext(text: string, next: string): string | null {
  const found = otherNumber(stated(text), stated(next), 0);
  return found && found[1].kind !== 'date' ? found[1].text.slice(0, 40) : null;
}

/** The first number that the two state differently of the same thing. */
function otherNumber(answer: readonly Stated[], said: readonly Stated[], words: number): [Stated, Stated] | null {
  const given = new Set(answer.map(({ key }) => key));
  const known = new Set(said.map(({ key }) => key));
  for (const one of answer) {
    if (known.has(one.key)) continue;
    for (const other of said) {
      // An answer that names the other number too is comparing them.
      if (other.kind !== one.kind || other.unit !== one.unit || given.has(other.key)) continue;
      const isSame =
        one.kind === 'code' ? sameShape(one.text, other.text) : shared(one.about, other.about).length >= words;
      if (isSame) return [one, other];
    }
  }
  return null;
}

/** A number of four digits or more, with the digits of one that was given in another order. */
function transposed(answer: readonly Fact[], said: readonly Fact[]): [Fact, Fact] | null {
  const digits = ({ text }: Fact) => text.replace(/\D/g, '');
  const sorted = (fact: Fact) => [...digits(fact)].sort().join('');
  const long = (facts: readonly Fact[]) => facts.filter((fact) => digits(fact).length >= 4 && fact.kind !== 'date');
  const given = new Set(answer.map(digits));
  const known = new Set(said.map(digits));
  for (const one of long(answer)) {
    if (known.has(digits(one))) continue;
    const other = long(said).find((each) => sorted(each) === sorted(one) && !given.has(digits(each)));
    if (other) return [one, other];
  }
  return null;
}

/** Order numbers of one kind: as long as each other, and beginning alike. */
const sameShape = (one: string, other: string) =>
  one.length === other.length && one.replace(/\d/g, '0') === other.replace(/\d/g, '0');

interface Said {
  readonly sentence: string;
  readonly words: ReadonlySet<string>;
  readonly negated: boolean;
}

const saidIn = (text: string): Said[] =>
  sentencesOf(text, MOST_SENTENCES)
    .filter((sentence) => !sentence.endsWith('?'))
    .map((sentence) => ({ sentence, words: new Set(contentOf(sentence)), negated: negations.test(sentence) }))
    .filter(({ words }) => words.size >= 3);

/** Two sentences that share at least so many things, one of which says no. */
function opposite(answer: readonly Said[], said: readonly Said[], least: number): Said | null {
  for (const one of answer) {
    for (const other of said) {
      if (one.negated === other.negated) continue;
      const common = shared(one.words, other.words).length;
      const smaller = Math.min(one.words.size, other.words.size);
      if (common >= least && common >= smaller * 0.6) return one;
    }
  }
  return null;
}

export function contradiction(subject: Pick<TriageSubject, 'prompt' | 'before'>, text: string, now: number): Signal {
  const { prompt, before } = subject;
  const own = stated(text);
  const ownSaid = saidIn(text);
  const day = wrongDay(
    text,
    own.filter(({ kind }) => kind === 'date'),
    now,
  );
  if (day) return { strength: FULL, words: day };
  const sum = wrongSum(text);
  if (sum) return { strength: FULL, words: sum };
  const facts = factsOf(text);
  const swapped = transposed(facts, factsOf(`${prompt ?? ''}\n${before}`));
  if (swapped) {
    const [one, other] = swapped;
    return { strength: STRONG, words: `says ${one.text.slice(0, 40)} where ${other.text.slice(0, 40)} was said` };
  }
  const ofBefore = STRONG * (takesBack.test(text.slice(0, 160)) ? TAKEN_BACK : 1);
  const earlier = before === '' ? null : otherNumber(own, stated(before), 2);
  if (earlier) {
    const [one, other] = earlier;
    return {
      strength: ofBefore,
      words: `says ${one.text.slice(0, 40)} where ${other.text.slice(0, 40)} was said before`,
    };
  }
  const turned = before === '' ? null : opposite(ownSaid, saidIn(before), 3);
  if (turned) return { strength: ofBefore, words: `says the opposite of before: "${quoted(turned.sentence)}"` };
  const asked = prompt === null ? null : otherNumber(own, stated(prompt), 1);
  if (asked) {
    const [one, other] = asked;
    return {
      strength: LIKELY,
      words: `says ${one.text.slice(0, 40)} where the question says ${other.text.slice(0, 40)}`,
    };
  }
  const itself = ownSaid.map((one, at) => opposite([one], ownSaid.slice(at + 1), 2)).find((found) => found !== null);
  return itself ? { strength: LIKELY, words: `contradicts itself: "${quoted(itself.sentence)}"` } : none;
}
