import type { BrokenPolicy, Policy } from '../../utils/review/policy.ts';
import { demandWords, stageWords } from '../../utils/review/policy-words.ts';
import type { Project } from '../../utils/review/project.ts';
import { Status } from '../controls/status.tsx';
import { ItemList } from '../rubric/item-list.tsx';
import { freshId } from '../rubric/list-edit.ts';
import { Section } from '../settings/section.tsx';
import { PolicyForm } from './policy-form.tsx';

/** As many as a review can name. */
const MOST = 64;

/** What a policy is, in a few words. */
function policyWords({ demand, severity, stage, phrases, pattern, labels }: Policy): string {
  const looks = [phrases?.map((phrase) => `“${phrase}”`).join(', '), pattern, labels && 'by label'];
  const found = looks.filter(Boolean).join(' and ');
  return `${demandWords[demand]}, ${severity}, ${stageWords(stage)}${found && `: ${found}`}`.slice(0, 160);
}

interface PoliciesPartProps {
  readonly project: Project;
  readonly onChange: (policies: Policy[]) => void;
}

/** The team's own policies. */
export function PoliciesPart({ project, onChange }: PoliciesPartProps) {
  const { policies = [], topics, rubrics } = project;
  const all = rubrics.flatMap((rubric) => rubric.labels);
  const labels = [...new Map(all.map(({ id, name }) => [id, { id, name }])).values()];
  return (
    <Section
      id="policies"
      title="Your policies"
      about="Each applies where everything that it names is so. They are looked at on this computer only, and stand in the project file."
    >
      {policies.length === 0 && (
        <p class="quiet">
          There are none: nobody is asked for more than the rubric asks. Add one, and try it on the right.
        </p>
      )}
      <ItemList
        items={policies}
        label="Policies"
        most={MOST}
        add="Add a policy"
        nameOf={({ name }) => name}
        wordsOf={policyWords}
        onAdd={(): Policy => ({
          id: freshId('New policy', policies),
          name: 'New policy',
          demand: 'review',
          severity: 'major',
        })}
        onChange={onChange}
        form={(policy, change) => <PolicyForm policy={policy} topics={topics} labels={labels} onChange={change} />}
      />
    </Section>
  );
}

/** Policies that have no say, and why. */
export function OffPolicies({ off }: { readonly off: readonly BrokenPolicy[] }) {
  if (off.length === 0) return null;
  return (
    <Section id="off" title="Switched off" about="Until the policy is changed, or the browser is restarted.">
      <ul class="po-off">
        {off.map(({ id, name, why }) => (
          <li key={id}>
            <Status tone="warn">
              “{name}” has no say. {why}
            </Status>
          </li>
        ))}
      </ul>
    </Section>
  );
}

interface LockedPoliciesProps {
  readonly policies: readonly Policy[];
  /** What the organisation set and nobody understands, in words. */
  readonly problems: readonly string[];
}

/** Policies that nobody here can change. */
export function LockedPolicies({ policies, problems }: LockedPoliciesProps) {
  if (policies.length === 0 && problems.length === 0) return null;
  return (
    <Section id="locked" title="Set by your organisation" about="In force beside yours. It cannot be changed here.">
      <ul class="ru-items" aria-label="Set by your organisation">
        {policies.map((policy) => (
          <li key={policy.id} class="ru-item">
            <p class="po-locked">
              <span class="captured">{policy.name}</span>{' '}
              <span class="quiet small captured">{policyWords(policy)}</span>
            </p>
          </li>
        ))}
        {problems.map((words) => (
          <li key={words}>
            <Status tone="warn">Not in force: {words}</Status>
          </li>
        ))}
      </ul>
    </Section>
  );
}
