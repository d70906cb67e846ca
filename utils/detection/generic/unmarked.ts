/** Suppositions where nothing says who is who: which of two kinds that take turns grew, or is the richer one. */
import { add, answersAlone, type Guess, type Setting, support, suppose } from './guess.ts';
import type { Kind, Pair } from './pairs.ts';
import { areRicher, areStructured } from './split.ts';

/** From so many of each kind on, and with hardly any exception, two kinds of rows are a conversation for sure. */
const settledRows = 2;
const settledAlternation = 0.8;

function guessFrom(id: string, answers: Kind, questions: Kind, pair: Pair, setting: Setting, signed: boolean) {
  const evidence = support(answers.members, questions.members, setting);
  const total = add(evidence) + pair.share / 100;
  const make = (): Guess | null =>
    suppose({ id, assistant: answers.selector, user: questions.selector }, answers.members, evidence, signed);
  return { total, make };
}

/** From what was seen growing: the kind that it belongs to. */
export function grownGuess(setting: Setting, pairs: readonly Pair[]): Guess | null {
  const grown = setting.growth.filter((element) => setting.root.contains(element)).at(-1);
  if (!grown || setting.userElements.some((user) => grown.contains(user))) return null;
  for (const pair of pairs) {
    const { one, other } = pair;
    const holds = ({ members }: Kind) => members.some((member) => member.contains(grown));
    if (holds(one) === holds(other)) continue;
    const [answers, questions] = holds(one) ? [one, other] : [other, one];
    // One of each may be a page with two parts.
    const sure = answers.members.length + questions.members.length > 2;
    return guessFrom('grown', answers, questions, pair, setting, sure).make();
  }
  return null;
}

/** From turns alone. Asserted only where the address is known to be an AI's; else offered at most. */
export function shapedGuess(setting: Setting, pairs: readonly Pair[]): Guess | null {
  if (setting.composers.length === 0 && !answersAlone(setting.rule)) return null;
  for (const pair of pairs) {
    const richer = [
      [pair.one, pair.other],
      [pair.other, pair.one],
    ].find(([a, b]) => a && b && (areStructured(a.members, b.members) || areRicher(a.members, b.members)));
    const [answers, questions] = richer ?? [];
    if (!answers || !questions) continue;
    // One of each is a page with two parts.
    if (!answersAlone(setting.rule) && answers.members.length + questions.members.length <= 3) continue;
    const sure =
      answersAlone(setting.rule) &&
      Math.min(answers.members.length, questions.members.length) >= settledRows &&
      pair.alternation >= settledAlternation &&
      areStructured(answers.members, questions.members) &&
      areRicher(answers.members, questions.members);
    const guess = guessFrom('shaped', answers, questions, pair, setting, sure).make();
    if (guess) return guess;
  }
  return null;
}
