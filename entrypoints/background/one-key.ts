/** A judgement from the toolbar or the queue: verdict and labels by a key each, without the questions that only the editor asks. */
import { draftOn, judgementOn } from '../../utils/anchoring/carry.ts';
import { CountersignError, fail } from '../../utils/errors.ts';
import type { Saved } from '../../utils/review/mark.ts';
import { withTyped } from '../../utils/review/revise.ts';
import type { Judgement, ReviewDraft } from '../../utils/review/schema.ts';
import { currentProject } from '../../utils/storage/current-project.ts';
import { getDraft, putDraft } from '../../utils/storage/drafts.ts';
import { type Judging, judgingOf } from '../../utils/storage/judging.ts';
import { newestOf } from '../../utils/storage/save.ts';
import { pageJudging, save } from './reviewing.ts';
import type { Room } from './room.ts';

const knows = ({ rubric }: Judging, labels: readonly string[]) =>
  labels.every((id) => rubric.labels.some((label) => label.id === id));

/**
 * What a judgement from the toolbar counts by: what the response is judged by, unless it has labels that only the page's
 * toolbar showed, which cannot know what the answer is about.
 */
async function judgingFor({ database }: Room, draft: ReviewDraft, origin: string): Promise<Judging> {
  const own = await judgingOf(database, origin, draft.snapshot);
  if (knows(own, draft.judgement.labels)) return own;
  const shown = pageJudging(await currentProject(database), origin);
  return knows(shown, draft.judgement.labels) ? shown : own;
}

/** Keeps what one key said for the editor, where the rest is asked; what was typed there before stays. */
async function keepForEditor(room: Room, draft: ReviewDraft, judgement: Judgement, origin: string): Promise<void> {
  const { responseKey, snapshot } = draft;
  const typed = (await draftOn(snapshot, await getDraft(room.database, { origin, responseKey }))) ?? judgement;
  const { verdict, labels } = judgement;
  const updatedAt = new Date(room.now()).toISOString();
  await putDraft(room.database, { origin, responseKey, snapshot, updatedAt, judgement: { ...typed, verdict, labels } });
}

const isIncomplete = (thrown: unknown): thrown is CountersignError =>
  thrown instanceof CountersignError && thrown.failure.code === 'incomplete';

/** What was said by keys, with what was typed in the revision before. */
async function withWhatWasTyped({ database }: Room, draft: ReviewDraft): Promise<Judgement> {
  const previous = await newestOf(database, draft.id);
  return withTyped(draft.judgement, await judgementOn(draft.snapshot, previous?.review));
}

/** Stores what was said in the queue; where the rubric asks for more, as `saveFromPage`, with the words for who judges there. */
export async function saveFromPanel(room: Room, draft: ReviewDraft, origin: string): Promise<Saved> {
  const judgement = await withWhatWasTyped(room, draft);
  try {
    return await save(room, { ...draft, judgement, surface: 'sidepanel' }, origin);
  } catch (thrown) {
    if (isIncomplete(thrown)) await keepForEditor(room, draft, judgement, origin);
    throw thrown;
  }
}

/**
 * Stores what the toolbar said. Where the rubric asks for more, throws `incomplete` and keeps the judgement as the
 * response's draft: the editor then opens with it. The words are fit for the page to read: no question's name.
 */
export async function saveFromPage(room: Room, draft: ReviewDraft, origin: string): Promise<Saved> {
  const judgement = await withWhatWasTyped(room, draft);
  const judging = await judgingFor(room, draft, origin);
  try {
    return await save(room, { ...draft, judgement, surface: 'toolbar' }, origin, judging);
  } catch (thrown) {
    if (!isIncomplete(thrown)) throw thrown;
    await keepForEditor(room, draft, judgement, origin);
    return fail('incomplete', { field: thrown.failure.field ?? 'judgement' });
  }
}
