/** The labels of the project in force: loaded apart, since the list can be read before anybody needs them. */
import { type ReadonlySignal, signal } from '@preact/signals';
import type { Project } from '../../../utils/review/project.ts';
import type { Label } from '../../../utils/review/rubric.ts';
import { hostOf, narrowed, rubricFor } from '../../../utils/review/rubric-use.ts';
import type { CountersignDatabase } from '../../../utils/storage/database.ts';
import { currentProject } from '../../../utils/storage/projects.ts';
import { watch } from '../../../utils/storage/watch.ts';

export interface Labels {
  /** Every label of the project, each once. */
  readonly all: readonly Label[];
  /** Those of a site, in the order of their digits. */
  readonly of: (site: string) => readonly Label[];
}

function labelsOf({ rubrics }: Project): Labels {
  return {
    all: [...new Map(rubrics.flatMap(({ labels }) => labels).map((label) => [label.id, label])).values()],
    of(site) {
      // Topics are told by whole texts: what does not apply to the answer, the background refuses.
      const subject = { host: hostOf(site), topics: new Set<string>() };
      return narrowed(rubricFor({ rubrics }, subject), subject).labels;
    },
  };
}

/** Follows the project until `stop` aborts. */
export function createLabels(database: CountersignDatabase, stop: AbortSignal): ReadonlySignal<Labels> {
  const labels = signal<Labels>({ all: [], of: () => [] });
  watch(() => currentProject(database), stop, {
    onValue: (project) => {
      labels.value = labelsOf(project);
    },
    onFailure: () => {},
  });
  return labels;
}
