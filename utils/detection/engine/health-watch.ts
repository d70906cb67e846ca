/** Follows how detection fares on a page: counts what was found by what, and tells each new state once. */
import type { Health } from '../types.ts';
import type { Force } from './force.ts';
import { countMatches, type Facts, isMissing, judgeHealth, waits } from './health.ts';
import type { Root } from './roots.ts';
import type { Thread } from './thread.ts';

interface HealthParts {
  readonly page: Window & typeof globalThis;
  readonly now: () => number;
  readonly thread: Thread;
  readonly force: Force;
  /** Where messages are looked for, and all that are known. */
  readonly roots: () => Iterable<Root>;
  readonly allRoots: () => readonly Root[];
  readonly conversation: () => string | null;
  readonly onHealth: (state: Health['state']) => void;
}

export function createHealthWatch({ page, now, thread, force, roots, allRoots, conversation, onHealth }: HealthParts) {
  let state: Health['state'] = 'idle';
  /** Since when the page has shown this conversation. */
  let since = now();
  let timers: number[] = [];

  function found(): Health['found'] {
    const counts = { rule: 0, generic: 0, manual: 0, growing: 0 };
    for (const { chosen, variant, response } of thread.entries()) {
      counts[chosen ? 'manual' : variant.rule === force.induced() ? 'generic' : 'rule'] += 1;
      if (!response.settled) counts.growing += 1;
    }
    return counts;
  }

  function facts(): Facts {
    const counts = found();
    const generic = counts.generic > 0;
    const look = { rules: force.own(), roots: roots(), conversation: conversation(), generic, sinceMs: now() - since };
    const name = force.owner()?.name ?? force.troubles()[0]?.rule ?? null;
    return {
      ...{ rule: name, usable: force.candidates().length > 0, found: counts, troubles: force.troubles() },
      missed: counts.rule === 0 && isMissing(look),
    };
  }

  function check(): void {
    const next = judgeHealth(facts()).state;
    if (next === state) return;
    state = next;
    onHealth(state);
  }

  const stop = () => {
    for (const timer of timers) page.clearTimeout(timer);
  };

  return {
    found,
    check,
    /** Counts from now how long the page shows what it shows. */
    begin(): void {
      since = now();
      stop();
      timers = [waits.more, waits.one].map((ms) => page.setTimeout(check, ms + 50));
    },
    report(): Health {
      const all = facts();
      const refused = (selector: string) => force.troubles().some(({ why }) => why.includes(selector.slice(0, 80)));
      const induced = force.induced();
      const rules = [...force.chosen(), ...(induced ? [induced.rule] : [])];
      return { ...judgeHealth(all), selectors: countMatches(rules, allRoots(), refused, now), found: all.found };
    },
    stop,
  };
}
