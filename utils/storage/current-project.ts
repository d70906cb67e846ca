/** The project that is in force: apart from what changes it, because every start of the background looks at its policies. */
import { builtInProject, type Project } from '../review/project.ts';
import type { CountersignDatabase } from './database.ts';
import { managedTerms, withManagedProject } from './managed.ts';

export const PROJECT = 'project';

/** The project that was set, or null where none was. */
export const storedProject = async ({ values }: CountersignDatabase): Promise<Project | null> =>
  ((await values.get(PROJECT))?.value as Project | undefined) ?? null;

/** The project that is in force, with what the organisation sets. Never store it: that would make its policies the team's. */
export async function currentProject(database: CountersignDatabase): Promise<Project> {
  const project = (await storedProject(database)) ?? builtInProject;
  return withManagedProject(project, await managedTerms(database));
}
