/**
 * Makes a rule ready to run on one document, and fails closed: a variant with a selector or pattern that the browser
 * refuses is off, and so is a rule whose own are refused. Nothing here throws into the page.
 */
import { report } from '../../errors.ts';
import type { Evidence, Locator, Response, RuleVariant, SiteRule } from '../types.ts';
import { hiddenSelector } from './hidden.ts';

/** How long a growing message must stand still: where something native says that it grows, and where nothing does. In ms. */
const quietWindow = { flagged: 1200, unflagged: 1500 } as const;

export interface CompiledVariant extends RuleVariant {
  readonly rule: CompiledRule;
  /** All messages that it knows, of whatever role. */
  readonly messages: string;
  /** Everything that is never part of the answer: the rule's own excludes, and what is hidden or a control anywhere. */
  readonly without: string;
  /** What the rule excludes, and so is not part of the print; empty for nothing. */
  readonly unprinted: string;
  readonly quietMs: number;
  /** The site can say that an answer is being written. */
  readonly flagged: boolean;
  readonly foundBy: Response['foundBy'];
}

export interface CompiledRule {
  readonly rule: SiteRule;
  readonly variants: readonly CompiledVariant[];
  /** All that may be a response, of whatever variant: assistant messages, rows of any author, drafts. */
  readonly rows: string;
  /** All user messages; empty where no variant knows them. */
  readonly users: string;
  /** All agents' messages and notes, which are never responses; empty where no variant knows them. */
  readonly people: string;
  /** All messages of whatever role. */
  readonly messages: string;
  /** A name or a label has a say in who wrote a message, and may come late. */
  readonly named: boolean;
  readonly reasons: Reasons;
  /** Its messages have no ids, so each one's identity needs its prompt. */
  readonly printed: boolean;
  readonly conversation: readonly RegExp[];
  /** First part of every response key. */
  readonly site: string;
}

/** Why a message of a rule is AI-written. */
export interface Reasons {
  /** Selected as an assistant's message or a draft. */
  readonly selected: readonly Evidence[];
  /** Any row, whoever wrote it. */
  readonly row: readonly Evidence[];
  /** The row is labelled so. */
  readonly badge: (label: string) => Evidence;
}

const weights = { high: 0.95, medium: 0.8, low: 0.6 } as const;
/** What is left of the weight where a rule says itself that a match may not be AI. */
const doubt = 0.6;

/** What a label such as "Bot" on the message itself weighs. */
const badgeWeight = 0.8;

/** Locators of a variant, by the field that holds them. */
export const locatorsOf = ({ author, badge, messageId, rowKey, model }: RuleVariant) =>
  ({ author, badge, messageId, rowKey, model }) satisfies Record<string, Locator | undefined>;

/** The reasons that a rule gives which somebody wrote. */
const reasonsOf = ({ name, caveat, provenance }: SiteRule): Reasons => ({
  selected: [
    {
      kind: 'rule',
      detail: `${name} marks it as an answer${caveat ? `; ${caveat}` : ''}`,
      weight: weights[provenance.confidence] * (caveat ? doubt : 1),
    },
  ],
  row: [],
  badge: (label) => ({ kind: 'declared', detail: `The page labels it “${label}”`, weight: badgeWeight }),
});

const joined = (parts: readonly (string | undefined)[]) => parts.filter((part) => part).join(',');

/** Selects nothing, for rules that know no messages: only where the conversation is. */
const nothing = ':not(*)';

const messagesOf = ({ assistant, row, draft, user, agent, note }: RuleVariant) =>
  joined([assistant, row, draft, user, agent, note]);

function check(
  document: Document,
  selectors: readonly (string | undefined)[],
  patterns: readonly (string | undefined)[],
) {
  const probe = document.createDocumentFragment();
  for (const selector of selectors) if (selector !== undefined) probe.querySelector(selector);
  return patterns.map((pattern) => new RegExp(pattern ?? ''));
}

function usable(document: Document, { id }: SiteRule, variant: RuleVariant): boolean {
  const locators = Object.values(locatorsOf(variant));
  try {
    check(
      document,
      [
        ...[variant.assistant, variant.row, variant.draft, variant.agent, variant.note],
        ...[variant.user, variant.userBody, variant.body, variant.group],
        ...[variant.streaming, variant.done, variant.codeBlock],
        ...(variant.exclude ?? []),
        ...locators.map((locator) => locator?.selector),
      ],
      locators.map((locator) => locator?.pattern),
    );
    return true;
  } catch (thrown) {
    report(thrown, `reading variant ${variant.id} of site rule ${id}; the variant is off`);
    return false;
  }
}

/**
 * Prepares a rule; null where nothing of it can be used, which is then reported. `host` as in `location.host`; `quietMs`
 * takes the place of every quiet window; `reasons` where nobody wrote the rule.
 */
export function compileRule(
  rule: SiteRule,
  document: Document,
  host: string,
  quietMs?: number,
  reasons: Reasons = reasonsOf(rule),
): CompiledRule | null {
  let conversation: readonly RegExp[];
  try {
    conversation = check(document, [rule.signature, rule.frame, rule.busy, rule.composer], rule.conversation ?? []);
  } catch (thrown) {
    report(thrown, `reading site rule ${rule.id}; the rule is off`);
    return null;
  }
  const sound = rule.variants.filter((variant) => usable(document, rule, variant));
  if (sound.length === 0 && rule.variants.length > 0) return null;
  const variants: CompiledVariant[] = [];
  const compiled: CompiledRule = {
    rule,
    variants,
    rows: joined(sound.flatMap(({ assistant, row, draft }) => [assistant, row, draft])) || nothing,
    users: joined(sound.map(({ user }) => user)),
    people: joined(sound.flatMap(({ agent, note }) => [agent, note])),
    messages: joined(sound.map(messagesOf)) || nothing,
    named: sound.some(({ author, badge }) => author || badge),
    reasons,
    printed: sound.every(({ messageId }) => messageId === undefined),
    conversation,
    // Two hosts that embed the same product are two sites.
    site: rule.matches.length > 0 ? rule.id : `${rule.id}@${host}`,
  };
  for (const variant of sound) {
    const flagged = (variant.streaming ?? rule.busy) !== undefined;
    variants.push({
      ...variant,
      rule: compiled,
      messages: messagesOf(variant),
      unprinted: joined(variant.exclude ?? []),
      without: joined([...(variant.exclude ?? []), hiddenSelector]),
      quietMs: quietMs ?? variant.quietMs ?? quietWindow[flagged ? 'flagged' : 'unflagged'],
      flagged,
      foundBy: { site: rule.id, version: rule.version, variant: variant.id },
    });
  }
  return compiled;
}
