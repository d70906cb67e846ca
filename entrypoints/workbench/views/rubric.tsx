import '../../../components/workbench/page.css';
import '../../../components/settings/settings.css';
import '../../../components/editor/editor.css';
import '../../../components/rubric/rubric.css';
import { useState } from 'preact/hooks';
import { Applying } from '../../../components/rubric/applying.tsx';
import { Beginning } from '../../../components/rubric/beginning.tsx';
import { replacedAt } from '../../../components/rubric/list-edit.ts';
import { NameField } from '../../../components/rubric/parts.tsx';
import { Preview } from '../../../components/rubric/preview.tsx';
import { RubricPart } from '../../../components/rubric/rubric-part.tsx';
import { RubricTabs } from '../../../components/rubric/rubric-tabs.tsx';
import { GuidelinesPart, TopicsPart } from '../../../components/rubric/shared-parts.tsx';
import { Versions } from '../../../components/rubric/versions.tsx';
import { Section } from '../../../components/settings/section.tsx';
import type { Project } from '../../../utils/review/project.ts';
import { PROJECT_LIMIT } from '../../../utils/review/project-schema.ts';
import { readyMade } from '../../../utils/review/ready-made/index.ts';
import { createProjectEditing } from '../store/project-editing.ts';
import { offerFile } from '../store/save-file.ts';
import type { Workbench } from '../workbench.ts';
import { useStore } from './use-store.ts';

/** ms in which work that was replaced can be brought back. */
const UNDO_MS = 12_000;

/** What reviewers are asked: rubrics, topics and guidelines, with a form to try them. */
export function RubricView({ workbench }: { readonly workbench: Workbench }) {
  const { database, call, notices } = workbench;
  const store = useStore((stop) => createProjectEditing(database, call, stop));
  const [at, setAt] = useState(0);
  const project = store.working.value;
  if (!project) return null;
  const shown = Math.min(at, project.rubrics.length - 1);
  const rubric = project.rubrics[shown];

  /** Something else takes the place of what was being made; that can be taken back. */
  const replace = (words: string, work: () => void) => {
    const before = store.dirty.peek() ? store.working.peek() : null;
    work();
    setAt(0);
    const undo = () => {
      notices.dismiss(id);
      if (before) store.begin(before);
      else store.discard();
    };
    const id = notices.tell({ tone: 'quiet', text: words, action: { name: 'Undo', run: undo } }, UNDO_MS);
  };
  const take = async (file: File): Promise<string | null> => {
    if (file.size > PROJECT_LIMIT * 4) return '(the file): is larger than 1 MB.';
    const read = store.read(await file.text());
    if (!read.ok) return read.error.message;
    replace(`${file.name} is here to look at. It is not in force yet.`, () => store.begin(read.value));
    return null;
  };
  const begin = (ready: Project) =>
    replace(`“${ready.name}” is here to look at. It is not in force yet.`, () => store.begin(ready));
  const give = () => {
    const { name, json } = store.file();
    offerFile(new Blob([json], { type: 'application/json' }), name);
    notices.tell({ tone: 'good', text: `The project is written to ${name}.` });
  };
  const apply = async () => {
    const failure = await store.apply();
    if (failure) return notices.fail(failure);
    notices.tell({ tone: 'good', text: 'In force: your next judgement is made under it.' });
  };

  return (
    <div class="ru-page">
      <Beginning project={project} readyMade={readyMade} onBegin={begin} onImport={take} onExport={give} />
      <div>
        <Section id="project" title="Project" about="What your team shares, as one file.">
          <NameField label="Name of the project" value={project.name} onInput={(name) => store.change({ name })} />
          <RubricTabs
            rubrics={project.rubrics}
            shown={shown}
            onShow={setAt}
            onChange={(rubrics) => store.change({ rubrics })}
          />
        </Section>
        {rubric && (
          <RubricPart
            key={rubric.id}
            rubric={rubric}
            topics={project.topics}
            onChange={(part) => store.change({ rubrics: replacedAt(project.rubrics, shown, { ...rubric, ...part }) })}
          />
        )}
        <TopicsPart topics={project.topics} onChange={(topics) => store.change({ topics })} />
        <GuidelinesPart project={project} onChange={(guidelines) => store.change({ guidelines })} />
        {rubric && <Versions key={rubric.id} rubric={rubric} kept={store.kept.value} />}
      </div>
      {rubric && <Preview key={rubric.id} rubric={rubric} guidelines={project.guidelines} />}
      <Applying
        dirty={store.dirty.value}
        changes={store.changes.value}
        problem={store.problem.value}
        onApply={apply}
        onDiscard={() => replace('Discarded. What is in force stays.', store.discard)}
      />
    </div>
  );
}
