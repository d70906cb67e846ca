import '../../../components/workbench/page.css';
import '../../../components/settings/settings.css';
import { useState } from 'preact/hooks';
import type { Outcome } from '../../../components/settings/saving.tsx';
import { Learned } from '../../../components/triage/learned.tsx';
import { Signals } from '../../../components/triage/signals.tsx';
import { Terms } from '../../../components/triage/terms.tsx';
import type { TriageChange } from '../../../components/triage/view.ts';
import { live } from '../store/live.ts';
import { changed, readTriage } from '../store/triage.ts';
import type { Workbench } from '../workbench.ts';
import { useStore } from './use-store.ts';

/** Which answers ask for a review, and why: threshold, audit share, weights and what was learned. */
export function TriageView({ workbench }: { readonly workbench: Workbench }) {
  const { database, call, settings } = workbench;
  const read = useStore((stop) => live(() => readTriage(database), stop));
  const [outcome, setOutcome] = useState<Outcome>(null);
  const view = read.value.value;
  const change = async (wanted: TriageChange) => {
    const answer = await call('saveSettings', { triage: changed(settings.peek().triage, wanted) });
    setOutcome(answer.ok ? 'saved' : answer.error);
  };
  return (
    <div class="wb-page">
      <header class="wb-page-head">
        <h1>Triage</h1>
      </header>
      {view && (
        <>
          <Terms view={view} outcome={outcome} onChange={(wanted) => void change(wanted)} />
          <Signals view={view} onChange={(wanted) => void change(wanted)} />
          <Learned view={view} onChange={(wanted) => void change(wanted)} />
        </>
      )}
    </div>
  );
}
