/** The team's own patterns for what identifies its customers: account numbers, policy numbers, user names. */
import { type Failure, failure } from '../errors.ts';
import { err, ok, type Result } from '../result.ts';
import type { Match, Scan } from './kinds.ts';
import { compilePattern, type Pattern } from './pattern/match.ts';
import { PatternError } from './pattern/syntax.ts';

export const MAX_RULES = 100;
/** In UTF-16 code units. */
const MAX_PATTERN = 1024;

/** One pattern of the team, as data. It sees the folded copy of a text, `^` and `$` are the ends of a line, and it matches at most 256 characters. */
export interface CustomerRule {
  /** Names the rule in messages. */
  readonly id: string;
  /** In the syntax of RE2, without flags but `(?i)`; the longest match is taken. */
  readonly pattern: string;
  /** The word in the placeholder: capitals and underscores. `CUSTOMER_ID` where none is given. */
  readonly placeholder?: string;
}

/** Rules that are ready to use. */
export type CompiledRules = readonly { readonly label: string; readonly pattern: Pattern }[];

/** Compiles rules. The failure names the rule by its path, as `rules.2.pattern`, and says in words what is wrong. */
export function compileRules(rules: readonly CustomerRule[]): Result<CompiledRules, Failure> {
  const wrong = (field: string, message: string) =>
    err(failure('invalid', { field, message, next: 'Correct the rule, or remove it.' }));
  if (rules.length > MAX_RULES) return wrong('rules', `There are ${rules.length} rules; ${MAX_RULES} can be used.`);
  const compiled: { label: string; pattern: Pattern }[] = [];
  for (const [index, { id, pattern, placeholder = 'CUSTOMER_ID' }] of rules.entries()) {
    if (pattern.length > MAX_PATTERN) {
      return wrong(`rules.${index}.pattern`, `Rule ${id}: the pattern is longer than ${MAX_PATTERN} characters.`);
    }
    if (!/^[A-Z][A-Z_]{1,30}$/.test(placeholder)) {
      return wrong(
        `rules.${index}.placeholder`,
        `Rule ${id}: a placeholder is capitals and underscores, as CUSTOMER_ID.`,
      );
    }
    try {
      compiled.push({ label: placeholder, pattern: compilePattern(pattern) });
    } catch (thrown) {
      if (!(thrown instanceof PatternError)) throw thrown;
      return wrong(`rules.${index}.pattern`, `Rule ${id}: ${thrown.message}`);
    }
  }
  return ok(compiled);
}

/** What the rules find. */
export function findByRules({ text, spend }: Scan, rules: CompiledRules): Match[] {
  return rules.flatMap(({ label, pattern }) =>
    pattern.findAll(text, spend).map((span) => ({ ...span, kind: 'customer-id' as const, label })),
  );
}
