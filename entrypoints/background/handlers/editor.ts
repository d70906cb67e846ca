/** What the editor frame may ask for. Its session, not its messages, says which response it is about. */
import { carriedTo, draftOn } from '../../../utils/anchoring/carry.ts';
import { fail } from '../../../utils/errors.ts';
import type { Handlers } from '../../../utils/messaging/server.ts';
import { canonicalJson } from '../../../utils/review/hash.ts';
import type { Review, ReviewDraft, Snapshot } from '../../../utils/review/schema.ts';
import { traceAgain } from '../../../utils/review/trace-id.ts';
import { assistanceOffer } from '../../../utils/storage/assistance-offer.ts';
import type { EditorRow } from '../../../utils/storage/database.ts';
import { listDestinations } from '../../../utils/storage/destinations.ts';
import { getDraft, putDraft, removeDraft } from '../../../utils/storage/drafts.ts';
import { claimEditor, closeEditor, sessionOf } from '../../../utils/storage/editors.ts';
import { judgingOf, judgingView } from '../../../utils/storage/judging.ts';
import { inOrderOfUse } from '../../../utils/storage/label-uses.ts';
import { historyOf } from '../../../utils/storage/list.ts';
import { listPins } from '../../../utils/storage/pins.ts';
import { keepRubric, sawGuidelines } from '../../../utils/storage/projects.ts';
import { readSettings } from '../../../utils/storage/settings.ts';
import { askedOf } from '../../../utils/storage/triaged.ts';
import { previewOf } from '../leaving.ts';
import { judgingAsShown, save, undo } from '../reviewing.ts';
import type { Room } from '../room.ts';
import { overseeingHandlers } from './cases.ts';
import { insertHandlers } from './comparing.ts';
import { recurringHandlers } from './recurring.ts';
import { gateFrameHandlers } from './sending.ts';

const parentOf = ({ tabId, parentFrameId }: EditorRow) => ({ tabId, frameId: parentFrameId });

/** The same snapshot; only the prompt, with what was said before it, may be left out, as the reviewer may wish. */
function sameSnapshot(given: Snapshot, own: Snapshot): boolean {
  const { context: _, ...bare } = own;
  const expected = given.prompt === null && given.context === undefined ? { ...bare, prompt: null } : own;
  return canonicalJson(given) === canonicalJson(expected);
}

function failUnlessOwn(draft: ReviewDraft, session: EditorRow): void {
  if (draft.responseKey !== session.responseKey) fail('invalid', { field: 'responseKey' });
  if (!sameSnapshot(draft.snapshot, session.snapshot)) fail('invalid', { field: 'snapshot' });
}

export function editorHandlers(room: Room): Handlers['editor'] {
  const { database, pushes, now } = room;

  /** The revisions of an answer, of one too that stands under another key now than when it was judged. */
  async function historyHere({ origin, responseKey }: Pick<EditorRow, 'origin' | 'responseKey'>): Promise<Review[]> {
    const own = await historyOf(database, { origin, responseKey });
    const former = own.length === 0 ? (await room.moved.of(origin, [responseKey])).get(responseKey) : undefined;
    return former === undefined ? own : historyOf(database, { origin, responseKey: former });
  }

  /** What this answer is judged by, noted for the save; with the rubrics that name what its revisions say. */
  async function judgedBy(session: EditorRow, history: readonly Review[]) {
    const judging = await judgingOf(database, session.origin, session.snapshot);
    const { id, version } = judging.whole;
    await keepRubric(database, judging.whole);
    const shown = { rubric: { id, version }, guidelines: judging.guidelines?.version ?? null };
    await database.editors.update(session.tokenHash, { shown });
    return judgingView(database, judging, history);
  }

  const judgingNow = ({ origin, snapshot, shown }: EditorRow) =>
    shown ? judgingAsShown(database, origin, snapshot, shown) : judgingOf(database, origin, snapshot);

  return {
    ...insertHandlers(room),
    ...recurringHandlers(room),
    ...overseeingHandlers(room),

    async assistanceTerms(body, frame) {
      const { assistanceEditorHandlers } = await import('./assisting.ts');
      return assistanceEditorHandlers(room).assistanceTerms(body, frame);
    },
    ...gateFrameHandlers(room),

    async claimEditor({ token }, frame) {
      const session = await claimEditor(database, token, frame, now());
      if (session.gate) fail('forbidden');
      const { responseKey, snapshot, startWith, visibility, selection, variants } = session;
      const history = await historyHere(session);
      const { settings } = await readSettings(database);
      const { theme, keepPrompt, keys, singleKeys, chord } = settings;
      const judged = await judgedBy(session, history);
      return {
        responseKey,
        snapshot,
        trace: traceAgain(snapshot, history.at(-1)?.snapshot) ?? null,
        startWith,
        visibility,
        selection,
        variants,
        pins: await listPins(database),
        assistance: await assistanceOffer(database),
        snippets: settings.snippets,
        ...judged,
        rubric: settings.reasonsByUse
          ? { ...judged.rubric, labels: await inOrderOfUse(database, judged.rubric.labels, now()) }
          : judged.rubric,
        history,
        carried: await carriedTo(snapshot, history.at(-1)),
        asked: await askedOf(database, session.origin, responseKey),
        draft: await draftOn(snapshot, await getDraft(database, session)),
        destinations: (await listDestinations(database)).map(({ name }) => name),
        settings: { theme, keepPrompt, keys, singleKeys, chord },
      };
    },

    async saveDraft({ judgement }, frame) {
      const session = await sessionOf(database, frame);
      const { origin, responseKey, snapshot } = session;
      const updatedAt = new Date(now()).toISOString();
      if (judgement === null) await removeDraft(database, session);
      else await putDraft(database, { origin, responseKey, judgement, snapshot, updatedAt });
      return null;
    },

    async previewLeaving({ judgement }, frame) {
      const session = await sessionOf(database, frame);
      const { origin, responseKey, snapshot, visibility } = session;
      const { whole } = await judgingNow(session);
      const rubric = { id: whole.id, version: whole.version };
      const newest = (await historyOf(database, session)).at(-1) ?? null;
      const about = { origin, responseKey, snapshot, rubric, surface: 'editor', visibility } as const;
      return previewOf(room, { ...about, newest }, judgement);
    },

    async saveReview(draft, frame) {
      const session = await sessionOf(database, frame);
      failUnlessOwn(draft, session);
      const saved = await save(room, { ...draft, surface: 'editor' }, session.origin, await judgingNow(session));
      void pushes.toFrame(parentOf(session), { push: 'reviewSaved', saved });
      void pushes.toSite(session.origin, { push: 'pageChanged' }, session.tabId);
      return saved;
    },

    async undoReview(request, frame) {
      const session = await sessionOf(database, frame);
      const { mark } = await undo(room, { ...request, origin: session.origin });
      void pushes.toFrame(parentOf(session), { push: 'pageChanged' });
      void pushes.toSite(session.origin, { push: 'pageChanged' }, session.tabId);
      return { mark };
    },

    async sawGuidelines(_, frame) {
      await sessionOf(database, frame);
      await sawGuidelines(database);
      return null;
    },

    async resizeEditor({ height, wide }, frame) {
      const session = await sessionOf(database, frame);
      const { gate } = session;
      const push = gate
        ? ({ push: 'resizeGate', holdId: gate.holdId, height } as const)
        : ({ push: 'resizeEditor', height, ...(wide && { wide }) } as const);
      await pushes.toFrame(parentOf(session), push);
      return null;
    },

    async readHistory(_, frame) {
      const session = await sessionOf(database, frame);
      const history = await historyOf(database, session);
      return { history, carried: await carriedTo(session.snapshot, history.at(-1)) };
    },

    async closeEditor(_, frame) {
      const session = await sessionOf(database, frame);
      await closeEditor(database, session);
      await pushes.toFrame(parentOf(session), { push: 'closeEditor' });
      return null;
    },
  };
}
