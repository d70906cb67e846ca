/** The labels of the project in force: loaded apart, since the list can be read before anybody needs them. */
import { type ReadonlySignal, signal } from '@preact/signals';
import type { Project } from '../../../utils/review/project.ts';
import type { Label } from '../../../utils/review/rubric.ts';
import { hostOf, narrowed, rubricFor, topicsOf } from '../../../utils/review/rubric-use.ts';
import type { Snapshot } from '../../../utils/review/schema.ts';
import { currentProject } from '../../../utils/storage/current-project.ts';
import type { CountersignDatabase } from '../../../utils/storage/database.ts';
import { watch } from '../../../utils/storage/watch.ts';

export interface Labels {
  /** Every label of the project, each once. */
  readonly all: readonly Label[];
  /** Which labels there are depends on what an answer is about. */
  readonly byTopic: boolean;
  /** Those of an answer on a site, in the order of their digits; `text` null where it is not known what it is about. */
  readonly of: (site: string, text: Pick<Snapshot, 'prompt' | 'text'> | null) => readonly Label[];
}

function labelsOf({ rubrics, topics }: Project): Labels {
  return {
    all: [...new Map(rubrics.flatMap(({ labels }) => labels).map((label) => [label.id, label])).values()],
    byTopic: topics.length > 0,
    of(site, text) {
      const subject = { host: hostOf(site), topics: text ? topicsOf(topics, text) : new Set<string>() };
      return narrowed(rubricFor({ rubrics }, subject), subject).labels;
    },
  };
}

/** Follows the project until `stop` aborts. */
export function createLabels(database: CountersignDatabase, stop: AbortSignal): ReadonlySignal<Labels> {
  const labels = signal<Labels>({ all: [], byTopic: false, of: () => [] });
  watch(() => currentProject(database), stop, {
    onValue: (project) => {
      labels.value = labelsOf(project);
    },
    onFailure: () => {},
  });
  return labels;
}
