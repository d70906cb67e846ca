/** Tries a policy on stored reviews, some at a time, so that the page stays at hand. */
import { type ReadonlySignal, signal } from '@preact/signals';
import type { Period } from '../../../components/policies/trial-view.tsx';
import type { Trial } from '../../../utils/review/oversight-view.ts';
import type { Policy } from '../../../utils/review/policy.ts';
import type { Topic } from '../../../utils/review/project.ts';
import type { CountersignDatabase } from '../../../utils/storage/database.ts';
import { eachNewest } from '../../../utils/storage/each-review.ts';
import { beginTrial } from '../../../utils/triage/policy-trial.ts';

const DAYS: Readonly<Record<Period, number | null>> = { week: 7, month: 30, all: null };
const DAY = 86_400_000;
/** ms after which the page gets a turn. */
const SLICE_MS = 30;

export interface PolicyTrials {
  /** What was found with which policy in which period; null before one was tried. */
  readonly trial: ReadonlySignal<(Trial & { readonly with: string }) | null>;
  readonly running: ReadonlySignal<boolean>;
  readonly run: (policy: Policy, topics: readonly Topic[], period: Period) => Promise<void>;
}

const nothing: Trial = {
  of: 0,
  hits: 0,
  verdicts: { approve: 0, correct: 0, reject: 0, unsure: 0 },
  shown: [],
  broken: null,
};

/** Names what is tried: what was found is true of the policy that it was found with. */
export const triedAs = (policy: Policy | undefined, period: Period): string => JSON.stringify([policy, period]);

export function createPolicyTrials(database: CountersignDatabase, stop: AbortSignal): PolicyTrials {
  const trial = signal<(Trial & { readonly with: string }) | null>(null);
  const running = signal(false);
  let latest = 0;
  return {
    trial,
    running,
    async run(policy, topics, period) {
      latest += 1;
      const own = latest;
      running.value = true;
      const tried = triedAs(policy, period);
      const days = DAYS[period];
      const query = days === null ? {} : { from: new Date(Date.now() - days * DAY).toISOString() };
      const next = beginTrial(policy, topics);
      let found = nothing;
      let until = performance.now() + SLICE_MS;
      for await (const review of eachNewest(database, query)) {
        if (own !== latest || stop.aborted) return;
        found = next(review);
        if (found.broken) break;
        if (performance.now() < until) continue;
        trial.value = { ...found, with: tried };
        await new Promise((resolve) => setTimeout(resolve));
        until = performance.now() + SLICE_MS;
      }
      if (own !== latest) return;
      trial.value = { ...found, with: tried };
      running.value = false;
    },
  };
}
