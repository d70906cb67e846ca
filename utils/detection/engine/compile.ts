/**
 * Makes a rule ready to run on one document, and fails closed: a variant with a selector or pattern that the browser
 * refuses, or that could hold up the page, is off, and so is a rule whose own are refused. Nothing here throws into the page.
 */
import type { Evidence, Locator, Response, RuleVariant, SiteRule } from '../types.ts';
import { hiddenSelector } from './hidden.ts';
import { isSlowPattern, tooMuch } from './limits.ts';

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
  /** The finder's change when it has seen more. */
  reasons: Reasons;
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

/** More renderers than any site has. */
const variantLimit = 12;

const weights = { high: 0.95, medium: 0.8, low: 0.6 } as const;
/** What is left of the weight where a rule says itself that a match may not be AI: less than asserts anything. */
const doubt = 0.5;

/** What a label such as "Bot" on the message itself weighs. */
const badgeWeight = 0.8;

/** Locators of a variant, by the field that holds them. */
export const locatorsOf = ({ author, badge, messageId, rowKey, model }: RuleVariant) =>
  ({ author, badge, messageId, rowKey, model }) satisfies Record<string, Locator | undefined>;

/** The reasons that a rule gives which somebody wrote. */
function reasonsOf({ name, caveat, remark, provenance }: SiteRule): Reasons {
  const words = [caveat, remark].map((part) => (part ? `; ${part}` : '')).join('');
  const factor = caveat ? doubt : 1;
  const weight = weights[provenance.confidence] * factor;
  return {
    selected: [{ kind: 'rule', detail: `${name} marks it as an answer${words}`, weight }],
    row: [],
    badge: (label) => ({
      kind: 'declared',
      detail: `The page labels it “${label}”${words}`,
      weight: badgeWeight * factor,
    }),
  };
}

/** Variants often share a selector: the browser is asked for it once. */
const joined = (parts: readonly (string | undefined)[]) => [...new Set(parts.filter((part) => part))].join(',');

/** Selects nothing, for rules that know no messages: only where the conversation is. */
const nothing = ':not(*)';

const messagesOf = ({ assistant, row, draft, user, agent, note }: RuleVariant) =>
  joined([assistant, row, draft, user, agent, note]);

type Texts = readonly (string | undefined)[];
const given = (texts: Texts) => texts.filter((text) => text !== undefined);

/** Why selectors and patterns cannot be used, in words; null where they can. */
function refusal(document: Document, selectors: Texts, patterns: Texts): string | null {
  const probe = document.createDocumentFragment();
  for (const selector of given(selectors)) {
    const reason = tooMuch(selector);
    if (reason) return `the selector ${selector.slice(0, 80)} ${reason}`;
    try {
      probe.querySelector(selector);
    } catch {
      return `the browser does not know the selector ${selector.slice(0, 80)}`;
    }
  }
  for (const pattern of given(patterns)) {
    if (isSlowPattern(pattern)) return `the pattern ${pattern.slice(0, 80)} is none, or could be slow`;
  }
  return null;
}

function variantRefusal(document: Document, variant: RuleVariant): string | null {
  const locators = Object.values(locatorsOf(variant));
  return refusal(
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
}

export interface CompileOptions {
  /** As in `location.host`. */
  readonly host: string;
  /** Takes the place of every quiet window, in ms. */
  readonly quietMs?: number | undefined;
  /** Where nobody wrote the rule. */
  readonly reasons?: Reasons | undefined;
  /** First part of the response keys, where it is not the rule's own. */
  readonly site?: string | undefined;
  /** Hears in words what of the rule cannot be used, and is off. */
  readonly onTrouble?: ((why: string) => void) | undefined;
}

/** Prepares a rule; null where nothing of it can be used. */
export function compileRule(rule: SiteRule, document: Document, options: CompileOptions): CompiledRule | null {
  const { host, quietMs, reasons = reasonsOf(rule), onTrouble = () => {} } = options;
  const { signature, frame, busy, composer, send, conversation = [] } = rule;
  const whole = refusal(document, [signature, frame, busy, composer, send], conversation);
  if (whole !== null) {
    onTrouble(whole);
    return null;
  }
  const sound = rule.variants.slice(0, variantLimit).filter((variant) => {
    const part = variantRefusal(document, variant);
    if (part !== null) onTrouble(part);
    return part === null;
  });
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
    conversation: conversation.map((pattern) => new RegExp(pattern)),
    // Two hosts that embed the same product are two sites.
    site: options.site ?? (rule.matches.length > 0 ? rule.id : `${rule.id}@${host}`),
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
