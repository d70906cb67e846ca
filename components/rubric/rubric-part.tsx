import type { Topic } from '../../utils/review/project.ts';
import { conditionWords, scaleWords } from '../../utils/review/project-diff.ts';
import type { Dimension, Label, Rubric } from '../../utils/review/rubric.ts';
import { Switch } from '../controls/switch.tsx';
import { Section } from '../settings/section.tsx';
import { ConditionFields, ValueChips } from './condition-fields.tsx';
import { ItemList } from './item-list.tsx';
import { freshId } from './list-edit.ts';
import { MeaningFields, NameField, ScopeFields } from './parts.tsx';
import { ScaleFields } from './scale-fields.tsx';

interface RubricPartProps {
  readonly rubric: Rubric;
  readonly topics: readonly Topic[];
  readonly onChange: (part: Partial<Rubric>) => void;
}

const flag = (on: boolean) => (on ? (true as const) : undefined);

function questionWords(dimension: Dimension, rubric: Rubric): string {
  const { scale, required, shownWhen } = dimension;
  return [scaleWords(scale), required && 'required', shownWhen && `asked ${conditionWords(shownWhen, rubric)}`]
    .filter(Boolean)
    .join(' · ');
}

const labelWords = ({ critical, needsReason, help }: Label) =>
  [critical && 'critical', needsReason && 'needs a reason', help].filter(Boolean).join(' · ');

/** One rubric: its name, where it applies, what it asks and which labels it has. */
export function RubricPart({ rubric, topics, onChange }: RubricPartProps) {
  return (
    <>
      <Section
        id="rubric-where"
        title="This rubric"
        about="The first rubric whose sites and topics fit is the one to judge by."
      >
        <NameField label="Name of the rubric" value={rubric.name} onInput={(name) => onChange({ name })} />
        <ScopeFields scope={rubric.scope} topics={topics} onChange={(scope) => onChange({ scope })} />
      </Section>
      <Section
        id="rubric-questions"
        title="Questions"
        about="Asked in this order, beside the verdict. Few are answered; many are clicked away."
      >
        <ItemList
          items={rubric.dimensions}
          label="Questions"
          most={32}
          add="Add a question"
          nameOf={({ name }) => name}
          wordsOf={(item) => questionWords(item, rubric)}
          onAdd={(): Dimension => ({
            id: freshId('New question', rubric.dimensions),
            name: 'New question',
            scale: { kind: 'thumb' },
          })}
          onChange={(dimensions) => onChange({ dimensions })}
          form={(item, change) => (
            <>
              <NameField label="Question" maxLength={200} value={item.name} onInput={(name) => change({ name })} />
              <ScaleFields dimension={item} onChange={change} />
              <Switch
                label="Has to be answered"
                hint="While it is asked. A key on the toolbar then opens the editor."
                on={item.required === true}
                onToggle={(on) => change({ required: flag(on) })}
              />
              <ValueChips
                label="Answers that need a reason"
                dimension={item}
                on={item.reasonFor ?? []}
                onChange={(values) => change({ reasonFor: values.length > 0 ? values : undefined })}
              />
              <ConditionFields dimension={item} rubric={rubric} onChange={(shownWhen) => change({ shownWhen })} />
              <MeaningFields meaning={item} onChange={change} />
              <ScopeFields scope={item.scope} topics={topics} onChange={(scope) => change({ scope })} />
            </>
          )}
        />
      </Section>
      <Section
        id="rubric-labels"
        title="Labels"
        about="What can be wrong, or right, with an answer or a part of it. The first nine have the keys 1 to 9. Their names are shown on the page."
      >
        <ItemList
          items={rubric.labels}
          label="Labels"
          most={32}
          add="Add a label"
          nameOf={({ name }) => name}
          wordsOf={labelWords}
          onAdd={(): Label => ({ id: freshId('New label', rubric.labels), name: 'New label' })}
          onChange={(labels) => onChange({ labels })}
          form={(item, change) => (
            <>
              <NameField label="Name of the label" value={item.name} onInput={(name) => change({ name })} />
              <Switch
                label="Critical"
                hint="An answer with it cannot be approved."
                on={item.critical === true}
                onToggle={(on) => change({ critical: flag(on) })}
              />
              <Switch
                label="Needs a reason"
                hint="In the comment, or in the note of a finding with this label."
                on={item.needsReason === true}
                onToggle={(on) => change({ needsReason: flag(on) })}
              />
              <MeaningFields meaning={item} onChange={change} />
              <ScopeFields scope={item.scope} topics={topics} onChange={(scope) => change({ scope })} />
            </>
          )}
        />
      </Section>
    </>
  );
}
