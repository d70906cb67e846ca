/**
 * The shapes of the domain, once: zod schemas and the types read off them. Background, pages and collector validate
 * with these where trust changes; the content script imports the types only, so that zod stays out of its bundle.
 *
 * Lengths are in UTF-16 code units, times are ISO 8601 in UTC, hashes are lowercase hexadecimal SHA-256.
 */
import * as z from 'zod/mini';
import {
  CONTEXT_TEXT_LIMIT,
  CONTEXT_TURNS,
  NOTE_LIMIT,
  PROMPT_LIMIT,
  REVIEWER_TEXT_LIMIT,
  SNAPSHOT_TEXT_LIMIT,
} from './limits.ts';
import { TRACE_ID } from './trace-id.ts';

// MV3 forbids eval; without this zod probes for it and the probe is a CSP report.
z.config({ jitless: true });

const text = (limit: number) => z.string().check(z.maxLength(limit));
const name = (limit = 200) => z.string().check(z.minLength(1), z.maxLength(limit));
const sha256 = z.string().check(z.regex(/^[0-9a-f]{64}$/));
const time = z.iso.datetime();
const uuid = z.string().check(z.regex(/^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/));

/** What the reviewer concluded. */
const verdictSchema = z.enum(['approve', 'correct', 'reject', 'unsure']);
export type Verdict = z.infer<typeof verdictSchema>;

/** A value on one rubric dimension: a number, a choice or a text, or several choices; see `Scale` in rubric.ts. */
const ratingSchema = z.strictObject({
  dimension: name(64),
  value: z.union([z.number(), name(NOTE_LIMIT), z.array(name(64)).check(z.minLength(1), z.maxLength(64))]),
  /** Why, where the reviewer said so. */
  reason: z.optional(name(NOTE_LIMIT)),
});
export type Rating = z.infer<typeof ratingSchema>;

/** The rule that found the response, or null when the reviewer selected the text without one. */
const foundBySchema = z.nullable(z.strictObject({ site: name(64), version: name(32), variant: z.nullable(name(64)) }));

/** A message before the prompt. */
const turnSchema = z.strictObject({
  role: z.enum(['user', 'assistant', 'agent', 'system']),
  text: name(CONTEXT_TEXT_LIMIT),
});
export type Turn = z.infer<typeof turnSchema>;

/** Where the answer's trace is in an observability tool: what connectors hang a judgement on. */
const traceId = z.string().check(z.regex(TRACE_ID));
export const traceSchema = z.strictObject({
  id: traceId,
  /** The span, run or row within the trace that made the answer; the trace's own where absent. */
  span: z.optional(traceId),
  /** The reviewer said so; else the page did. */
  byHand: z.optional(z.literal(true)),
});
export type Trace = z.infer<typeof traceSchema>;

/** The response as captured for a review; see the glossary in docs/architecture.md. */
export const snapshotSchema = z.strictObject({
  /** Normalised text of the answer without reasoning, hidden nodes and the site's own controls. */
  text: text(SNAPSHOT_TEXT_LIMIT),
  markdown: text(SNAPSHOT_TEXT_LIMIT * 2),
  /** The user message before it, as far as the reviewer allows. */
  prompt: z.nullable(text(PROMPT_LIMIT)),
  /**
   * What was said before the prompt, the newest last, as far as the reviewer allows. Absent where there is none: what was stored
   * before there was context keeps its hash.
   */
  context: z.optional(z.array(turnSchema).check(z.minLength(1), z.maxLength(CONTEXT_TURNS))),
  /** The model as the page names it. */
  model: z.nullable(name()),
  /** The author's name as the page shows it; absent where it shows none. */
  author: z.optional(name()),
  conversationKey: z.nullable(name(512)),
  /** The site's own id of the message. */
  messageId: z.nullable(name(512)),
  /** Absent where nothing told it. */
  trace: z.optional(traceSchema),
  /** Address of the page without query and fragment. */
  pageUrl: name(2048),
  pageTitle: text(512),
  foundBy: foundBySchema,
  /** True where the answer was longer than `SNAPSHOT_TEXT_LIMIT`; `length` then tells how long it was. */
  truncated: z.boolean(),
  length: z.int().check(z.nonnegative()),
  /** False where the reviewer judged an answer that was still growing. */
  settled: z.boolean(),
  capturedAt: time,
});
export type Snapshot = z.infer<typeof snapshotSchema>;

/** Another answer, to compare with. */
export interface Variant {
  readonly responseKey: string;
  readonly snapshot: Snapshot;
}

/** Whether the browser could prove that the control was visible when it was used (IntersectionObserver v2, Chromium only). */
export const visibilitySchema = z.enum(['verified', 'unverified']);

/** Where the judgement was made. */
const surfaceSchema = z.enum(['toolbar', 'editor', 'workbench', 'sidepanel', 'composer']);

const offset = z.int().check(z.nonnegative(), z.maximum(SNAPSHOT_TEXT_LIMIT));
const span = z.strictObject({ start: offset, end: offset }).check(z.refine(({ start, end }) => start <= end));

/** How bad the thing is that a finding points at. */
const severitySchema = z.enum(['minor', 'major', 'critical']);
export type Severity = z.infer<typeof severitySchema>;

/**
 * A span of the snapshot's text with what the reviewer says of it. `quote` and `position` are a TextQuoteSelector and a
 * TextPositionSelector (W3C Web Annotation Data Model, 4.2.4 and 4.2.5). A span of no length is a place where something is missing.
 */
const findingSchema = z.strictObject({
  /** Unique in its review; stays through revisions. */
  id: name(64),
  /** [start, end) in code points. */
  position: span,
  /** The same in UTF-16 code units. */
  utf16: span,
  /** The very text, and up to 32 code units before and after it. */
  quote: z.strictObject({ exact: text(SNAPSHOT_TEXT_LIMIT), prefix: text(64), suffix: text(64) }),
  /** A label of the rubric. */
  label: z.nullable(name(64)),
  severity: severitySchema,
  note: z.nullable(name(NOTE_LIMIT)),
  /** What should stand there; '' to take the span out. */
  replacement: z.nullable(text(REVIEWER_TEXT_LIMIT)),
  /** Address of a source that shows it. */
  source: z.nullable(z.string().check(z.maxLength(2048), z.regex(/^https?:\/\/[^\s]+$/))),
  /**
   * The answer changed since, and what the finding points at is gone: only `quote` tells where it was. The offsets are those
   * of the text that it was made on, and none of this revision's snapshot.
   */
  orphan: z.optional(z.literal(true)),
});
export type Finding = z.infer<typeof findingSchema>;

/** One of several answers, beside the others. */
const compared = {
  responseKey: name(1024),
  origin: name(512),
  model: z.nullable(name()),
  text: text(SNAPSHOT_TEXT_LIMIT),
  /** Empty for the answer under review, whose ratings are the judgement's. */
  ratings: z.array(ratingSchema).check(z.maxLength(32)),
};
const strengthSchema = z.enum(['slight', 'clear', 'strong']);

/** What the reviewer prefers among several answers to one prompt, the one under review being among them. */
const preferenceSchema = z.strictObject({
  /** In the order in which they were presented: the first was A. */
  shown: z
    .array(
      z.strictObject({
        ...compared,
        /** 1 is the best; equal ranks are ties. */
        rank: z.int().check(z.minimum(1), z.maximum(8)),
      }),
    )
    .check(z.minLength(2), z.maxLength(8)),
  outcome: z.enum(['ranked', 'tie', 'both-bad']),
  /** How far the best is ahead of the next; null where nothing is. */
  strength: z.nullable(strengthSchema),
});
export type Preference = z.infer<typeof preferenceSchema>;

/** The reviewer's part of a review: all that a person decides. */
const judgementSchema = z.strictObject({
  verdict: verdictSchema,
  /** Label ids of the rubric: what is wrong, or right, with the answer. */
  labels: z.array(name(64)).check(z.maxLength(32)),
  ratings: z.array(ratingSchema).check(z.maxLength(32)),
  /** The full text as it should have been. */
  correction: z.nullable(text(REVIEWER_TEXT_LIMIT)),
  comment: z.nullable(text(REVIEWER_TEXT_LIMIT)),
  /** Absent where there is none: what was stored before there were findings keeps its hash. */
  findings: z.optional(z.array(findingSchema).check(z.minLength(1), z.maxLength(500))),
  /** Absent where nothing was compared. */
  preference: z.optional(preferenceSchema),
});
export type Judgement = z.infer<typeof judgementSchema>;

const place = z.int().check(z.minimum(0), z.maximum(7));

/** A comparison that was begun and not ended: what a draft keeps of it, and no review. */
const comparisonSchema = z.strictObject({
  /** In the order in which they are presented. */
  shown: z.array(z.strictObject(compared)).check(z.minLength(2), z.maxLength(8)),
  /** Places in `shown` in order of preference, as far as they are ranked; those that are equal together. */
  groups: z.array(z.array(place).check(z.minLength(1), z.maxLength(8))).check(z.maxLength(8)),
  /** The next one is as good as the last. */
  joins: z.boolean(),
  strength: strengthSchema,
});
export type Comparison = z.infer<typeof comparisonSchema>;

/** A judgement in the making, as a draft keeps it: the verdict may still be open, and so may a comparison. */
export const unfinishedJudgementSchema = z.strictObject({
  ...judgementSchema.shape,
  verdict: z.nullable(verdictSchema),
  comparison: z.optional(comparisonSchema),
  /** What is typed or pasted as the answer's trace; absent where nobody touched it. */
  trace: z.optional(text(2048)),
});
export type UnfinishedJudgement = z.infer<typeof unfinishedJudgementSchema>;

/** How a draft reply came through the gate. */
const gateSchema = z.strictObject({
  outcome: z.enum(['approved', 'edited', 'rejected', 'overridden']),
  /** Why, where it was overridden or a policy asked for it. */
  reason: z.nullable(name(NOTE_LIMIT)),
});

/** What an agent made of the AI's draft before sending it. */
const deltaSchema = z.strictObject({
  /** Share of the draft's words that was sent, 0 to 1. */
  kept: z.number().check(z.minimum(0), z.maximum(1)),
  edits: z.array(z.enum(['fact', 'tone', 'policy', 'format', 'language'])).check(z.maxLength(5)),
});
export type Delta = z.infer<typeof deltaSchema>;

/** A proposal of a model, and what the reviewer made of it; never mixed with the judgement itself. */
const assistanceSchema = z.strictObject({
  kind: z.enum(['labels', 'findings', 'correction']),
  model: name(),
  /** Whether the reviewer had given a verdict of their own before it was shown. */
  shown: z.enum(['after-verdict', 'at-once']),
  outcome: z.enum(['accepted', 'edited', 'rejected']),
});
export type AssistanceOutcome = z.infer<typeof assistanceSchema>;

/** What an answer that resembles a corrected one says of the model. */
const recurrenceSchema = z.strictObject({
  /** The review with the correction. */
  reviewId: uuid,
  similarity: z.number().check(z.minimum(0), z.maximum(1)),
  state: z.enum(['fixed', 'same', 'regressed']),
});
export type Recurrence = z.infer<typeof recurrenceSchema>;

/** What a surface knows of how people came to look at the response; each part absent where there is nothing to say. */
const claimedOversight = {
  gate: z.optional(gateSchema),
  delta: z.optional(deltaSchema),
  assistance: z.optional(z.array(assistanceSchema).check(z.minLength(1), z.maxLength(20))),
  recurrence: z.optional(recurrenceSchema),
  /** Who agreed, where a policy asks for somebody else. */
  approver: z.optional(name()),
};

/** With what the background knows: why a person was asked, and which policies applied. */
const oversightSchema = z.strictObject({
  ...claimedOversight,
  asked: z.optional(
    z.strictObject({
      priority: z.number().check(z.minimum(0), z.maximum(1)),
      reasons: z.array(name(300)).check(z.maxLength(12)),
      /** Drawn by lot, whatever its priority. */
      audit: z.optional(z.literal(true)),
    }),
  ),
  policies: z.optional(
    z
      .array(
        z.strictObject({
          id: name(64),
          demand: z.enum(['review', 'forbid', 'reason', 'approver']),
          severity: severitySchema,
        }),
      )
      .check(z.minLength(1), z.maxLength(64)),
  ),
});
export type Oversight = z.infer<typeof oversightSchema>;

/** What a surface asks the background to store: revision `basedOn + 1` of the review `id`. */
export const reviewDraftSchema = z.strictObject({
  /** UUIDv7, born where the judgement was made. */
  id: uuid,
  /** The revision that this one replaces; 0 for the first. */
  basedOn: z.int().check(z.nonnegative()),
  /** One attempt to save; a resend carries the same one and is answered, not stored again. */
  saveId: uuid,
  responseKey: name(1024),
  snapshot: snapshotSchema,
  /** The answer's trace as the reviewer says, null for none; absent where they said nothing. Never from a page. */
  trace: z.optional(z.nullable(traceSchema)),
  judgement: judgementSchema,
  surface: surfaceSchema,
  visibility: visibilitySchema,
  /** Active time from first touch to save, in ms. */
  spentMs: z.int().check(z.nonnegative(), z.maximum(86_400_000)),
  oversight: z.optional(z.strictObject(claimedOversight)),
});
export type ReviewDraft = z.infer<typeof reviewDraftSchema>;

/** One reviewer's judgement of one response: one immutable revision. */
export const reviewSchema = z.strictObject({
  id: uuid,
  revision: z.int().check(z.positive()),
  /** Hash of the revision before; null on the first. */
  previousHash: z.nullable(sha256),
  /** SHA-256 over the canonical JSON (RFC 8785 key order) of all other fields. */
  hash: sha256,
  responseKey: name(1024),
  /** SHA-256 of the snapshot's text. */
  contentHash: sha256,
  snapshot: snapshotSchema,
  /** Origin of the sender as the browser vouches for it, never as the page claims it. */
  origin: name(512),
  judgement: judgementSchema,
  rubric: z.strictObject({ id: name(64), version: name(32) }),
  /** Version of the guidelines that were shown; absent where there were none. */
  guidelines: z.optional(name(32)),
  /** Who judged: a random id of this installation, and the name that the reviewer chose to give. */
  reviewer: z.strictObject({ id: name(64), name: z.nullable(name()) }),
  surface: surfaceSchema,
  visibility: visibilitySchema,
  spentMs: z.int().check(z.nonnegative()),
  /** Absent where there is nothing to say: what was stored before there was any keeps its hash. */
  oversight: z.optional(oversightSchema),
  createdAt: time,
});
export type Review = z.infer<typeof reviewSchema>;

/** The first issue of a failed parse as a dotted path and a message, for `failure('invalid', …)`. */
export function firstIssue(error: z.core.$ZodError): { field: string; message: string } {
  const issue = error.issues[0];
  const unknown = issue?.code === 'unrecognized_keys' ? issue.keys : [];
  const path = [...(issue?.path ?? []), ...unknown.slice(0, 1)].map(String).join('.');
  return { field: path || '(root)', message: issue?.message ?? 'Invalid input' };
}
