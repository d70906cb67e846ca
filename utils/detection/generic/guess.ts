/** Suppositions about which elements are AI messages, each with a rule that finds them and the evidence for it. */
import type { Evidence, RuleVariant, SiteRule } from '../types.ts';
import { asidesOf, bodySelector } from './body.ts';
import type { Marked } from './collect.ts';
import { personSigns } from './persons.ts';
import { isShown, letters, sample, textOf } from './reading.ts';
import { areRicher, areStructured } from './split.ts';
import { isPair } from './words.ts';

/** What a page or root offers besides the supposed messages. */
export interface Setting {
  readonly root: ParentNode;
  readonly composers: readonly Element[];
  readonly growth: readonly Element[];
  readonly users: readonly Marked[];
  /** Elements of user messages, as far as they are marked. */
  readonly userElements: readonly Element[];
  readonly rule: SiteRule | undefined;
  /** The address is one that the rule knows conversations by. */
  readonly inConversation: boolean;
  /** The time for one look is over: what is known by now must do. */
  readonly isLate: () => boolean;
}

export interface Guess {
  readonly variant: RuleVariant;
  readonly messages: readonly Element[];
  readonly evidence: readonly Evidence[];
  /** What the evidence adds up to, with what the engine will add for a badge. */
  readonly total: number;
}

/** What a name on a message weighs; the engine adds it to each message that carries the badge. */
export const badgeWeight = 0.5;
/** What rows without any sign of AI on them can reach at most. */
const unsignedLimit = 0.45;

const because = (detail: string, weight: number): Evidence => ({ kind: 'generic', detail, weight });

/**
 * A rule of a site, or of a product that is here for sure, where all that answers is an AI; where people answer as well, two kinds
 * of rows say nothing.
 */
export const answersAlone = (rule: SiteRule | undefined): rule is SiteRule =>
  rule !== undefined &&
  !rule.mixed &&
  !rule.caveat &&
  rule.variants.every(({ row, agent, note }) => !row && !agent && !note);

/** Whether the AI's mark has a twin that says "user" in the same place of the same name. */
export const hasPair = ({ mark }: Marked, users: readonly Marked[]): boolean =>
  mark.kind === 'class' && users.some((user) => user.mark.kind === 'class' && isPair(mark.what, user.mark.what));

/** What else on the page speaks for or against these messages. `others`: what is beside them, of other authors. */
export function support(
  messages: readonly Element[],
  others: readonly Element[],
  { composers, growth, rule }: Setting,
): Evidence[] {
  const evidence: Evidence[] = [];
  const first = others[0];
  if (others.length > 0) evidence.push(because('Messages of somebody else stand beside it', 0.1));
  else evidence.push(because('No question stands beside it', -0.15));
  const last = messages.at(-1);
  const follows = composers.some(
    (composer) => last && last.compareDocumentPosition(composer) & Node.DOCUMENT_POSITION_FOLLOWING,
  );
  if (follows) evidence.push(because('A field to write in follows', 0.1));
  if (messages[0]?.closest('[role="log"],[role="feed"],[aria-live]')) {
    evidence.push(because('The page announces new messages there', 0.05));
  }
  if (growth.some((element) => messages.some((message) => message.contains(element)))) {
    const answers =
      first !== undefined &&
      messages.some((message) => first.compareDocumentPosition(message) & Node.DOCUMENT_POSITION_FOLLOWING);
    evidence.push(
      answers
        ? because('Its text grew piece by piece after a question', 0.4)
        : because('Its text grew piece by piece', 0.25),
    );
  }
  if (areStructured(messages, others)) evidence.push(because('It is structured, and what it answers is not', 0.1));
  if (areRicher(messages, others)) evidence.push(because('It is longer than what it answers', 0.05));
  if (answersAlone(rule)) evidence.push(because(`This is ${rule.name}, where only an AI answers`, 0.35));
  return [...evidence, ...personSigns(messages)];
}

export const add = (evidence: readonly Evidence[]): number => evidence.reduce((sum, { weight }) => sum + weight, 0);

/** Puts a supposition together; null where a look at a few of the messages refutes it. */
export function suppose(
  variant: RuleVariant,
  messages: readonly Element[],
  evidence: readonly Evidence[],
  signed: boolean,
): Guess | null {
  const few = sample(messages, 8);
  const shown = few.filter((message) => letters(textOf(message)) > 0 && isShown(message));
  if (shown.length === 0 || shown.length * 2 < few.length) return null;
  const sum = add(evidence) + (variant.badge ? badgeWeight : 0);
  const over = sum - unsignedLimit;
  const capped =
    signed || over <= 0 ? evidence : [...evidence, because('Nothing on it says that it is an AI’s', -over)];
  const body = bodySelector(messages);
  const exclude = [...(variant.exclude ?? []), ...asidesOf(messages)];
  return {
    variant: { ...variant, ...(body !== undefined && { body }), ...(exclude.length > 0 && { exclude }) },
    messages,
    evidence: capped,
    total: Math.min(sum, signed ? 1 : unsignedLimit),
  };
}
