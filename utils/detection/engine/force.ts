/**
 * Which rules are in force on the page: those chosen for its address that apply to what it shows, and where none of them finds
 * anything the one that the finder derived. Knows nothing of messages.
 */
import type { Induced } from '../generic/index.ts';
import { conversationOf } from '../identity.ts';
import { conversationInAddress } from '../sites/embedded.ts';
import type { PageRules, SiteRule, Survey } from '../types.ts';
import { type CompiledRule, compileRule, type Reasons } from './compile.ts';
import { presentRules, waitForRules } from './presence.ts';
import { type Authors, authorsOf } from './roles.ts';
import type { Root } from './roots.ts';
import { addressOf, rulesFor } from './rules.ts';

type Page = Window & typeof globalThis;
type OwnedRule = PageRules['rules'][number];

/** What a label weighs where the finder derived the rule. */
const genericBadge = 0.5;

/** What is wrong with a rule on this page. */
export interface Trouble {
  readonly kind: 'broken' | 'slow';
  readonly rule: string;
  /** In words, without the rule's name. */
  readonly why: string;
}

interface ForceParts {
  readonly page: Page;
  readonly quietMs: number | undefined;
  readonly given: PageRules;
  /** Looks into shadow roots for signatures. */
  readonly searchRoots: () => void;
  /** Rules have come into force. */
  readonly onForce: (rules: readonly CompiledRule[]) => void;
}

const isSameRule = (one: OwnedRule, other: OwnedRule | undefined) =>
  one === other || JSON.stringify(one) === JSON.stringify(other);

export type Force = ReturnType<typeof createForce>;

export function createForce({ page, quietMs, given: first, searchRoots, onForce }: ForceParts) {
  const { document } = page;
  let given = first;
  let wanted: readonly OwnedRule[] = [];
  let candidates: readonly CompiledRule[] = [];
  let active: readonly CompiledRule[] = [];
  let induced: CompiledRule | null = null;
  let troubles: Trouble[] = [];
  let named = new WeakMap<CompiledRule, Authors>();
  let stopWaiting = () => {};

  const host = () => page.location.host || new URL(addressOf(page)).host;
  const compile = (rule: SiteRule, more: { reasons?: Reasons; site?: string } = {}) =>
    compileRule(rule, document, {
      ...more,
      host: host(),
      quietMs,
      onTrouble: (why) => troubles.push({ kind: 'broken', rule: rule.name, why }),
    });

  function begin(found: readonly CompiledRule[]): void {
    stopWaiting();
    induced = null;
    active = found;
    onForce(found);
  }

  /** The rule that was chosen for the page, of however little use it is. */
  const owner = (): OwnedRule | undefined =>
    wanted.find(({ id }) => active.some(({ rule }) => rule.id === id)) ??
    wanted.find(({ matches }) => matches.length > 0);

  return {
    /** In the order in which they are tried. */
    active: () => active,
    /** Those among them that somebody wrote. */
    own: () => active.filter((one) => one !== induced),
    candidates: () => candidates,
    /** The rules chosen for the page that apply to it, else those that name its address. */
    chosen: () => wanted.filter(({ id, matches }) => matches.length > 0 || active.some(({ rule }) => rule.id === id)),
    host,
    induced: () => induced,
    troubles: () => troubles,
    threshold: () => given.threshold,
    generic: () => given.generic,
    owner,
    survey(): Survey['rule'] {
      const rule = owner();
      return rule ? { site: rule.id, name: rule.name, version: rule.version, origin: rule.origin } : null;
    },

    /** What was said about the authors of the rule's site. */
    authors(rule: CompiledRule): Authors {
      const known = named.get(rule) ?? authorsOf(given.authors, [...this.sitesOf(rule)]);
      named.set(rule, known);
      return known;
    },
    /** The names that authors are kept under, the one to keep them under first. */
    sitesOf(rule: CompiledRule): readonly [string, ...string[]] {
      const id = rule === induced ? owner()?.id : rule.rule.id;
      return id === undefined ? [page.origin] : [id, page.origin];
    },

    /** Names of which it was said that they are an AI's here. */
    assistants(): readonly string[] {
      const sites = [owner()?.id, page.origin];
      return given.authors
        .filter(({ site, is }) => is === 'assistant' && sites.includes(site))
        .map(({ author }) => author);
    },

    /** Chooses the rules for the address that the page has now. */
    choose(): void {
      wanted = rulesFor(given.rules, page);
      troubles = [];
      candidates = wanted.map((rule) => compile(rule)).filter((rule) => rule !== null);
      const present = presentRules(candidates, document);
      if (present.length > 0) begin(present);
      else if (candidates.length > 0) stopWaiting = waitForRules(page, candidates, searchRoots, begin);
    },
    /** Whether other rules are to be chosen now than were. */
    isOutdated(): boolean {
      const next = rulesFor(given.rules, page);
      return next.length !== wanted.length || !next.every((rule, at) => isSameRule(rule, wanted[at]));
    },
    use(rules: PageRules): void {
      given = rules;
      named = new WeakMap();
    },
    /** A root was found. Answers whether its messages are looked for. */
    onRoot(root: Root): boolean {
      if (active.length > 0 && active[0] !== induced) return true;
      const found = presentRules(candidates, root);
      if (found.length > 0) begin(found);
      return active.length > 0;
    },

    /** Puts the rule of the finder in force, or another one in its place; answers whether anything is different now. */
    induce({ rule, evidence }: Induced): boolean {
      const reasons: Reasons = {
        selected: evidence,
        row: evidence,
        badge: (label) => ({ kind: 'generic', detail: `It is labelled “${label}”`, weight: genericBadge }),
      };
      const known = owner();
      const before = induced;
      if (before && JSON.stringify(before.rule.variants) === JSON.stringify(rule.variants)) {
        if (JSON.stringify(before.reasons.selected) === JSON.stringify(evidence)) return false;
        before.reasons = reasons;
        return true;
      }
      const conversation = known?.conversation ?? conversationInAddress;
      const site = known && known.matches.length > 0 ? known.id : `${known?.id ?? 'generic'}@${host()}`;
      const compiled = compile({ ...rule, conversation }, { reasons, site });
      if (!compiled) return false;
      induced = compiled;
      active = [...active.filter((one) => one !== before), compiled];
      onForce([compiled]);
      return true;
    },
    /** The finder's rule is needed no more. */
    forgetInduced(): void {
      active = active.filter((one) => one !== induced);
      induced = null;
    },
    /** A rule holds up the page. */
    drop(rule: CompiledRule, ms: number): void {
      active = active.filter((one) => one !== rule);
      candidates = candidates.filter((one) => one !== rule);
      if (rule === induced) induced = null;
      troubles.push({ kind: 'slow', rule: rule.rule.name, why: `one look for its messages took ${Math.round(ms)} ms` });
    },
    trouble(trouble: Trouble): void {
      troubles.push(trouble);
    },

    /** The conversation that the address names. */
    conversation(): string | null {
      const { pathname, search, hash } = page.location;
      const patterns = (active[0] ?? candidates.find(({ rule }) => rule.matches.length > 0))?.conversation ?? [];
      return conversationOf(patterns, pathname + search + hash);
    },
    stop(): void {
      stopWaiting();
      active = [];
      candidates = [];
      wanted = [];
      induced = null;
      named = new WeakMap();
    },
  };
}
