import { Download, FileInput } from 'lucide';
import { useRef, useState } from 'preact/hooks';
import type { Project } from '../../utils/review/project.ts';
import { Button } from '../controls/button.tsx';
import { LateDisclosure } from '../controls/disclosure.tsx';

interface BeginningProps {
  readonly project: Project;
  readonly readyMade: readonly { readonly project: Project; readonly purpose: string }[];
  readonly onBegin: (project: Project) => void;
  /** Takes a file; answers what is wrong with it, or null. */
  readonly onImport: (file: File) => Promise<string | null>;
  readonly onExport: () => void;
}

/** Where a project comes from: a file, a ready-made one, or what is there. */
export function Beginning({ project, readyMade, onBegin, onImport, onExport }: BeginningProps) {
  const input = useRef<HTMLInputElement>(null);
  const [wrong, setWrong] = useState<string | null>(null);
  const take = async (file: File | undefined) => {
    if (!file) return;
    setWrong(await onImport(file));
    // The same file may be chosen again once it was mended.
    if (input.current) input.current.value = '';
  };
  return (
    <header class="ru-top">
      <div class="ru-top-line">
        <h1>Rubric</h1>
        <Button icon={FileInput} onPress={() => input.current?.click()}>
          Import a project
        </Button>
        <Button icon={Download} onPress={onExport}>
          Export
        </Button>
      </div>
      <p class="quiet">
        What your reviewers are asked, and which labels they have: project{' '}
        <span class="captured">“{project.name}”</span>, version {project.version}. Change it here, try it in the
        preview, then put it into force.
      </p>
      <input
        ref={input}
        id="project-file"
        class="visually-hidden"
        type="file"
        accept=".json,application/json"
        aria-label="Project file"
        tabIndex={-1}
        onChange={(event) => void take(event.currentTarget.files?.[0])}
      />
      <div role="alert">
        {wrong !== null && (
          <p class="ru-wrong">Not taken: {wrong} Nothing was changed. Correct the file and import it again.</p>
        )}
      </div>
      <LateDisclosure summary="Begin with a ready-made rubric">
        {() => (
          <ul class="ru-ready">
            {readyMade.map(({ project: ready, purpose }) => (
              <li key={ready.id}>
                <button type="button" onClick={() => onBegin(ready)}>
                  <strong>{ready.name} </strong>
                  <span class="quiet small">{purpose}</span>
                </button>
              </li>
            ))}
          </ul>
        )}
      </LateDisclosure>
    </header>
  );
}
