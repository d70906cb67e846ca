import { useId, useState } from 'preact/hooks';
import { rubricChanges } from '../../utils/review/project-diff.ts';
import type { Rubric } from '../../utils/review/rubric.ts';
import { Field } from '../controls/field.tsx';
import { Select } from '../controls/select.tsx';
import { Section } from '../settings/section.tsx';
import { ChangeList } from './changes.tsx';

interface VersionsProps {
  /** As it is being made. */
  readonly rubric: Rubric;
  /** Of all rubrics that reviews were made under, the newest first. */
  readonly kept: readonly Rubric[];
}

/** What this rubric has become since an earlier version that reviews were made under. */
export function Versions({ rubric, kept }: VersionsProps) {
  const id = useId();
  const earlier = kept.filter((one) => one.id === rubric.id);
  const [picked, setPicked] = useState('');
  const before = earlier.find(({ version }) => version === picked) ?? earlier[0];
  return (
    <Section
      id="rubric-versions"
      title="Earlier versions"
      about="Every version that reviews were made under is kept: those reviews stay readable, and can be revised."
    >
      {before ? (
        <>
          <Field label="What changed since" htmlFor={id}>
            <Select
              id={id}
              value={before.version}
              options={earlier.map(({ version }) => ({ value: version, label: `Version ${version}` }))}
              onPick={setPicked}
            />
          </Field>
          <ChangeList changes={rubricChanges(before, rubric)} />
        </>
      ) : (
        <p class="quiet">No review was made under this rubric yet.</p>
      )}
    </Section>
  );
}
