/** The project while it is edited: what is in force, what the lead is making of it, and how the two differ. */
import { computed, type ReadonlySignal, signal } from '@preact/signals';
import type { Failure } from '../../../utils/errors.ts';
import type { Call } from '../../../utils/messaging/client.ts';
import type { PageCalls } from '../../../utils/messaging/contract.ts';
import { canonicalJson } from '../../../utils/review/hash.ts';
import { builtInProject, type Project } from '../../../utils/review/project.ts';
import { type Change, projectChanges, withNewVersions } from '../../../utils/review/project-diff.ts';
import { checkProject, readProject } from '../../../utils/review/project-schema.ts';
import type { Rubric } from '../../../utils/review/rubric.ts';
import { storedProject } from '../../../utils/storage/current-project.ts';
import type { CountersignDatabase } from '../../../utils/storage/database.ts';
import { seenGuidelines } from '../../../utils/storage/projects.ts';
import { live } from './live.ts';

const KEPT = 'project-in-work';

/** Where work goes on after a reload: the session's own storage. */
export type Drawer = Pick<Storage, 'getItem' | 'setItem' | 'removeItem'>;

export interface ProjectEditing {
  /** What reviews are made under now; null while it is read. */
  readonly inForce: ReadonlySignal<Project | null>;
  /** Rubrics that reviews were made under, the newest first. */
  readonly kept: ReadonlySignal<readonly Rubric[]>;
  /** As it is being made. */
  readonly working: ReadonlySignal<Project | null>;
  /** What would change, in words. */
  readonly changes: ReadonlySignal<readonly Change[]>;
  readonly dirty: ReadonlySignal<boolean>;
  /** Why it could not be put into force: path and words; null where nothing is wrong. */
  readonly problem: ReadonlySignal<string | null>;
  readonly change: (part: Partial<Project>) => void;
  /** Another project to go on with. */
  readonly begin: (project: Project) => void;
  /** What a file holds, or why it is refused. */
  readonly read: typeof readProject;
  readonly discard: () => void;
  /** Puts it into force, with new versions for what changed. */
  readonly apply: () => Promise<Failure | null>;
  /** The file of it as it stands. */
  readonly file: () => { readonly name: string; readonly json: string };
}

const isSame = (a: Project, b: Project) => canonicalJson(a) === canonicalJson(b);
/** Without what is undefined: a field that was emptied is a field that is not there. */
const plain = (project: Project): Project => JSON.parse(JSON.stringify(project));

function keptWork(drawer: Drawer): Project | null {
  try {
    const kept = drawer.getItem(KEPT);
    return kept === null ? null : (JSON.parse(kept) as Project);
  } catch {
    return null;
  }
}

/** Follows what is in force until `stop` aborts. */
export function createProjectEditing(
  database: CountersignDatabase,
  call: Call<PageCalls>,
  stop: AbortSignal,
  drawer: Drawer = sessionStorage,
): ProjectEditing {
  const stored = live(async () => (await storedProject(database)) ?? builtInProject, stop);
  const rubrics = live(async () => (await database.rubrics.toArray()).map(({ rubric }) => rubric).reverse(), stop);
  const work = signal<Project | null>(keptWork(drawer));
  const inForce = computed(() => stored.value.value);
  const working = computed(() => work.value ?? inForce.value);
  const dirty = computed(() => {
    const [before, after] = [inForce.value, work.value];
    return before !== null && after !== null && !isSame(before, after);
  });

  const set = (project: Project | null) => {
    work.value = project && plain(project);
    try {
      if (work.value === null) drawer.removeItem(KEPT);
      else drawer.setItem(KEPT, JSON.stringify(work.value));
    } catch {
      // A drawer that is full or locked: the work lives as long as the page.
    }
  };
  return {
    inForce,
    working,
    dirty,
    kept: computed(() => rubrics.value.value ?? []),
    changes: computed(() => {
      const [before, after] = [inForce.value, working.value];
      return before && after && dirty.value ? projectChanges(before, after) : [];
    }),
    problem: computed(() => {
      const checked = work.value === null ? null : checkProject(work.value);
      return checked?.ok === false ? checked.error.message : null;
    }),
    change(part) {
      const project = working.peek();
      if (project) set({ ...project, ...part });
    },
    begin: set,
    read: readProject,
    discard: () => set(null),
    async apply() {
      const [before, after] = [inForce.peek(), working.peek()];
      if (!before || !after) return null;
      const rubricsInUse = (await database.rubrics.toArray()).map(({ rubric }) => rubric);
      const inUse = { rubrics: rubricsInUse, guidelines: await seenGuidelines(database, after) };
      const project = withNewVersions(before, plain(after), inUse);
      // Beginning anew with what comes with the program is having no project.
      const json = isSame(project, builtInProject) ? null : JSON.stringify(project);
      const answer = await call('setProject', { json });
      if (!answer.ok) return answer.error;
      set(null);
      return null;
    },
    file() {
      const project = working.peek() ?? builtInProject;
      const json = `${JSON.stringify(project, null, 2)}\n`;
      return { name: `countersign-${project.id}-${project.version}.json`, json };
    },
  };
}
