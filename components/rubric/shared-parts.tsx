import type { Clause, Guidelines, Project, Topic } from '../../utils/review/project.ts';
import { Section } from '../settings/section.tsx';
import { ItemList } from './item-list.tsx';
import { freshId, toggledIn } from './list-edit.ts';
import { Chips, LinesField, MeaningFields, NameField, TypedListField } from './parts.tsx';

interface TopicsPartProps {
  readonly topics: readonly Topic[];
  readonly onChange: (topics: Topic[]) => void;
}

/** What answers can be about. */
export function TopicsPart({ topics, onChange }: TopicsPartProps) {
  return (
    <Section
      id="topics"
      title="Topics"
      about="An answer is about a topic where one of its words stands in the prompt or the answer. Rubrics, questions and labels can be for some topics only."
    >
      <ItemList
        items={topics}
        label="Topics"
        most={50}
        add="Add a topic"
        nameOf={({ name }) => name}
        wordsOf={({ words }) => words.join(', ')}
        onAdd={(): Topic => ({ id: freshId('New topic', topics), name: 'New topic', words: ['word'] })}
        onChange={onChange}
        form={(item, change) => (
          <>
            <NameField label="Name of the topic" value={item.name} onInput={(name) => change({ name })} />
            <TypedListField
              label="Words"
              hint="Between commas. Whole words or phrases; case and accents do not count."
              list={item.words}
              onChange={(words) => change({ words })}
            />
          </>
        )}
      />
    </Section>
  );
}

interface GuidelinesPartProps {
  readonly project: Project;
  readonly onChange: (guidelines: Guidelines | null) => void;
}

/** Each once, by id: rubrics may share ids, and then mean the same. */
function named(items: readonly { readonly id: string; readonly name: string }[]) {
  return [...new Map(items.map(({ id, name }) => [id, { id, name }])).values()];
}

/** What the team agreed about judging. */
export function GuidelinesPart({ project, onChange }: GuidelinesPartProps) {
  const clauses = project.guidelines?.clauses ?? [];
  const labels = named(project.rubrics.flatMap((rubric) => rubric.labels));
  const questions = named(project.rubrics.flatMap((rubric) => rubric.dimensions));
  const set = (next: Clause[]) =>
    onChange(
      next.length === 0 && project.guidelines === null
        ? null
        : { version: project.guidelines?.version ?? '1', clauses: next },
    );
  return (
    <Section
      id="guidelines"
      title="Guidelines"
      about="What you agreed about judging, one rule each. Reviewers see a rule at the labels and questions that it is about, and are told once when one has changed."
    >
      <ItemList
        items={clauses}
        label="Guidelines"
        most={300}
        add="Add a guideline"
        nameOf={({ title }) => title}
        wordsOf={({ text }) => text.slice(0, 120)}
        onAdd={(): Clause => ({
          id: freshId('New guideline', clauses),
          title: 'New guideline',
          text: 'What you agreed.',
        })}
        onChange={set}
        form={(item, change) => (
          <>
            <NameField label="Title" maxLength={200} value={item.title} onInput={(title) => change({ title })} />
            <LinesField label="Rule" maxLength={8000} value={item.text} onInput={(text) => change({ text })} />
            {questions.length > 0 && (
              <Chips
                label="About these questions"
                options={questions}
                on={item.dimensions ?? []}
                onToggle={(id) => change({ dimensions: toggledIn(item.dimensions, id) })}
              />
            )}
            {labels.length > 0 && (
              <Chips
                label="About these labels"
                hint="Nothing chosen: about judging as a whole."
                options={labels}
                on={item.labels ?? []}
                onToggle={(id) => change({ labels: toggledIn(item.labels, id) })}
              />
            )}
            <MeaningFields meaning={item} onChange={change} />
          </>
        )}
      />
    </Section>
  );
}
