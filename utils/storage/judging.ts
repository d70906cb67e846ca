/** By what one response is judged: the project's rubric for it, the guidelines, and the rubrics that its revisions name. */
import type { Guidelines, GuidelinesView } from '../review/project.ts';
import type { Dimension, Label, Rubric } from '../review/rubric.ts';
import { clausesFor, narrowed, rubricFor, subjectOf, withEarlier } from '../review/rubric-use.ts';
import type { Review, Snapshot } from '../review/schema.ts';
import { currentProject } from './current-project.ts';
import type { CountersignDatabase } from './database.ts';
import { everyRubric, guidelinesNews, rubricsOf } from './projects.ts';

/** What one response is judged by. */
export interface Judging {
  /** As the project has it. */
  readonly whole: Rubric;
  /** What of it applies to this response. */
  readonly rubric: Rubric;
  readonly guidelines: Guidelines | null;
  /** Of the guidelines that were shown, where those are not the ones in force. */
  readonly guidelinesVersion?: string | null;
}

type Judged = Pick<Snapshot, 'prompt' | 'text'>;

/** What the project in force judges this response by. */
export async function judgingOf(database: CountersignDatabase, origin: string, snapshot: Judged): Promise<Judging> {
  const project = await currentProject(database);
  const subject = subjectOf(project, origin, snapshot);
  const whole = rubricFor(project, subject);
  return { whole, rubric: narrowed(whole, subject), guidelines: project.guidelines };
}

/** What an editor shows of it, with the rubrics that name what the revisions of its review say. */
export async function judgingView(database: CountersignDatabase, judging: Judging, history: readonly Review[]) {
  const { whole, rubric, guidelines } = judging;
  const view: GuidelinesView | null = guidelines && {
    version: guidelines.version,
    clauses: clausesFor(rubric, guidelines),
    news: await guidelinesNews(database, guidelines),
  };
  return { rubric, guidelines: view, earlierRubrics: [whole, ...(await rubricsOf(database, history))] };
}

/** Labels and questions by the names that a review's own rubric gave them, else by those of any other. */
export interface Names {
  readonly labels: readonly Label[];
  readonly dimensions: readonly Dimension[];
}

/** Reads all rubrics, once, and answers the names for each review. */
export async function readNames(database: CountersignDatabase): Promise<(review?: Pick<Review, 'rubric'>) => Names> {
  const all = await everyRubric(database);
  const known = new Map<string, Names>();
  return (review) => {
    const { id, version } = review?.rubric ?? { id: '', version: '' };
    const key = `${id} ${version}`;
    const found = known.get(key);
    if (found) return found;
    const own = all.find((rubric) => rubric.id === id && rubric.version === version);
    const [first, ...others] = own ? [own, ...all] : all;
    const names: Names = first
      ? {
          labels: withEarlier<Label>(({ labels }) => labels, first, others),
          dimensions: withEarlier<Dimension>(({ dimensions }) => dimensions, first, others),
        }
      : { labels: [], dimensions: [] };
    known.set(key, names);
    return names;
  };
}
