/**
 * Who wrote a message. The selectors of a rule have the first word, those for people before all others; then what a reviewer
 * said about the author's name; then a label on the message. Whoever is not told to be an AI is none.
 */
import { foldAuthor } from '../author-name.ts';
import { cutText } from '../text.ts';
import type { AuthorRule, Evidence, Role } from '../types.ts';
import type { CompiledRule, CompiledVariant } from './compile.ts';
import { locate } from './locate.ts';

/** Longest name that is kept, in characters. */
const nameLimit = 120;
const labelLimit = 40;

/** What reviewers said about authors of this site, by folded name. */
export type Authors = ReadonlyMap<string, AuthorRule['is']>;

/** What the page shows about the author of one message. */
export interface Judgement {
  readonly role: Role;
  readonly author: string | null;
  readonly evidence: readonly Evidence[];
}

/** The authors of a site; `sites` are the names that it goes by: a rule's id, an origin. */
export const authorsOf = (authors: readonly AuthorRule[], sites: readonly string[]): Authors =>
  new Map(authors.filter(({ site }) => sites.includes(site)).map(({ author, is }) => [foldAuthor(author), is]));

/** Whether a message of this role is a response. */
export const isAnswer = (role: Role): role is 'assistant' | 'draft' => role === 'assistant' || role === 'draft';

/** What the evidence adds up to, 0 to 1. */
export function confidenceOf(evidence: readonly Evidence[]): number {
  const sum = evidence.reduce((total, { weight }) => total + weight, 0);
  // Three tenths added up must not miss a threshold by the last bit.
  return Math.round(Math.min(1, Math.max(0, sum)) * 1e6) / 1e6;
}

/** The person whose message the rule says it is, whichever of its variants says so. */
export function personOf(
  element: Element,
  { people, users, variants }: CompiledRule,
): 'agent' | 'note' | 'user' | null {
  if (people !== '' && element.closest(people)) {
    return variants.some(({ note }) => note !== undefined && element.closest(note)) ? 'note' : 'agent';
  }
  return users !== '' && element.matches(users) ? 'user' : null;
}

/** What the selectors of a variant say of a message: null where it is one of any author, undefined where it is none. */
function markedRole(element: Element, { draft, assistant, row }: CompiledVariant, person: Role | null) {
  if (draft !== undefined && person !== 'agent' && person !== 'note' && element.matches(draft)) return 'draft';
  if (person !== null) return person;
  if (assistant !== undefined && element.matches(assistant)) return 'assistant';
  return row !== undefined && element.matches(row) ? null : undefined;
}

const roleWords = { user: 'the question', agent: 'a person’s answer', note: 'an internal note' } as const;

/** Judges a message; null where the variant does not know it. `person`: as in `personOf`. */
export function judge(
  element: Element,
  variant: CompiledVariant,
  authors: Authors,
  person = personOf(element, variant.rule),
): Judgement | null {
  const role = markedRole(element, variant, person);
  if (role === undefined) return null;
  const { reasons, rule } = variant.rule;
  const name = locate(variant.author, element);
  const author = name === null ? null : cutText(name.replace(/\s+/g, ' '), nameLimit);
  if (role === 'user' || role === 'agent' || role === 'note') {
    const kind = reasons.selected[0]?.kind ?? 'rule';
    return { role, author, evidence: [{ kind, detail: `${rule.name} marks it as ${roleWords[role]}`, weight: -1 }] };
  }

  const evidence: Evidence[] = [...(role === null ? reasons.row : reasons.selected)];
  const label = role === 'draft' ? null : locate(variant.badge, element);
  if (label !== null) evidence.push(reasons.badge(cutText(label.replace(/\s+/g, ' '), labelLimit)));
  const said = author === null || role === 'draft' ? undefined : authors.get(foldAuthor(author));
  if (said === 'person') {
    evidence.push({ kind: 'manual', detail: `Messages by ${author} were said to be a person’s`, weight: -1 });
    return { role: 'agent', author, evidence: evidence.filter(({ weight }) => weight < 0) };
  }
  if (said === 'assistant') {
    evidence.push({ kind: 'manual', detail: `Messages by ${author} were said to be AI`, weight: 1 });
  }
  if (role === null && said !== 'assistant' && label === null) return { role: 'unknown', author, evidence: [] };
  return { role: role ?? 'assistant', author, evidence };
}
