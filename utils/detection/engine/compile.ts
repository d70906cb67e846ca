/**
 * Makes a rule ready to run on one document, and fails closed: a variant with a selector or pattern that the browser
 * refuses is off, and so is a rule whose own are refused. Nothing here throws into the page.
 */
import { report } from '../../errors.ts';
import type { Evidence, Response, RuleVariant, SiteRule } from '../types.ts';
import { hiddenSelector } from './hidden.ts';

/** How long a growing message must stand still: where something native says that it grows, and where nothing does. In ms. */
const quietWindow = { flagged: 1200, unflagged: 1500 } as const;

export interface CompiledVariant extends RuleVariant {
  readonly rule: CompiledRule;
  /** Everything that is never part of the answer: the rule's own excludes, and what is hidden or a control anywhere. */
  readonly without: string;
  /** What the rule excludes, and so is not part of the print; empty for nothing. */
  readonly unprinted: string;
  readonly quietMs: number;
  /** The site can say that an answer is being written. */
  readonly flagged: boolean;
  /** Shared by all responses of the variant. */
  readonly evidence: readonly Evidence[];
  readonly foundBy: Response['foundBy'];
}

export interface CompiledRule {
  readonly rule: SiteRule;
  readonly variants: readonly CompiledVariant[];
  /** All assistant messages, of whatever variant. */
  readonly assistants: string;
  /** All user messages; empty where no variant knows them. */
  readonly users: string;
  /** All messages of either role. */
  readonly messages: string;
  /** Its messages have no ids, so each one's identity needs its prompt. */
  readonly printed: boolean;
  readonly conversation: readonly RegExp[];
  /** First part of every response key. */
  readonly site: string;
}

const weights = { high: 0.95, medium: 0.8, low: 0.6 } as const;
/** What is left of the weight where a rule says itself that a match may not be AI. */
const doubt = 0.6;

const joined = (parts: readonly (string | undefined)[]) => parts.filter((part) => part).join(',');

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
  const { messageId, rowKey, model } = variant;
  const locators = [messageId, rowKey, model];
  try {
    check(
      document,
      [
        ...[variant.assistant, variant.body, variant.user, variant.userBody],
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
 * takes the place of every quiet window.
 */
export function compileRule(rule: SiteRule, document: Document, host: string, quietMs?: number): CompiledRule | null {
  let conversation: readonly RegExp[];
  try {
    conversation = check(document, [rule.signature, rule.busy, rule.composer], rule.conversation ?? []);
  } catch (thrown) {
    report(thrown, `reading site rule ${rule.id}; the rule is off`);
    return null;
  }
  const sound = rule.variants.filter((variant) => usable(document, rule, variant));
  if (sound.length === 0) return null;
  const variants: CompiledVariant[] = [];
  const compiled: CompiledRule = {
    rule,
    variants,
    assistants: joined(sound.map(({ assistant }) => assistant)),
    users: joined(sound.map(({ user }) => user)),
    messages: joined(sound.flatMap(({ assistant, user }) => [assistant, user])),
    printed: sound.every(({ messageId }) => messageId === undefined),
    conversation,
    // Two hosts that embed the same product are two sites.
    site: rule.matches.length > 0 ? rule.id : `${rule.id}@${host}`,
  };
  const evidence: Evidence = {
    kind: 'rule',
    detail: `${rule.name} marks it as an answer${rule.caveat ? `; ${rule.caveat}` : ''}`,
    weight: weights[rule.provenance.confidence] * (rule.caveat ? doubt : 1),
  };
  for (const variant of sound) {
    const flagged = (variant.streaming ?? rule.busy) !== undefined;
    variants.push({
      ...variant,
      rule: compiled,
      unprinted: joined(variant.exclude ?? []),
      without: joined([...(variant.exclude ?? []), hiddenSelector]),
      quietMs: quietMs ?? variant.quietMs ?? quietWindow[flagged ? 'flagged' : 'unflagged'],
      flagged,
      evidence: [evidence],
      foundBy: { site: rule.id, version: rule.version, variant: variant.id },
    });
  }
  return compiled;
}
