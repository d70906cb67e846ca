import { useId } from 'preact/hooks';
import type { Demand, Policy, Stage } from '../../utils/review/policy.ts';
import type { Topic } from '../../utils/review/project.ts';
import type { Severity } from '../../utils/review/schema.ts';
import { Field } from '../controls/field.tsx';
import { Segmented } from '../controls/segmented.tsx';
import { Select } from '../controls/select.tsx';
import { orAbsent, toggledIn } from '../rubric/list-edit.ts';
import { Chips, LinesField, NameField, ScopeFields, TypedListField } from '../rubric/parts.tsx';
import { HoursFields } from './hours-fields.tsx';

interface PolicyFormProps {
  readonly policy: Policy;
  readonly topics: readonly Topic[];
  readonly labels: readonly { readonly id: string; readonly name: string }[];
  readonly onChange: (change: Partial<Policy>) => void;
}

const demands: readonly { value: Demand; label: string }[] = [
  { value: 'review', label: 'A review' },
  { value: 'forbid', label: 'Never to be said' },
  { value: 'reason', label: 'A reason' },
  { value: 'approver', label: 'A second person' },
];

const meanings: Readonly<Record<Demand, string>> = {
  review: 'A person looks at it; a draft waits for a verdict.',
  forbid: 'An answer with it cannot be approved, and a draft with it cannot be sent.',
  reason: 'Whoever judges says why, in the comment or in the note of a finding.',
  approver: 'Somebody else agrees before it is approved or corrected, and is named.',
};

const severities: readonly { value: Severity; label: string }[] = [
  { value: 'minor', label: 'Minor' },
  { value: 'major', label: 'Major' },
  { value: 'critical', label: 'Critical' },
];

const stages: readonly { value: Stage | 'both'; label: string }[] = [
  { value: 'both', label: 'Answers and drafts' },
  { value: 'answer', label: 'Answers' },
  { value: 'draft', label: 'Drafts' },
];

const some = <T,>(list: readonly T[]): readonly T[] | undefined => (list.length > 0 ? list : undefined);

/** Everything that a policy can name. What is left empty is everywhere, anybody and always. */
export function PolicyForm({ policy, topics, labels, onChange }: PolicyFormProps) {
  const id = useId();
  const looks = policy.phrases !== undefined || policy.pattern !== undefined;
  /** Where to look says nothing where nothing is looked for. */
  const change = (part: Partial<Policy>) => {
    const next = { ...policy, ...part };
    const isBlind = next.phrases === undefined && next.pattern === undefined;
    onChange(isBlind ? { ...part, within: undefined } : part);
  };
  return (
    <>
      <NameField label="Name of the policy" value={policy.name} onInput={(name) => change({ name })} />
      <Field label="It asks for" hint={meanings[policy.demand]} hintId={`${id}-demand`}>
        <Segmented
          label="It asks for"
          options={demands}
          value={policy.demand}
          describedBy={`${id}-demand`}
          onPick={(demand) => change({ demand })}
        />
      </Field>
      <div class="ru-pair">
        <Field label="Severity">
          <Segmented
            label="Severity"
            options={severities}
            value={policy.severity}
            onPick={(severity) => change({ severity })}
          />
        </Field>
        <Field label="It looks at" htmlFor={`${id}-stage`}>
          <Select
            id={`${id}-stage`}
            value={policy.stage ?? 'both'}
            options={stages}
            onPick={(stage) => change({ stage: stage === 'both' ? undefined : stage })}
          />
        </Field>
      </div>
      <TypedListField
        label="Phrases"
        hint="Between commas: one of them stands there, as whole words, in any case and any script."
        placeholder="we guarantee, full refund"
        list={policy.phrases ?? []}
        onChange={(list) => change({ phrases: some(list) })}
      />
      <NameField
        label="Pattern"
        hint={`In the syntax of RE2, without look-around and back-references${policy.phrases ? '; both it and a phrase must be there' : ''}.`}
        placeholder="(?i)\b\d+ ?(?:eur|usd)\b"
        maxLength={1024}
        value={policy.pattern ?? ''}
        onInput={(pattern) => change({ pattern: orAbsent(pattern) })}
      />
      {looks && (
        <Field label="Looked for in" htmlFor={`${id}-within`}>
          <Select
            id={`${id}-within`}
            value={policy.within ?? 'text'}
            options={[
              { value: 'text', label: 'The answer or draft' },
              { value: 'prompt', label: 'The question before it' },
            ]}
            onPick={(within) => change({ within: within === 'text' ? undefined : within })}
          />
        </Field>
      )}
      {labels.length > 0 && (
        <Chips
          label="Only with one of these labels"
          hint="Such a policy has its say when a judgement with the label is saved. Nothing chosen: whatever the labels."
          options={labels}
          on={policy.labels ?? []}
          onToggle={(label) => change({ labels: some(toggledIn(policy.labels, label)) })}
        />
      )}
      <TypedListField
        label="Only by these authors"
        hint="Names as the page shows them, between commas. Empty: whoever wrote it."
        list={policy.authors ?? []}
        onChange={(list) => change({ authors: some(list) })}
      />
      <ScopeFields scope={policy.scope} topics={topics} onChange={(scope) => change({ scope })} />
      <HoursFields hours={policy.hours} onChange={(hours) => change({ hours })} />
      <LinesField
        label="Why"
        hint="Shown to whoever it stops."
        value={policy.help ?? ''}
        onInput={(help) => change({ help: orAbsent(help) })}
      />
    </>
  );
}
