/** From a draft to the next immutable revision, and the check that a log of revisions was not altered. */
import { fail } from '../errors.ts';
import { err, ok, type Result } from '../result.ts';
import { findingsFlaw } from './findings-check.ts';
import { canonicalJson, sha256 } from './hash.ts';
import { preferenceFlaw, samePreference } from './ranking.ts';
import type { Rubric } from './rubric.ts';
import { problemsOf, settled } from './rubric-use.ts';
import type { Judgement, Oversight, Review, ReviewDraft, Snapshot } from './schema.ts';
import { traceAgain } from './trace-id.ts';

/** What the background knows and the draft may not claim. */
export interface RevisionContext {
  /** Origin of the page that was judged, as the browser vouches for it. */
  readonly origin: string;
  readonly reviewer: Review['reviewer'];
  /** With what applies to this response only. */
  readonly rubric: Rubric;
  /** Version of the guidelines that were shown; null or absent where there were none. */
  readonly guidelines?: string | null | undefined;
  /** What the draft claims of how people came to look at it, with what only the background knows. */
  readonly oversight?: Oversight | undefined;
  /** ms since 1970. */
  readonly now: number;
}

/**
 * Text without lone surrogates and NUL (each becomes U+FFFD), at every depth: the former can be neither hashed nor sent as
 * UTF-8, and PostgreSQL holds neither. So what a destination stores is what was hashed.
 */
function wellFormed<T>(value: T): T {
  if (typeof value === 'string') return value.toWellFormed().replaceAll('\0', '\ufffd') as T;
  if (Array.isArray(value)) return value.map(wellFormed) as T;
  if (value === null || typeof value !== 'object') return value;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, wellFormed(inner)])) as T;
}

/** Throws `invalid` with the path and the words of the first problem, unless the judgement has all that the rubric asks for. */
function checkAgainstRubric(judgement: Judgement, rubric: Rubric, previous: Judgement | null): void {
  const [problem] = problemsOf(judgement, rubric, previous);
  if (!problem) return;
  const [part = '', id] = problem.where.split(/:(.*)/s);
  const isLabel = part === 'label';
  const index = isLabel
    ? judgement.labels.indexOf(id ?? '')
    : judgement.ratings.findIndex(({ dimension }) => dimension === id);
  const field = `judgement.${isLabel ? 'labels' : 'ratings'}${index < 0 ? '' : `.${index}`}`;
  if (problem.is === 'unfit') fail('invalid', { field });
  fail('incomplete', { field, message: `Not saved: ${problem.words}` });
}

/** Throws `invalid` with the path of the field, unless a comparison agrees with itself. What was stored before stays as it is. */
function checkPreference(
  { preference }: Judgement,
  { responseKey }: ReviewDraft,
  rubric: Rubric,
  previous: Judgement | null,
) {
  if (!preference || samePreference(preference, previous?.preference)) return;
  const flaw = preferenceFlaw(preference, responseKey, rubric);
  if (flaw !== null) fail('invalid', { field: `judgement.preference.${flaw}` });
}

/** Throws `invalid` with the path of the field, unless the findings say of the snapshot's text what stands there. */
function checkFindings({ findings }: Judgement, text: string): void {
  const flaw = findings ? findingsFlaw(findings, text) : null;
  if (flaw !== null) fail('invalid', { field: `judgement.findings.${flaw}` });
}

/**
 * A judgement from the toolbar, which says verdict and labels only, with what the editor had added to the revision
 * before: a second look with one key must not erase what was typed. An approved answer needs no correction any more. The
 * findings stay too: give `previous` with them on the snapshot of the new revision.
 */
export function withTyped(judgement: Judgement, previous: Judgement | null): Judgement {
  if (!previous) return judgement;
  const correction = judgement.verdict === 'approve' ? null : previous.correction;
  const compared = previous.preference && { preference: previous.preference };
  const found = previous.findings && { findings: previous.findings };
  return { ...judgement, ratings: previous.ratings, comment: previous.comment, correction, ...compared, ...found };
}

/** The snapshot with the trace that is known of it; see `traceAgain`. */
export function withTrace(snapshot: Snapshot, said: ReviewDraft['trace'], before: Snapshot | undefined): Snapshot {
  const { trace: _, ...bare } = snapshot;
  const trace = said === undefined ? traceAgain(snapshot, before) : said && { ...said, byHand: true as const };
  return trace ? { ...bare, trace } : bare;
}

function hashOf(review: Omit<Review, 'hash'>): Promise<string> {
  return sha256(canonicalJson(review));
}

/**
 * The revision that follows `previous` (null for the first).
 * Throws `conflict` when the draft builds on another revision than `previous`, `forbidden` when that one was made on
 * another origin, `invalid` for labels or ratings that the rubric does not have (unless the revision before had them),
 * `incomplete` where it asks for more, and `invalid` for a comparison that
 * contradicts itself and for findings that do not fit the snapshot.
 */
export async function nextRevision(
  draft: ReviewDraft,
  previous: Review | null,
  { origin, reviewer, rubric, guidelines, oversight, now }: RevisionContext,
): Promise<Review> {
  if (draft.basedOn !== (previous?.revision ?? 0)) fail('conflict');
  if (previous && previous.origin !== origin) fail('forbidden');
  const judgement = settled(draft.judgement, rubric);
  checkAgainstRubric(judgement, rubric, previous?.judgement ?? null);
  checkPreference(judgement, draft, rubric, previous?.judgement ?? null);
  checkFindings(judgement, draft.snapshot.text);
  const snapshot = wellFormed(withTrace(draft.snapshot, draft.trace, previous?.snapshot));
  const review: Omit<Review, 'hash'> = {
    id: draft.id,
    revision: draft.basedOn + 1,
    previousHash: previous?.hash ?? null,
    responseKey: draft.responseKey.toWellFormed(),
    contentHash: await sha256(snapshot.text),
    snapshot,
    origin,
    judgement: wellFormed(judgement),
    rubric: { id: rubric.id, version: rubric.version },
    ...(guidelines ? { guidelines } : {}),
    reviewer: wellFormed(reviewer),
    surface: draft.surface,
    visibility: draft.visibility,
    spentMs: draft.spentMs,
    ...(oversight && Object.keys(oversight).length > 0 ? { oversight: wellFormed(oversight) } : {}),
    createdAt: new Date(now).toISOString(),
  };
  return { ...review, hash: await hashOf(review) };
}

/** The first revision that does not fit, and how. */
export interface ChainBreak {
  readonly revision: number;
  /** `order`: missing, repeated or of another review; `link`: names another revision before it; `hash`, `content`: altered. */
  readonly why: 'order' | 'link' | 'hash' | 'content';
}

/** Checks all revisions of one review, oldest first, each against its own hash and the one before. */
export async function verifyChain(reviews: readonly Review[]): Promise<Result<null, ChainBreak>> {
  let previous: Review | null = null;
  for (const review of reviews) {
    const { hash, ...rest } = review;
    const broken = (why: ChainBreak['why']) => err({ revision: review.revision, why });
    if (review.revision !== (previous?.revision ?? 0) + 1) return broken('order');
    if (previous && review.id !== previous.id) return broken('order');
    if (review.previousHash !== (previous?.hash ?? null)) return broken('link');
    if ((await sha256(review.snapshot.text)) !== review.contentHash) return broken('content');
    if ((await hashOf(rest)) !== hash) return broken('hash');
    previous = review;
  }
  return ok(null);
}
