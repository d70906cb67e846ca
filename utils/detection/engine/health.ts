/** How detection fares on a page, in a word and in a sentence. */
import type { Health, RuleVariant, SiteRule } from '../types.ts';
import type { CompiledRule } from './compile.ts';
import { locatorsOf } from './compile.ts';
import type { Trouble } from './force.ts';
import type { Root } from './roots.ts';

/** A conversation without an answer is believed to wait for it so long, in ms: with one question, and with more. */
export const waits = { one: 20_000, more: 5_000 } as const;
/** Counting for a survey stops after so long, in ms. */
const countMs = 50;

export interface Facts {
  /** The name of the rule that was chosen for the page; null where there is none. */
  readonly rule: string | null;
  /** Something of it can be used. */
  readonly usable: boolean;
  readonly found: Health['found'];
  /** Other signs say that answers are there, and the rule finds none. */
  readonly missed: boolean;
  readonly troubles: readonly Trouble[];
}

/** Sums up the facts. */
export function judgeHealth({ rule, usable, found, missed, troubles }: Facts): Pick<Health, 'state' | 'message'> {
  const name = (trouble: Trouble | undefined) => `The rule “${trouble?.rule}”`;
  const slow = troubles.find(({ kind }) => kind === 'slow');
  const broken = troubles.find(({ kind }) => kind === 'broken');
  const part = broken && `${name(broken)} is partly off: ${broken.why}. Correct it under Sites in the workbench.`;
  if (found.rule > 0) return { state: 'working', message: part ?? null };
  if (slow) {
    const message = `${name(slow)} is off on this page, because it holds it up: ${slow.why}. Make it narrower under Sites in the workbench.`;
    return { state: 'slow', message };
  }
  if (rule !== null && !usable && broken) {
    const message = `${name(broken)} cannot be used: ${broken.why}. Correct it under Sites in the workbench.`;
    return { state: 'broken', message };
  }
  if (missed) {
    const help = found.generic > 0 ? 'Until then answers are found by other signs' : 'No answer is found until then';
    return { state: 'changed', message: `${rule} has changed. Point at an answer to repair its rule. ${help}.` };
  }
  if (found.generic > 0) {
    const where = rule === null ? 'No rule knows this site' : `The rule for ${rule} knows no messages`;
    return { state: 'fallback', message: `${where}; answers are found by other signs. Point at one to make a rule.` };
  }
  return { state: found.manual > 0 ? 'working' : 'idle', message: part ?? null };
}

interface Missed {
  readonly rules: readonly CompiledRule[];
  readonly roots: Iterable<Root>;
  readonly conversation: string | null;
  /** The finder finds answers. */
  readonly generic: boolean;
  /** How long the page has shown this conversation, in ms. */
  readonly sinceMs: number;
}

/** Whether the page shows a conversation in which a rule that knows answers sees none. Only where none was found. */
export function isMissing({ rules, roots, conversation, generic, sinceMs }: Missed): boolean {
  for (const { rule, rows, users } of rules) {
    if (rule.variants.length === 0 || (sinceMs < waits.more && !generic)) continue;
    const all = [...roots];
    const sees = (selector: string | undefined) =>
      selector !== undefined && selector !== '' && all.some((root) => root.querySelector(selector) !== null);
    // Rows of unknown authors are found as they should be.
    if (sees(rows) || sees(rule.busy)) continue;
    const asked = users === '' ? 0 : all.reduce((sum, root) => sum + root.querySelectorAll(users).length, 0);
    if (generic || asked > 1) return true;
    const open = asked === 1 || (conversation !== null && sees(rule.composer));
    if (open && sinceMs >= waits.one) return true;
  }
  return false;
}

const fields = ['assistant', 'row', 'draft', 'user', 'agent', 'note', 'group', 'body', 'userBody'] as const;
const signs = ['streaming', 'done', 'codeBlock'] as const;

function selectorsOf(variant: RuleVariant): [field: string, selector: string][] {
  const plain = [...fields, ...signs].map((field) => [field, variant[field]] as const);
  const excluded = (variant.exclude ?? []).map((selector) => ['exclude', selector] as const);
  const located = Object.entries(locatorsOf(variant)).map(([field, locator]) => [field, locator?.selector] as const);
  return [...plain, ...excluded, ...located].filter((one): one is [string, string] => one[1] !== undefined);
}

/** What each selector of the rules matches now, as far as time allows; -1 where it is refused. */
export function countMatches(
  rules: readonly SiteRule[],
  roots: Iterable<Root>,
  refused: (selector: string) => boolean,
  now: () => number,
): Health['selectors'] {
  const all = [...roots];
  const until = now() + countMs;
  const counted: Health['selectors'][number][] = [];
  for (const rule of rules) {
    const { signature, composer, busy } = rule;
    const own = Object.entries({ signature, composer, busy }).filter((one): one is [string, string] => !!one[1]);
    const list = [
      ...own.map(([field, selector]) => [null, field, selector] as const),
      ...rule.variants.flatMap((variant) =>
        selectorsOf(variant).map(([field, selector]) => [variant.id, field, selector] as const),
      ),
    ];
    for (const [variant, field, selector] of list) {
      if (now() > until) return counted;
      const matched = refused(selector)
        ? -1
        : all.reduce((sum, root) => sum + root.querySelectorAll(selector).length, 0);
      counted.push({ variant, field, selector, matched });
    }
  }
  return counted;
}
