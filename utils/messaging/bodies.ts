/** The shape of every call's body, and how large it may be: what enters the background is checked with these. */
import * as z from 'zod/mini';
import { connectorIds } from '../connectors/types.ts';
import {
  CONTEXT_TEXT_LIMIT,
  CONTEXT_TURNS,
  NOTE_LIMIT,
  PROMPT_LIMIT,
  REVIEWER_TEXT_LIMIT,
  SNAPSHOT_TEXT_LIMIT,
} from '../review/limits.ts';
import {
  reviewDraftSchema,
  snapshotSchema,
  traceSchema,
  unfinishedJudgementSchema,
  visibilitySchema,
} from '../review/schema.ts';
import { settingsSchema } from '../storage/settings-shape.ts';
import type { BodyOf } from './client.ts';
import type { Caller, Calls } from './contract.ts';

/** One call's body: its schema, and the most characters that all its strings and names may have together. */
export interface BodyRule<Body> {
  readonly schema: z.ZodMiniType<Body>;
  readonly chars: number;
}

type Rules = {
  readonly [Kind in Caller]: { readonly [Verb in keyof Calls[Kind]]: BodyRule<BodyOf<Kind, Verb>> };
};

/** Room for names, ids, addresses and times beside the long texts. */
const SMALL = 16_000;
const SNAPSHOT = SNAPSHOT_TEXT_LIMIT * 3 + PROMPT_LIMIT + CONTEXT_TURNS * CONTEXT_TEXT_LIMIT + SMALL;
/** Correction and comment, findings with their quotes and replacements, and the texts of what was compared. */
const JUDGEMENT = REVIEWER_TEXT_LIMIT * 4 + SNAPSHOT_TEXT_LIMIT * 10 + SMALL;
/** A hundred patterns and five hundred values that are let through. */
const SETTINGS = 300_000;
/** One line of a backup can hold a whole review, its characters escaped. */
const BACKUP = 4 * (SNAPSHOT + JUDGEMENT);
/** Rubrics, guidelines and examples of a team. */
const PROJECT = 2_000_000;
/** Twice what a team file may have, escaped. */
const TEAM = 4_000_000;
/** Other answers that an editor is opened with: a pager of more is cut. */
const MOST_VARIANTS = 7;
/** As much of an answer as triage reads. */
const TRIAGE_TEXT = 100_000;
const KEYS_PER_PAGE = 500;
const KEY_LENGTH = 1024;

const short = (limit: number) => z.string().check(z.minLength(1), z.maxLength(limit));
const responseKey = short(KEY_LENGTH);
const id = short(64);
/** Something that a person says. */
const words = (limit: number) => short(limit).check(z.regex(/\S/));
const sentText = z.string().check(z.maxLength(SNAPSHOT_TEXT_LIMIT));
const spent = z.int().check(z.nonnegative(), z.maximum(86_400_000));
const origin = z.string().check(z.regex(/^https?:\/\/[^/?#\s]+$/), z.maxLength(512));
const nothing = z.strictObject({});
/** A site rule is checked by the handler, which says in words what is wrong; here it only must not be too large. */
const siteRule = z.record(z.string(), z.unknown());
const RULE = 60_000;
const PACK = 1_000_000;
const author = {
  site: short(512),
  author: short(200),
  is: z.nullable(z.enum(['assistant', 'person'])),
};
const healthStates = ['idle', 'working', 'fallback', 'changed', 'slow', 'broken'] as const;

/** The schema knows more than the contract's type says, such as lengths; a field may also be present and undefined. */
function rule<Body>(schema: z.ZodMiniType, chars = SMALL): BodyRule<Body> {
  return { schema: schema as z.ZodMiniType<Body>, chars };
}

const saveReview = { saveReview: rule<BodyOf<'content', 'saveReview'>>(reviewDraftSchema, SNAPSHOT + JUDGEMENT) };
const undoReview = {
  undoReview: rule<BodyOf<'content', 'undoReview'>>(
    z.strictObject({ reviewId: id, revision: z.int().check(z.positive()) }),
  ),
};

const destination = z.strictObject({
  id: z.nullable(id),
  name: z.string().check(z.maxLength(400)),
  connector: z.enum(connectorIds),
  url: z.string().check(z.maxLength(4096)),
  token: z.optional(z.nullable(z.string().check(z.maxLength(8192)))),
  secret: z.optional(z.nullable(z.string().check(z.maxLength(1024)))),
  sends: z.optional(z.enum(['redacted', 'text', 'hashes', 'ratings'])),
  sendPrompt: z.optional(z.boolean()),
  sendContext: z.optional(z.boolean()),
  gzip: z.optional(z.nullable(z.boolean())),
  options: z.optional(z.record(short(64), z.string().check(z.maxLength(16_384)))),
});

const everywhere = { everywhere: z.optional(z.boolean()) };

/** At least one condition: what is meant by none is `all`, and must be said. */
const query = z
  .strictObject({
    search: z.optional(short(500)),
    site: z.optional(short(512)),
    verdict: z.optional(z.enum(['approve', 'correct', 'reject', 'unsure'])),
    label: z.optional(id),
    from: z.optional(short(32)),
    until: z.optional(short(32)),
    delivery: z.optional(z.enum(['pending', 'delivered', 'dead', 'none'])),
  })
  .check(z.refine((conditions) => Object.values(conditions).some((one) => one !== undefined)));

/** One dead entry, or all of a destination. */
const dead = z.union([z.strictObject({ entryId: z.int() }), z.strictObject({ destinationId: id })]);

export const bodies: Rules = {
  content: {
    wake: rule(nothing),
    arrive: rule(nothing),
    keepRule: rule(z.strictObject({ rule: z.nullable(siteRule) }), RULE),
    keepAuthor: rule(z.strictObject(author)),
    reportHealth: rule(z.strictObject({ state: z.enum(healthStates), site: z.nullable(short(64)) })),
    endPick: rule(nothing),
    find: rule(nothing),
    loadPart: rule(z.strictObject({ part: z.enum(['pointing', 'findings']) })),
    openPage: rule(
      z.strictObject({
        responseKeys: z.array(responseKey).check(z.maxLength(KEYS_PER_PAGE)),
        draws: z.optional(z.literal(true)),
      }),
      KEYS_PER_PAGE * (KEY_LENGTH + 8),
    ),
    ...saveReview,
    ...undoReview,
    openEditor: rule(
      z.strictObject({
        responseKey,
        snapshot: snapshotSchema,
        startWith: z.enum(['verdict', 'correction', 'labels', 'finding', 'compare', 'help']),
        visibility: visibilitySchema,
        selection: z.optional(z.nullable(z.strictObject({ start: z.int(), end: z.int() }))),
        variants: z.optional(
          z.array(z.strictObject({ responseKey, snapshot: snapshotSchema })).check(z.maxLength(MOST_VARIANTS)),
        ),
      }),
      SNAPSHOT * (1 + MOST_VARIANTS),
    ),
    anchorFindings: rule(
      z.strictObject({ responseKey, text: z.string().check(z.maxLength(SNAPSHOT_TEXT_LIMIT)) }),
      SNAPSHOT_TEXT_LIMIT + SMALL,
    ),
    triage: rule(
      z.strictObject({
        answers: z
          .array(
            z.strictObject({
              responseKey,
              text: z.string().check(z.maxLength(TRIAGE_TEXT)),
              prompt: z.nullable(z.string().check(z.maxLength(PROMPT_LIMIT))),
              before: z.string().check(z.maxLength(PROMPT_LIMIT)),
              next: z.nullable(z.string().check(z.maxLength(PROMPT_LIMIT))),
              confidence: z.number().check(z.minimum(0), z.maximum(1)),
              author: z.nullable(z.string().check(z.maxLength(200))),
            }),
          )
          .check(z.minLength(1), z.maxLength(20)),
      }),
      5 * TRIAGE_TEXT,
    ),
    setAside: rule(z.strictObject({ responseKey, snapshot: snapshotSchema }), SNAPSHOT),
    pin: rule(z.strictObject({ responseKey, snapshot: snapshotSchema }), SNAPSHOT),
    openComposer: rule(nothing),
    weighDraft: rule(
      z.strictObject({
        text: sentText,
        prompt: z.nullable(z.string().check(z.maxLength(PROMPT_LIMIT))),
        drafted: z.boolean(),
      }),
      SNAPSHOT,
    ),
    holdDraft: rule(
      z.strictObject({ holdId: id, text: sentText, drafted: z.boolean(), snapshot: snapshotSchema }),
      SNAPSHOT * 2,
    ),
    notePassed: rule(z.strictObject({ snapshot: snapshotSchema }), SNAPSHOT),
    keepDelta: rule(
      z.strictObject({ id, saveId: id, snapshot: snapshotSchema, sent: sentText, spentMs: spent }),
      SNAPSHOT * 2,
    ),
    labelDelta: rule(z.strictObject({ reviewId: id, saveId: id, label: id })),
    keepComposer: rule(
      z.union([
        z.strictObject({ field: short(500), send: z.nullable(short(500)), enter: z.enum(['send', 'line']) }),
        z.strictObject({ forget: z.literal(true) }),
      ]),
    ),
  },
  editor: {
    claimEditor: rule(z.strictObject({ token: z.string().check(z.regex(/^[0-9a-f]{64}$/)) })),
    saveDraft: rule(z.strictObject({ judgement: z.nullable(unfinishedJudgementSchema) }), JUDGEMENT),
    previewLeaving: rule(z.strictObject({ judgement: unfinishedJudgementSchema }), JUDGEMENT),
    ...saveReview,
    ...undoReview,
    resizeEditor: rule(
      z.strictObject({
        height: z.number().check(z.nonnegative(), z.maximum(10_000)),
        wide: z.optional(z.literal(true)),
      }),
    ),
    closeEditor: rule(nothing),
    readHistory: rule(nothing),
    sawGuidelines: rule(nothing),
    insertText: rule(z.strictObject({ text: z.string().check(z.maxLength(REVIEWER_TEXT_LIMIT)) }), JUDGEMENT),
    correctedBefore: rule(nothing),
    pin: rule(nothing),
    unpin: rule(z.strictObject({ id })),
    oversight: rule(nothing),
    openCase: rule(z.strictObject({ question: words(NOTE_LIMIT) })),
    assistanceTerms: rule(z.strictObject({ ask: z.boolean() })),
    claimGate: rule(z.strictObject({ token: z.string().check(z.regex(/^[0-9a-f]{64}$/)) })),
    decideDraft: rule(
      z.strictObject({
        decision: z.enum(['approve', 'edit', 'reject', 'override', 'line']),
        reason: z.nullable(short(NOTE_LIMIT)),
        approver: z.nullable(short(200)),
        saveId: id,
        visibility: visibilitySchema,
        spentMs: spent,
      }),
    ),
  },
  page: {
    addCaseEntry: rule(z.strictObject({ id, text: words(NOTE_LIMIT) })),
    setCaseOwner: rule(z.strictObject({ id, owner: z.nullable(words(200)) })),
    ruleCase: rule(
      z.strictObject({ id, verdict: z.enum(['approve', 'correct', 'reject', 'unsure']), text: words(NOTE_LIMIT) }),
    ),
    closeCase: rule(z.strictObject({ id, closed: z.boolean() })),
    makeClause: rule(
      z.strictObject({
        id,
        title: words(200),
        text: words(8000),
        labels: z.array(short(64)).check(z.maxLength(64)),
      }),
    ),
    saveDraft: rule(z.strictObject({ reviewId: id, judgement: z.nullable(unfinishedJudgementSchema) }), JUDGEMENT),
    previewLeaving: rule(z.strictObject({ reviewId: id, judgement: unfinishedJudgementSchema }), JUDGEMENT),
    ...saveReview,
    ...undoReview,
    deleteReviews: rule(
      z.union([
        z.strictObject({ ids: z.array(id).check(z.maxLength(1000)), ...everywhere }),
        z.strictObject({ site: short(512), ...everywhere }),
        z.strictObject({ query, ...everywhere }),
        z.strictObject({ all: z.literal(true), ...everywhere }),
      ]),
      80_000,
    ),
    forgetOutdated: rule(nothing),
    setMemoryOnly: rule(
      z.union([
        z.strictObject({ on: z.literal(true), stored: z.enum(['keep', 'delete']) }),
        z.strictObject({ on: z.literal(false), held: z.enum(['write', 'discard']) }),
      ]),
    ),
    removeEverything: rule(nothing),
    dismissLoss: rule(nothing),
    importBackup: rule(z.strictObject({ lines: z.array(z.string()).check(z.maxLength(1000)) }), BACKUP),
    saveAssistance: rule(
      z.strictObject({
        by: z.enum(['off', 'endpoint', 'built-in']),
        url: z.string().check(z.maxLength(4096)),
        model: z.string().check(z.maxLength(200)),
        key: z.optional(z.nullable(z.string().check(z.maxLength(8192)))),
      }),
    ),
    saveSettings: rule(z.partial(settingsSchema), SETTINGS),
    saveDestination: rule(z.extend(destination, { owed: z.optional(z.enum(['move', 'discard', 'keep'])) })),
    setProject: rule(z.strictObject({ json: z.nullable(z.string()) }), PROJECT),
    joinTeam: rule(
      z.strictObject({
        json: z.string(),
        source: z.nullable(
          z.strictObject({ url: short(4096), token: z.nullable(z.string().check(z.maxLength(4096))) }),
        ),
        granted: z.array(short(512)).check(z.maxLength(50)),
      }),
      TEAM,
    ),
    leaveTeam: rule(z.strictObject({ owed: z.optional(z.enum(['keep', 'discard'])) })),
    queue: rule(
      z.strictObject({
        site: short(512),
        responseKey,
        state: z.nullable(z.enum(['aside', 'skipped'])),
        why: z.optional(z.nullable(z.string().check(z.maxLength(500)))),
        snapshot: z.optional(snapshotSchema),
      }),
      SNAPSHOT,
    ),
    judge: rule(z.extend(reviewDraftSchema, { origin }), SNAPSHOT + JUDGEMENT),
    reopen: rule(
      z.union([
        z.strictObject({ reviewId: id, edit: z.boolean() }),
        z.strictObject({ site: short(512), responseKey, edit: z.boolean() }),
      ]),
    ),
    deliverEarlier: rule(z.strictObject({ destinationId: id })),
    removeDestination: rule(z.strictObject({ id })),
    testDestination: rule(destination),
    sendSample: rule(z.strictObject({ destination, trace: z.nullable(traceSchema) })),
    resend: rule(dead),
    discard: rule(dead),
    deliverNow: rule(nothing),
    startPicker: rule(z.strictObject({ tabId: z.int() })),
    saveRule: rule(z.strictObject({ rule: siteRule }), RULE),
    removeRule: rule(z.strictObject({ id })),
    switchRule: rule(z.strictObject({ id, on: z.boolean() })),
    saveAuthor: rule(z.strictObject(author)),
    importRules: rule(z.strictObject({ json: z.string() }), PACK + SMALL),
    setRulePack: rule(z.strictObject({ url: z.nullable(z.string().check(z.maxLength(4096))) })),
    updateRulePack: rule(nothing),
    refreshSite: rule(
      z.strictObject({
        origin,
        tabId: z.nullable(z.int()),
      }),
    ),
  },
};
