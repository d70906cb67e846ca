/** Keeps rules whose selectors hold up the page from running, before the first time and after. */
import type { CompiledRule } from './compile.ts';
import type { Root } from './roots.ts';
import { trialOf } from './trial.ts';

/** The longest that the browser may look for messages, in ms. */
const budgetMs = 50;
/** So many slow looks in a row are too many; fewer are forgiven, because the computer may be busy. */
const patience = 3;
/** What takes so much longer than the budget counts twice. */
const farBeyond = 4;
/** A page grows, so trials are repeated after this pause, in ms, and each time after twice as long. */
const trialPause = 1_000;

export function createSlowRuleGuard(now: () => number) {
  const slow = new WeakMap<CompiledRule, number>();
  const tried = new WeakMap<CompiledRule, { readonly next: number; readonly pause: number }>();
  return {
    /** How long a rule will take on a root, in ms, where that is too long; else 0. */
    foresee(rule: CompiledRule, root: Root): number {
      const last = tried.get(rule);
      if (last && now() < last.next) return 0;
      const pause = last ? last.pause * 2 : trialPause;
      tried.set(rule, { next: now() + pause, pause });
      const ms = trialOf(rule, root, now);
      return ms > budgetMs ? ms : 0;
    },
    /** Whether a rule that just took so long is too slow for this page. */
    isTooSlow(rule: CompiledRule, queryMs: number): boolean {
      const more = queryMs > budgetMs * farBeyond ? 2 : 1;
      const times = queryMs > budgetMs ? (slow.get(rule) ?? 0) + more : 0;
      slow.set(rule, times);
      return times >= patience;
    },
  };
}
