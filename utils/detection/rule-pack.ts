/**
 * Rules from outside: one that was made by pointing or written in the settings, or a pack from a team or a file. All of a
 * pack is taken or nothing, and what is refused names the rule and the field in words.
 */
// biome-ignore lint/style/noRestrictedImports: only the background, the collector and tests load this file.
import * as z from 'zod/mini';
import { err, ok, type Result } from '../result.ts';
import { issueWords, pathOf } from '../review/issue-words.ts';
import { siteRuleSchema } from './rule-schema.ts';
import type { RulePack, SiteRule } from './types.ts';

/** The most that a pack may have, in UTF-8 bytes as it travels and in UTF-16 code units as text. */
export const PACK_LIMIT = 1_000_000;
/** Rules in one pack. */
const RULES = 200;
const AUTHORS = 500;

/** Why a rule or a pack is refused. */
export interface RuleComplaint {
  /** Id of the rule at fault; null where it is the pack itself, or an author. */
  readonly rule: string | null;
  /** The path of the offending value inside the rule, or inside the pack. */
  readonly field: string;
  /** One sentence that names rule and field. */
  readonly message: string;
}

const text = (limit: number) => z.string().check(z.minLength(1), z.maxLength(limit));

/** "Messages by NAME are AI", or are not. */
export const authorRuleSchema = z.strictObject({
  site: text(512).check(z.regex(/^(?:[a-z0-9][a-z0-9-]{0,63}|https?:\/\/[^/?#\s]+)$/)),
  author: text(200).check(z.regex(/\S/)),
  is: z.enum(['assistant', 'person']),
});

/** A pack as it is published; see `docs/site-rules.md`. Ids of rules are checked to differ by `checkPack`. */
export const rulePackSchema = z.strictObject({
  format: z.literal('countersign-rules'),
  version: text(64),
  rules: z.array(siteRuleSchema).check(z.maxLength(RULES)),
  authors: z.optional(z.array(authorRuleSchema).check(z.maxLength(AUTHORS))),
});

/** A rule's name in a complaint, as far as what came in has one. */
function nameOf(rule: unknown, index: number | null): string {
  const id = typeof rule === 'object' && rule !== null ? Reflect.get(rule, 'id') : undefined;
  if (typeof id === 'string' && id !== '') return id.slice(0, 64);
  return index === null ? '(without id)' : `number ${index + 1}`;
}

function ruleComplaint(rule: unknown, index: number | null, issue: z.core.$ZodIssue, path: readonly PropertyKey[]) {
  const name = nameOf(rule, index);
  const field = pathOf(path) || '(the rule)';
  return { rule: name, field, message: `Rule "${name}": ${field} ${issueWords(issue)}.` };
}

/** Checks one rule. */
export function checkRule(value: unknown): Result<SiteRule, RuleComplaint> {
  const parsed = siteRuleSchema.safeParse(value, { reportInput: true });
  if (parsed.success) return ok(parsed.data as SiteRule);
  const issue = parsed.error.issues[0] as z.core.$ZodIssue;
  return err(ruleComplaint(value, null, issue, issue.path));
}

function packComplaint(value: unknown, issue: z.core.$ZodIssue): RuleComplaint {
  const [top, index, ...rest] = issue.path;
  if (top === 'rules' && typeof index === 'number') {
    return ruleComplaint((value as { rules: unknown[] }).rules[index], index, issue, rest);
  }
  const field = pathOf(issue.path) || '(the pack)';
  return { rule: null, field, message: `The pack: ${field} ${issueWords(issue)}.` };
}

/** Checks a pack that was read as JSON. */
export function checkPack(value: unknown): Result<RulePack, RuleComplaint> {
  const parsed = rulePackSchema.safeParse(value, { reportInput: true });
  if (!parsed.success) return err(packComplaint(value, parsed.error.issues[0] as z.core.$ZodIssue));
  const seen = new Set<string>();
  for (const [index, { id }] of parsed.data.rules.entries()) {
    if (seen.has(id)) {
      const message = `Rule "${id}": two rules of the pack have this id.`;
      return err({ rule: id, field: `rules.${index}.id`, message });
    }
    seen.add(id);
  }
  return ok(parsed.data as RulePack);
}

/** Reads a pack from its text. */
export function readPack(json: string): Result<RulePack, RuleComplaint> {
  if (json.length > PACK_LIMIT) {
    return err({ rule: null, field: '(the pack)', message: 'The pack is larger than 1 MB.' });
  }
  let value: unknown;
  try {
    value = JSON.parse(json);
  } catch {
    return err({ rule: null, field: '(the pack)', message: 'The pack is not JSON.' });
  }
  return checkPack(value);
}
