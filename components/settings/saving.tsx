import { Check, TriangleAlert } from 'lucide';
import { useEffect, useRef, useState } from 'preact/hooks';
import { Icon } from '../controls/icon.tsx';
import type { Choices, Problem, SaveChoices } from './types.ts';

/** How the last change ended; null where nothing was changed lately. */
export type Outcome = 'saved' | Problem | null;

/** ms that "Saved" stays. */
const SHOWN_MS = 3000;

/** Saves changes one after the other and remembers how the last one ended. */
export function useSaving(save: SaveChoices): [Outcome, (change: Partial<Choices>) => void] {
  const [outcome, setOutcome] = useState<Outcome>(null);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  useEffect(() => () => clearTimeout(timer.current), []);
  const change = async (choices: Partial<Choices>) => {
    clearTimeout(timer.current);
    const problem = await save(choices);
    setOutcome(problem ?? 'saved');
    if (!problem) timer.current = setTimeout(() => setOutcome(null), SHOWN_MS);
  };
  return [outcome, (choices) => void change(choices)];
}

/** Says how it ended, beside the title of its part, where nothing has to make room for it. */
export function SavedWords({ outcome }: { readonly outcome: Outcome }) {
  const saved = outcome === 'saved';
  return (
    <div class="st-saved" role="status">
      {outcome !== null && (
        <div class={`cs-status cs-status-${saved ? 'good' : 'bad'}`}>
          <Icon node={saved ? Check : TriangleAlert} />
          <span>{saved ? 'Saved' : `${outcome.message} ${outcome.next}`}</span>
        </div>
      )}
    </div>
  );
}
