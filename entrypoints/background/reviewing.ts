/** What every surface's save and undo have in common: who judges by which rubric, and what follows a change. */
import { CountersignError, fail, report } from '../../utils/errors.ts';
import type { Mark, Saved } from '../../utils/review/mark.ts';
import type { Project } from '../../utils/review/project.ts';
import { hostOf, narrowed, rubricFor, subjectOf } from '../../utils/review/rubric-use.ts';
import type { Oversight, ReviewDraft, Snapshot } from '../../utils/review/schema.ts';
import { currentProject } from '../../utils/storage/current-project.ts';
import type { CountersignDatabase, EditorRow } from '../../utils/storage/database.ts';
import { type Judging, judgingOf } from '../../utils/storage/judging.ts';
import { askToPersist } from '../../utils/storage/persist.ts';
import { keepRubric, rubricOf, sawGuidelines } from '../../utils/storage/projects.ts';
import { saveRevision } from '../../utils/storage/save.ts';
import { installationId, readSettings } from '../../utils/storage/settings.ts';
import { askedOf } from '../../utils/storage/triaged.ts';
import { undoRevision } from '../../utils/storage/undo.ts';
import { recurrenceOn } from './recurring.ts';
import type { Room } from './room.ts';

/**
 * What a judgement counts by that was begun under `shown`: the rubric that the reviewer saw is the one that counts, also where
 * another came into force meanwhile.
 */
export async function judgingAsShown(
  database: CountersignDatabase,
  origin: string,
  snapshot: Pick<Snapshot, 'prompt' | 'text'>,
  shown: NonNullable<EditorRow['shown']>,
): Promise<Judging> {
  const current = await judgingOf(database, origin, snapshot);
  const { id, version } = current.whole;
  const now = { ...current, guidelinesVersion: shown.guidelines };
  if (id === shown.rubric.id && version === shown.rubric.version) return now;
  const whole = await rubricOf(database, shown.rubric);
  if (!whole) return now;
  const subject = subjectOf(await currentProject(database), origin, snapshot);
  return { ...now, whole, rubric: narrowed(whole, subject) };
}

/** What is judged by on a page before it is known what its answers are about. */
export function pageJudging(project: Project, origin: string): Judging {
  const subject = { host: hostOf(origin), topics: new Set<string>() };
  const whole = rubricFor(project, subject);
  return { whole, rubric: narrowed(whole, subject), guidelines: project.guidelines };
}

/** Which policies apply; throws where one of them forbids to store it. What fails in here holds nobody up. */
async function policiesOn(
  room: Room,
  draft: ReviewDraft,
  origin: string,
  reviewer: string | null,
): Promise<Oversight['policies'] | null> {
  const project = await currentProject(room.database);
  if (!project.policies?.length) return null;
  try {
    const overseeing = await import('./overseeing.ts');
    return await overseeing.policiesOn(room, draft, { origin, project, reviewer });
  } catch (thrown) {
    if (thrown instanceof CountersignError) throw thrown;
    report(thrown, 'applying the policies');
    return null;
  }
}

/** What the review keeps of how people came to look at it. */
async function oversightOf(
  room: Room,
  draft: ReviewDraft,
  origin: string,
  reviewer: string | null,
): Promise<Oversight> {
  const { surface, responseKey } = draft;
  const { recurrence: _, ...claimed } = draft.oversight ?? {};
  if (surface !== 'composer' && (claimed.gate || claimed.delta)) fail('invalid', { field: 'oversight' });
  const policies = await policiesOn(room, draft, origin, reviewer);
  const asked = await askedOf(room.database, origin, responseKey);
  const recurrence = await recurrenceOn(room, draft, origin);
  return { ...claimed, ...(recurrence && { recurrence }), ...(asked && { asked }), ...(policies && { policies }) };
}

/** Stores a draft judged on `origin`, and sets delivery going; the answer does not wait for that. */
export async function save(room: Room, draft: ReviewDraft, origin: string, judging?: Judging): Promise<Saved> {
  const { database, delivery, now } = room;
  const { settings } = await readSettings(database);
  const reviewer = { id: await installationId(database), name: settings.reviewerName };
  const {
    whole,
    rubric,
    guidelines,
    guidelinesVersion = guidelines?.version,
  } = judging ?? (await judgingOf(database, origin, draft.snapshot));
  await keepRubric(database, whole);
  const oversight = await oversightOf(room, draft, origin, reviewer.name);
  const context = { origin, reviewer, rubric, guidelines: guidelinesVersion, oversight, now: now() };
  const saved = await delivery.owing(() => saveRevision(database, draft, context));
  if (guidelines && guidelines.version === guidelinesVersion) await sawGuidelines(database);
  if (saved.mark.revision === 1) void askToPersist();
  void room.showBadge();
  return database.routing.isOn ? { ...saved, inMemory: true } : saved;
}

/** Which revision is taken back, and by whom: `origin` null for an extension page. */
interface Undo {
  readonly reviewId: string;
  readonly revision: number;
  readonly origin: string | null;
}

/** Takes a revision back; answers the mark that is left and the origin that it concerns. */
export async function undo(room: Room, request: Undo): Promise<{ mark: Mark | null; origin: string }> {
  const { removed, mark } = await undoRevision(room.database, { ...request, now: room.now() });
  void room.delivery.schedule();
  void room.showBadge();
  return { mark, origin: removed.origin };
}
