/** Turns off a rule whose selectors hold up the page. */
import { report } from '../../errors.ts';
import type { CompiledRule } from './compile.ts';

/** The longest that the browser may look for messages, in ms. */
const budgetMs = 50;
/** So many slow looks in a row are too many; fewer are forgiven, because the computer may be busy. */
const patience = 3;

/** Answers whether a rule that just took `queryMs` is too slow for this page, and says so once. */
export function createSlowRuleGuard(): (rule: CompiledRule, queryMs: number) => boolean {
  const slow = new Map<CompiledRule, number>();
  return (rule, queryMs) => {
    const times = queryMs > budgetMs ? (slow.get(rule) ?? 0) + 1 : 0;
    slow.set(rule, times);
    if (times < patience) return false;
    report(
      new RangeError(),
      `finding messages by site rule ${rule.rule.id}, which takes too long here; the rule is off`,
    );
    return true;
  };
}
