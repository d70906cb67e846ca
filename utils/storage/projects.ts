/**
 * The team's project, and every rubric that reviews were made under. What is stored was checked where it entered, so pages
 * may read it without a schema.
 */
import { fail } from '../errors.ts';
import { newsSince } from '../review/guidelines-news.ts';
import { canonicalJson } from '../review/hash.ts';
import type { Guidelines, GuidelinesView, Project } from '../review/project.ts';
import { defaultRubric, type Rubric } from '../review/rubric.ts';
import type { Review } from '../review/schema.ts';
import { currentProject, PROJECT } from './current-project.ts';
import type { CountersignDatabase } from './database.ts';
import { guarded } from './failures.ts';

/** The guidelines as this reviewer last saved under them, or read that they moved. */
const SEEN = 'guidelines-seen';
export interface Seen {
  /** Id of the project that they are of: versions of another one say nothing here. */
  readonly project: string;
  readonly guidelines: Guidelines;
}

/** What a review says of its rubric. */
export type RubricRef = Review['rubric'];

const value = async <T>(database: CountersignDatabase, name: string): Promise<T | null> =>
  ((await database.values.get(name))?.value as T | undefined) ?? null;

/** What is stored of the guidelines that this reviewer knows, of whatever project. */
export const storedSeen = (database: CountersignDatabase): Promise<Seen | null> => value<Seen>(database, SEEN);

/** Puts back what was there before; null for nothing. */
export async function putSeen({ values }: CountersignDatabase, seen: Seen | null): Promise<void> {
  if (seen === null) await values.delete(SEEN);
  else await values.put({ name: SEEN, value: seen });
}

/** The guidelines of this project as this reviewer knows them; null where they know none of it. */
export async function seenGuidelines(
  database: CountersignDatabase,
  { id }: Pick<Project, 'id'>,
): Promise<Guidelines | null> {
  const seen = await value<Seen>(database, SEEN);
  return seen?.project === id ? seen.guidelines : null;
}

const isSame = (a: unknown, b: unknown) => canonicalJson(a) === canonicalJson(b);

/** The path of what says something else under a version that is in use already, and words for it; null for none. */
async function reusedVersion(database: CountersignDatabase, project: Project) {
  for (const [index, rubric] of project.rubrics.entries()) {
    const kept = await database.rubrics.get([rubric.id, rubric.version]);
    if (kept && !isSame(kept.rubric, rubric))
      return { field: `rubrics.${index}.version`, what: `of the rubric "${rubric.name}"`, version: rubric.version };
  }
  const seen = await seenGuidelines(database, project);
  const { guidelines } = project;
  if (seen && guidelines && seen.version === guidelines.version && !isSame(seen, guidelines))
    return { field: 'guidelines.version', what: 'of the guidelines', version: seen.version };
  return null;
}

/**
 * Puts a project into force, or with null what comes with the program. Throws `invalid` with the path where a version
 * under which reviews were made would come to say something else: what a review stores must keep its meaning.
 */
export function setProject(database: CountersignDatabase, project: Project | null): Promise<void> {
  return guarded(() =>
    database.transaction('rw', [database.values, database.rubrics], async () => putProject(database, project)),
  );
}

/** The same inside the caller's transaction, which has `values` and `rubrics`. */
export async function putProject(database: CountersignDatabase, project: Project | null): Promise<void> {
  if (project === null) return database.values.delete(PROJECT);
  const reused = await reusedVersion(database, project);
  if (reused) {
    const message = `${reused.field}: version ${reused.version} ${reused.what} is in use here and says something else.`;
    fail('invalid', { field: reused.field, message, next: 'Give what changed a new version.' });
  }
  await database.values.put({ name: PROJECT, value: project });
}

/** Keeps a rubric that reviews are made under. */
export async function keepRubric(database: CountersignDatabase, rubric: Rubric): Promise<void> {
  const { id, version } = rubric;
  if (await database.rubrics.get([id, version])) return;
  await guarded(() => database.rubrics.put({ id, version, rubric }));
}

/** A rubric by what a review says of it; null where this version is not known here. */
export async function rubricOf(database: CountersignDatabase, { id, version }: RubricRef): Promise<Rubric | null> {
  const kept = (await database.rubrics.get([id, version]))?.rubric;
  if (kept) return kept;
  const all = [...(await currentProject(database)).rubrics, defaultRubric];
  return all.find((rubric) => rubric.id === id && rubric.version === version) ?? null;
}

/** The rubrics of these reviews, the newest first, each once, without those that cannot be told. */
export async function rubricsOf(
  database: CountersignDatabase,
  reviews: readonly { readonly rubric: RubricRef }[],
): Promise<Rubric[]> {
  const refs = new Map(reviews.toReversed().map(({ rubric }) => [`${rubric.id} ${rubric.version}`, rubric]));
  const found = await Promise.all([...refs.values()].map((ref) => rubricOf(database, ref)));
  return found.filter((rubric) => rubric !== null);
}

/** All rubrics that name what reviews here say: those in force first, then the others. */
export async function everyRubric(database: CountersignDatabase): Promise<Rubric[]> {
  const { rubrics } = await currentProject(database);
  const kept = (await database.rubrics.toArray()).map(({ rubric }) => rubric);
  return [...rubrics, ...kept.toReversed(), defaultRubric];
}

/** What moved in the guidelines since this reviewer last saved under some; null for nothing. */
export async function guidelinesNews(
  database: CountersignDatabase,
  guidelines: Guidelines,
): Promise<GuidelinesView['news']> {
  return newsSince(await seenGuidelines(database, await currentProject(database)), guidelines);
}

/** The reviewer knows the guidelines that are in force. */
export async function sawGuidelines(database: CountersignDatabase): Promise<void> {
  const { id, guidelines } = await currentProject(database);
  if (guidelines === null || (await seenGuidelines(database, { id }))?.version === guidelines.version) return;
  await guarded(() => database.values.put({ name: SEEN, value: { project: id, guidelines } satisfies Seen }));
}
