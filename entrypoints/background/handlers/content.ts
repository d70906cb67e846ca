/** What the overlay in a web page may ask for. The origin is always the sender's. */
import { fail } from '../../../utils/errors.ts';
import type { ContentSender } from '../../../utils/messaging/sender.ts';
import type { Handlers } from '../../../utils/messaging/server.ts';
import { PROMPT_LIMIT } from '../../../utils/review/limits.ts';
import type { Mark } from '../../../utils/review/mark.ts';
import type { Rubric } from '../../../utils/review/rubric.ts';
import { keepAuthor } from '../../../utils/storage/authors.ts';
import { currentProject } from '../../../utils/storage/current-project.ts';
import { openEditor } from '../../../utils/storage/editors.ts';
import { inOrderOfUse } from '../../../utils/storage/label-uses.ts';
import { marksFor } from '../../../utils/storage/marks.ts';
import { readSettings } from '../../../utils/storage/settings.ts';
import type { Settings } from '../../../utils/storage/settings-shape.ts';
import { answerOf, triagedOf } from '../../../utils/storage/triaged.ts';
import { saveFromPage } from '../one-key.ts';
import { pageRules } from '../page-rules.ts';
import { pageJudging, undo } from '../reviewing.ts';
import type { Room } from '../room.ts';
import { pinHandlers } from './comparing.ts';
import { findingHandlers } from './findings.ts';
import { asideHandlers } from './queueing.ts';
import { composerHandlers } from './sending.ts';
import { triageHandlers } from './triage.ts';

export function contentHandlers(room: Room): Handlers['content'] {
  const { database, sites, lent, pushes, now } = room;

  /** The site is on, or the user lent this one document. */
  async function mayReview(from: ContentSender): Promise<boolean> {
    return (await sites.isOn(from.origin)) || ((await lent.covers(from)) && !(await room.isPaused()));
  }

  async function failUnlessReviewing(from: ContentSender): Promise<void> {
    if (!(await mayReview(from))) fail('off');
  }

  async function failUnlessOn(origin: string): Promise<void> {
    if (!(await sites.isOn(origin))) fail('off');
  }

  /** Only where it matters: in the tab, whose frame this may be, and in the other tabs of the site. */
  function tellRulesChanged({ origin, tabId }: ContentSender): void {
    void pushes.toTab(tabId, { push: 'rulesChanged' });
    void pushes.toSite(origin, { push: 'rulesChanged' }, tabId);
  }

  /** The marks of a page's answers, of those too that stand there under another key than when they were judged. */
  async function marksHere(origin: string, keys: readonly string[]): Promise<Mark[]> {
    const moved = await room.moved.of(origin, keys);
    const marks = await marksFor(database, origin, keys);
    const open = [...moved].filter(([to]) => !marks.some(({ responseKey }) => responseKey === to));
    if (open.length === 0) return marks;
    const former = await marksFor(
      database,
      origin,
      open.map(([, from]) => from),
    );
    const now = new Map(open.map(([to, from]) => [from, to]));
    return [...marks, ...former.map((mark) => ({ ...mark, responseKey: now.get(mark.responseKey) as string }))];
  }

  /** The labels that are known before anybody knows what an answer is about, in the order of their digit keys. */
  async function labelsOn(origin: string, { reasonsByUse }: Settings): Promise<Rubric['labels']> {
    const { labels } = pageJudging(await currentProject(database), origin).rubric;
    return reasonsByUse ? inOrderOfUse(database, labels, now()) : labels;
  }

  return {
    ...findingHandlers(room),
    ...asideHandlers(room),
    ...pinHandlers(room),
    ...triageHandlers(room),
    ...composerHandlers(room),

    async wake(_, { origin, ...frame }) {
      await failUnlessOn(origin);
      void sites.wake(frame);
      return null;
    },

    async arrive(_, from) {
      await failUnlessReviewing(from);
      await room.health.arrived(from);
      return pageRules(room, from);
    },

    async keepRule({ rule }, from) {
      await failUnlessOn(from.origin);
      const { keepRule } = await import('../kept-rules.ts');
      await keepRule(database, rule, from.origin, now());
      await sites.reconcile();
      tellRulesChanged(from);
      return null;
    },

    async keepAuthor({ site, author, is }, from) {
      await failUnlessOn(from.origin);
      const { rules } = await pageRules(room, from);
      if (site !== from.origin && !rules.some(({ id }) => id === site)) fail('invalid', { field: 'site' });
      await keepAuthor(database, { site, author, is }, from.origin, now());
      tellRulesChanged(from);
      return null;
    },

    async reportHealth({ state }, from) {
      await failUnlessReviewing(from);
      await room.health.note(from, state);
      return null;
    },

    async endPick(_, { tabId }) {
      void pushes.toTab(tabId, { push: 'endPick' });
      return null;
    },

    async find(_, from) {
      await failUnlessReviewing(from);
      void sites.find(from);
      return null;
    },

    async loadPart({ part }, from) {
      await failUnlessReviewing(from);
      void sites.load(from, part);
      return null;
    },

    async openPage({ responseKeys, draws }, from) {
      const { settings } = await readSettings(database);
      const on = await mayReview(from);
      if (on && draws) void sites.draw(from);
      const seen = on ? responseKeys.map((responseKey) => ({ site: from.origin, responseKey })) : [];
      const trace = settings.traces.find(({ origin }) => origin === from.origin);
      const triage = answerOf(await triagedOf(database, seen));
      return {
        on,
        keys: settings.keys,
        singleKeys: settings.singleKeys,
        chord: settings.chord,
        theme: settings.theme,
        // Names only: the page can read them.
        labels: (await labelsOn(from.origin, settings)).map(({ id, name }) => ({ id, name })),
        promptLimit: settings.keepPrompt ? PROMPT_LIMIT : 0,
        contextTurns: settings.keepPrompt ? settings.contextTurns : 0,
        ...(trace && { trace }),
        marks: on ? await marksHere(from.origin, responseKeys) : [],
        ...(triage.asks.length + triage.corrected.length > 0 && { triage }),
      };
    },

    async saveReview(draft, from) {
      await failUnlessReviewing(from);
      const { origin, tabId } = from;
      // Text is typed in the editor frame only; from a page it would be a page's invention.
      if (draft.judgement.correction !== null) fail('invalid', { field: 'judgement.correction' });
      if (draft.trace !== undefined) fail('invalid', { field: 'trace' });
      if (draft.judgement.comment !== null) fail('invalid', { field: 'judgement.comment' });
      if (draft.judgement.findings) fail('invalid', { field: 'judgement.findings' });
      if (draft.judgement.preference) fail('invalid', { field: 'judgement.preference' });
      if (draft.oversight) fail('invalid', { field: 'oversight' });
      const saved = await saveFromPage(room, draft, origin);
      void pushes.toSite(origin, { push: 'pageChanged' }, tabId);
      return saved;
    },

    async undoReview(request, { origin, tabId }) {
      const { mark } = await undo(room, { ...request, origin });
      void pushes.toSite(origin, { push: 'pageChanged' }, tabId);
      return { mark };
    },

    async openEditor(request, from) {
      await failUnlessReviewing(from);
      const { origin, tabId, frameId, documentId } = from;
      return { token: await openEditor(database, { tabId, frameId, documentId }, { ...request, origin }, now()) };
    },
  };
}
