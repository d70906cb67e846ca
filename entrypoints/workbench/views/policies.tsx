import '../../../components/workbench/page.css';
import '../../../components/settings/settings.css';
import '../../../components/rubric/rubric.css';
import '../../../components/policies/policies.css';
import { useState } from 'preact/hooks';
import { LockedPolicies, OffPolicies, PoliciesPart } from '../../../components/policies/policies-part.tsx';
import { type Period, TrialView } from '../../../components/policies/trial-view.tsx';
import { Applying } from '../../../components/rubric/applying.tsx';
import { policiesOff } from '../store/policies-off.ts';
import { createPolicyTrials, triedAs } from '../store/policy-trial.ts';
import { createProjectEditing } from '../store/project-editing.ts';
import type { Workbench } from '../workbench.ts';
import { useStore } from './use-store.ts';

/** Rules set up front: what must be looked at, what may never be said, who has to agree; with a way to try them. */
export function PoliciesView({ workbench }: { readonly workbench: Workbench }) {
  const { browser, database, call, notices, now } = workbench;
  const store = useStore((stop) => createProjectEditing(database, call, stop));
  const trials = useStore((stop) => createPolicyTrials(database, stop));
  const off = useStore((stop) => policiesOff(browser.storage, stop));
  const [chosen, setChosen] = useState<string | null>(null);
  const [period, setPeriod] = useState<Period>('week');
  const project = store.working.value;
  const { policies: locked = [], problems = [] } = workbench.managed.value.value ?? {};
  const policies = [...(project?.policies ?? []), ...locked];
  const policy = policies.find(({ id }) => id === chosen) ?? policies[0];
  const trial = trials.trial.value;
  if (!project) return null;

  const apply = async () => {
    const failure = await store.apply();
    if (failure) return notices.fail(failure);
    notices.tell({ tone: 'good', text: 'In force: it counts from the next judgement on.' });
  };

  return (
    <div class="ru-page">
      <header class="ru-top">
        <div class="ru-top-line">
          <h1>Policies</h1>
        </div>
        <p class="quiet">
          What your team decides up front: what a person must look at, what may never be said, where a reason or a
          second person is needed. Policies are part of the project; import and export it under{' '}
          <a href="#/rubric">Rubric</a>.
        </p>
      </header>
      <div>
        <OffPolicies off={off.value} />
        <LockedPolicies policies={locked} problems={problems} />
        <PoliciesPart project={project} onChange={(next) => store.change({ policies: next })} />
      </div>
      <TrialView
        policies={policies}
        chosen={policy?.id ?? ''}
        period={period}
        trial={trial?.with === triedAs(policy, period) ? trial : null}
        running={trials.running.value}
        now={now.value}
        onChoose={setChosen}
        onPeriod={setPeriod}
        onRun={() => policy && void trials.run(policy, project.topics, period)}
      />
      <Applying
        dirty={store.dirty.value}
        changes={store.changes.value}
        problem={store.problem.value}
        onApply={apply}
        onDiscard={store.discard}
      />
    </div>
  );
}
