/** Tries a policy on stored reviews, some at a time, so that the page stays at hand. */
import { type ReadonlySignal, signal } from '@preact/signals';
import type { Period } from '../../../components/policies/trial-view.tsx';
import type { Policy } from '../../../utils/review/policy.ts';
import type { Topic } from '../../../utils/review/project.ts';
import type { CountersignDatabase } from '../../../utils/storage/database.ts';
import { eachNewest } from '../../../utils/storage/each-review.ts';
import { beginTrial, type Trial } from '../../../utils/triage/policy-trial.ts';

const DAYS: Readonly<Record<Period, number | null>> = { week: 7, month: 30, all: null };
const DAY = 86_400_000;
/** ms after which the page gets a turn. */
const SLICE_MS = 30;

export interface PolicyTrials {
  /** Null before one was tried, and once what was tried has changed. */
  readonly trial: ReadonlySignal<Trial | null>;
  readonly running: ReadonlySignal<boolean>;
  readonly run: (policy: Policy, topics: readonly Topic[], period: Period) => Promise<void>;
  readonly clear: () => void;
}

const nothing: Trial = {
  of: 0,
  hits: 0,
  verdicts: { approve: 0, correct: 0, reject: 0, unsure: 0 },
  shown: [],
  broken: null,
};

export function createPolicyTrials(database: CountersignDatabase, stop: AbortSignal): PolicyTrials {
  const trial = signal<Trial | null>(null);
  const running = signal(false);
  let latest = 0;
  return {
    trial,
    running,
    clear() {
      latest += 1;
      trial.value = null;
      running.value = false;
    },
    async run(policy, topics, period) {
      latest += 1;
      const own = latest;
      running.value = true;
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
        trial.value = found;
        await new Promise((resolve) => setTimeout(resolve));
        until = performance.now() + SLICE_MS;
      }
      if (own !== latest) return;
      trial.value = found;
      running.value = false;
    },
  };
}
