/**
 * The gate's decisions: which drafts wait, what the frame beside the composer shows, and what becomes of a verdict. Policies
 * stay here: a page learns that a draft waits, never which policy asks or what it looks for. Loaded on demand.
 */

import type { ComposerPlace, ComposerState, GateSession, KeptDelta } from '../../utils/composer/types.ts';
import { fail } from '../../utils/errors.ts';
import type { BodyOf } from '../../utils/messaging/client.ts';
import type { ContentSender, Senders } from '../../utils/messaging/sender.ts';
import { uuidv7 } from '../../utils/review/ids.ts';
import { PROMPT_LIMIT } from '../../utils/review/limits.ts';
import type { PolicyHit } from '../../utils/review/policy.ts';
import { hostOf } from '../../utils/review/rubric-use.ts';
import type { Delta, ReviewDraft, Snapshot } from '../../utils/review/schema.ts';
import { currentProject } from '../../utils/storage/current-project.ts';
import type { EditorRow } from '../../utils/storage/database.ts';
import { claimEditor, closeEditor, openEditor, sessionOf } from '../../utils/storage/editors.ts';
import { type Judging, judgingOf } from '../../utils/storage/judging.ts';
import { setQueued } from '../../utils/storage/queue.ts';
import { newestOf } from '../../utils/storage/save.ts';
import { readSettings, saveSettings } from '../../utils/storage/settings.ts';
import { isOnDrafts } from './governing.ts';
import { pageRules } from './page-rules.ts';
import { policingOf } from './policing.ts';
import { pageJudging, save } from './reviewing.ts';
import type { Room } from './room.ts';

/** What is known of a text before it is sent. */
interface Weighed {
  readonly hits: readonly PolicyHit[];
  /** The user asked for it on this site. */
  readonly own: boolean;
  readonly broken: readonly string[];
}

interface Subject {
  readonly text: string;
  readonly prompt: string | null;
  readonly drafted: boolean;
  readonly origin: string;
}

type FrameSender = Senders['editor'];

/** The decision is kept, and nothing came of it. */
const notTold = {
  message: 'The page could not be told of your decision.',
  next: 'Press again; if it stays, copy your text and reload the page.',
};

/** The comparison is needed for edited drafts only. */
async function deltaBetween(draft: string, sent: string): Promise<Delta> {
  const { deltaOf } = await import('../../utils/composer/delta.ts');
  return deltaOf(draft, sent);
}

export type Sending = ReturnType<typeof createSending>;

export function createSending(room: Room) {
  const { database, sites, pushes, now } = room;

  /**
   * What may not be said holds whoever wrote it; what asks for a person's look is satisfied by a person who wrote it, and so
   * holds the drafts of an AI only.
   */
  async function weigh({ text, prompt, drafted, origin }: Subject): Promise<Weighed> {
    const [{ settings }, project] = await Promise.all([readSettings(database), currentProject(database)]);
    const own = drafted && settings.gateOn.includes(origin);
    const policies = (project.policies ?? []).filter(isOnDrafts);
    if (policies.length === 0) return { hits: [], own, broken: [] };
    const subject = {
      stage: 'draft',
      text,
      prompt,
      host: hostOf(origin),
      author: null,
      labels: [],
      now: now(),
    } as const;
    const { hits, broken } = await policingOf(room).apply(subject);
    return {
      hits: hits.filter(({ demand }) => drafted || demand === 'forbid'),
      own,
      broken: broken.filter(({ id }) => policies.some((policy) => policy.id === id)).map(({ name }) => name),
    };
  }

  async function failUnlessOn(origin: string): Promise<void> {
    if (!(await sites.isOn(origin))) fail('off');
  }

  /** The gate asks for a verdict and no more: what the rubric wants to know besides can be said later. */
  async function judgedBy(origin: string, snapshot: Snapshot): Promise<Judging> {
    const judging = await judgingOf(database, origin, snapshot);
    return { ...judging, rubric: { ...judging.rubric, dimensions: [] } };
  }

  async function gateOf(frame: FrameSender): Promise<EditorRow & Required<Pick<EditorRow, 'gate'>>> {
    const session = await sessionOf(database, frame);
    const { gate } = session;
    return gate ? { ...session, gate } : fail('forbidden');
  }

  const draftOf = ({ gate, snapshot }: Pick<EditorRow, 'gate' | 'snapshot'>) => (gate?.drafted ? snapshot.text : null);
  const needsOf = ({ hits }: Weighed) => ({
    reason: hits.some(({ demand }) => demand === 'reason'),
    approver: hits.some(({ demand }) => demand === 'approver'),
  });

  function weighSession({ gate, snapshot, origin }: EditorRow): Promise<Weighed> {
    return weigh({ text: gate?.text ?? '', prompt: snapshot.prompt, drafted: gate?.drafted ?? false, origin });
  }

  /** Throws `incomplete` with words for the person, unless the decision has all that the policies ask for. */
  async function failUnlessAllowed(
    { decision, reason, approver }: BodyOf<'editor', 'decideDraft'>,
    weighed: Weighed,
  ): Promise<void> {
    const missing = (field: string, message: string) => fail('incomplete', { field, message: `Not sent: ${message}` });
    const { settings } = await readSettings(database);
    const needs = needsOf(weighed);
    if (decision === 'override' && !reason?.trim()) missing('reason', 'say why it is sent all the same.');
    if (decision !== 'approve') return;
    if (weighed.hits.some(({ demand }) => demand === 'forbid')) missing('decision', 'a policy forbids what it says.');
    if (needs.reason && !reason?.trim()) missing('reason', 'a policy asks for a reason.');
    const name = approver?.trim().toLowerCase() ?? '';
    if (needs.approver && name === '') missing('approver', 'a policy asks that somebody else agrees.');
    if (needs.approver && name === settings.reviewerName?.trim().toLowerCase())
      missing('approver', 'somebody else has to agree.');
  }

  return {
    async openComposer({ origin, ...from }: ContentSender): Promise<ComposerState> {
      const on = await sites.isOn(origin);
      const [{ settings }, project] = await Promise.all([readSettings(database), currentProject(database)]);
      const policies = on ? (project.policies ?? []).filter(isOnDrafts) : [];
      const own = on && settings.gateOn.includes(origin);
      const holds = policies.some(({ demand }) => demand === 'forbid')
        ? 'all'
        : policies.length > 0 || own
          ? 'ai'
          : 'none';
      const delta = on && settings.deltaOn.includes(origin);
      const pointed = settings.composers
        .filter((one) => one.origin === origin)
        .map(({ field, send, enter }): ComposerPlace => ({ field, send, enter, where: null }));
      const { rules } = holds !== 'none' || delta ? await pageRules(room, { origin, url: from.url }) : { rules: [] };
      const known = rules.flatMap(({ composer, send, signature }): ComposerPlace[] =>
        composer ? [{ field: composer, send: send ?? null, enter: 'send', where: signature ?? null }] : [],
      );
      return {
        holds,
        delta,
        // A field of the user's own may be one that a rule names too: theirs comes first.
        composers: on ? [...pointed, ...known].slice(0, 20) : [],
        theme: settings.theme,
        promptLimit: settings.keepPrompt ? PROMPT_LIMIT : 0,
        labels: pageJudging(project, origin)
          .rubric.labels.filter(({ needsReason }) => !needsReason)
          .slice(0, 9)
          .map(({ id, name }) => ({ id, name })),
        singleKeys: settings.singleKeys,
        chord: settings.chord,
      };
    },

    async weighDraft(body: BodyOf<'content', 'weighDraft'>, { origin }: ContentSender) {
      await failUnlessOn(origin);
      const { hits, own, broken } = await weigh({ ...body, origin });
      return { hold: own || hits.length > 0, unchecked: broken.length > 0 };
    },

    async holdDraft({ holdId, text, drafted, snapshot }: BodyOf<'content', 'holdDraft'>, from: ContentSender) {
      await failUnlessOn(from.origin);
      const { origin, tabId, frameId, documentId } = from;
      const request = {
        ...{ origin, snapshot, gate: { holdId, text, drafted } },
        ...({ responseKey: `composer|${holdId}`, startWith: 'verdict', visibility: 'unverified' } as const),
      };
      return { token: await openEditor(database, { tabId, frameId, documentId }, request, now()) };
    },

    async notePassed({ snapshot }: BodyOf<'content', 'notePassed'>, { origin }: ContentSender): Promise<null> {
      await failUnlessOn(origin);
      const why = 'Sent without a verdict';
      await setQueued(
        database,
        { site: origin, responseKey: `composer|${uuidv7()}`, state: 'aside', why, snapshot },
        now(),
      );
      return null;
    },

    async keepDelta(body: BodyOf<'content', 'keepDelta'>, { origin }: ContentSender): Promise<KeptDelta> {
      await failUnlessOn(origin);
      const { settings } = await readSettings(database);
      if (!settings.deltaOn.includes(origin)) fail('off');
      const { id, saveId, snapshot, sent, spentMs } = body;
      const delta = await deltaBetween(snapshot.text, sent);
      const judgement = { verdict: 'correct', labels: [], ratings: [], correction: sent, comment: null } as const;
      const draft: ReviewDraft = {
        ...{ id, basedOn: 0, saveId, responseKey: `composer|${id}`, snapshot, spentMs },
        judgement: { ...judgement, labels: [], ratings: [] },
        ...{ surface: 'composer', visibility: 'unverified', oversight: { delta } },
      };
      const { mark } = await save(room, draft, origin, await judgedBy(origin, snapshot));
      return { ...delta, reviewId: mark.reviewId, revision: mark.revision };
    },

    async labelDelta({ reviewId, saveId, label }: BodyOf<'content', 'labelDelta'>, { origin }: ContentSender) {
      const newest = (await newestOf(database, reviewId))?.review;
      const delta = newest?.oversight?.delta;
      if (!newest || newest.origin !== origin || newest.surface !== 'composer' || !delta) fail('not-found');
      const { id, revision, responseKey, snapshot, judgement, surface, visibility, spentMs } = newest;
      const draft: ReviewDraft = {
        ...{ id, basedOn: revision, saveId, responseKey, snapshot, surface, visibility, spentMs, oversight: { delta } },
        judgement: { ...judgement, labels: [label] },
      };
      const { mark } = await save(room, draft, origin, await judgedBy(origin, snapshot));
      return { ...delta, reviewId: mark.reviewId, revision: mark.revision };
    },

    async keepComposer(body: BodyOf<'content', 'keepComposer'>, { origin, tabId }: ContentSender): Promise<null> {
      await failUnlessOn(origin);
      const { settings } = await readSettings(database);
      const others = settings.composers.filter((one) => one.origin !== origin);
      await saveSettings(database, { composers: 'forget' in body ? others : [...others, { origin, ...body }] });
      void pushes.toTab(tabId, { push: 'pageChanged' });
      return null;
    },

    async claimGate({ token }: BodyOf<'editor', 'claimGate'>, frame: FrameSender): Promise<GateSession> {
      const session = await claimEditor(database, token, frame, now());
      if (!session.gate) fail('forbidden');
      const weighed = await weighSession(session);
      const { settings } = await readSettings(database);
      return {
        text: session.gate.text,
        draft: draftOf(session),
        hits: weighed.hits,
        own: weighed.own,
        needs: needsOf(weighed),
        mayApprove: !weighed.hits.some(({ demand }) => demand === 'forbid'),
        broken: weighed.broken,
        reviewer: settings.reviewerName,
        theme: settings.theme,
      };
    },

    async decideDraft(body: BodyOf<'editor', 'decideDraft'>, frame: FrameSender): Promise<null> {
      const session = await gateOf(frame);
      const { gate, origin, snapshot, responseKey } = session;
      const { decision, reason, approver, saveId, visibility, spentMs } = body;
      if (decision !== 'edit' && decision !== 'line') {
        await failUnlessAllowed(body, await weighSession(session));
        const { settings } = await readSettings(database);
        const isEdited = gate.drafted && gate.text !== snapshot.text;
        const sends = decision !== 'reject';
        const outcome =
          decision === 'reject'
            ? 'rejected'
            : decision === 'override'
              ? 'overridden'
              : isEdited
                ? 'edited'
                : 'approved';
        const judgement: ReviewDraft['judgement'] = {
          ...{ labels: [], ratings: [], comment: null },
          verdict: !sends ? 'reject' : isEdited ? 'correct' : 'approve',
          correction: sends && isEdited ? gate.text : null,
        };
        const keepsDelta = sends && isEdited && settings.deltaOn.includes(origin);
        const oversight: ReviewDraft['oversight'] = {
          gate: { outcome, reason: reason?.trim() || null },
          ...(keepsDelta && { delta: await deltaBetween(snapshot.text, gate.text) }),
          ...(approver?.trim() && decision === 'approve' && { approver: approver.trim() }),
        };
        const draft: ReviewDraft = {
          ...{ id: gate.holdId, basedOn: 0, saveId, responseKey, snapshot, judgement },
          ...{ surface: 'composer', visibility, spentMs, oversight },
        };
        await save(room, draft, origin, await judgedBy(origin, snapshot));
      }
      const { tabId, parentFrameId } = session;
      const push = { push: 'draftDecided', holdId: gate.holdId, decision } as const;
      // The page acts on it; where it was not told, the panel stays, and a second press tells it again.
      if (!(await pushes.toFrame({ tabId, frameId: parentFrameId }, push))) fail('unexpected', notTold);
      await closeEditor(database, session);
      return null;
    },
  };
}
