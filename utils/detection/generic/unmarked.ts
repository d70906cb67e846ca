/** Suppositions where nothing says who is who: which of two kinds that take turns grew, or is the richer one. */

import type { SiteRule } from '../types.ts';
import { add, answersAlone, type Guess, type Setting, support, suppose } from './guess.ts';
import type { Kind, Pair } from './pairs.ts';
import { areRicher, areStructured } from './split.ts';

/** From so many of each kind on, and with hardly any exception, two kinds of rows are a conversation for sure. */
const settledRows = 2;
const settledAlternation = 0.8;
/** Two kinds that hold so much of what the page says are its conversation, if it has one. */
const clearShare = 0.8;

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

const followsOn = (one: Element | undefined, other: Element | undefined) =>
  one !== undefined &&
  other !== undefined &&
  (one.compareDocumentPosition(other) & Node.DOCUMENT_POSITION_FOLLOWING) !== 0;

/** Which of two kinds asks, as far as the site's rule can still tell: what it knows of users finds one of them only. */
function askingByRule({ one, other }: Pair, rule: SiteRule): Kind | null {
  for (const { user } of rule.variants) {
    if (user === undefined) continue;
    const isUser = ({ members }: Kind) =>
      members.some((member) => member.matches(user) || member.querySelector(user) !== null);
    if (isUser(one) !== isUser(other)) return isUser(one) ? one : other;
  }
  return null;
}

/** Which of two kinds asks, by their order: where only an AI answers, a person begins and an answer is the last. */
function askingByOrder({ one, other }: Pair, rule: SiteRule): Kind | null {
  const begins = followsOn(one.members[0], other.members[0]);
  if (followsOn(one.members.at(-1), other.members.at(-1)) !== begins) {
    // It greets, and says the last word: more than a question that waits can explain.
    const more = one.members.length - other.members.length;
    return Math.abs(more) < 2 || more > 0 !== begins ? null : more > 0 ? other : one;
  }
  return begins === (rule.newestFirst !== true) ? one : other;
}

/** Which of the two kinds answers; null where nothing tells. */
function answering(pair: Pair, { rule, composers, inConversation }: Setting): Kind | null {
  const { one, other } = pair;
  if (answersAlone(rule) && (inConversation || composers.length > 0)) {
    const asking = askingByRule(pair, rule) ?? askingByOrder(pair, rule);
    if (asking) return asking === one ? other : one;
  }
  const isRicher = (a: Kind, b: Kind) => areStructured(a.members, b.members) || areRicher(a.members, b.members);
  return isRicher(one, other) ? one : isRicher(other, one) ? other : null;
}

/** From turns alone. Asserted only where the address is known to be an AI's; else offered at most. */
export function shapedGuess(setting: Setting, pairs: readonly Pair[]): Guess | null {
  const alone = answersAlone(setting.rule);
  if (setting.composers.length === 0 && !alone) return null;
  for (const pair of pairs) {
    const answers = answering(pair, setting);
    // Where the likeliest turns say nothing, parts of them say less.
    if (!answers && alone && pair.share > clearShare) return null;
    if (!answers) continue;
    const questions = answers === pair.one ? pair.other : pair.one;
    // One of each is a page with two parts.
    if (!alone && answers.members.length + questions.members.length <= 3) continue;
    const sure =
      alone &&
      Math.min(answers.members.length, questions.members.length) >= settledRows &&
      pair.alternation >= settledAlternation &&
      areStructured(answers.members, questions.members) &&
      areRicher(answers.members, questions.members);
    const guess = guessFrom('shaped', answers, questions, pair, setting, sure).make();
    if (guess) return guess;
  }
  return null;
}
