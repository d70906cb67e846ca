/** From a draft to the next immutable revision, and the check that a log of revisions was not altered. */
import { fail } from '../errors.ts';
import { err, ok, type Result } from '../result.ts';
import { canonicalJson, sha256 } from './hash.ts';
import type { Rubric } from './rubric.ts';
import type { Judgement, Review, ReviewDraft } from './schema.ts';

/** What the background knows and the draft may not claim. */
export interface RevisionContext {
  /** Origin of the page that was judged, as the browser vouches for it. */
  readonly origin: string;
  readonly reviewer: Review['reviewer'];
  readonly rubric: Rubric;
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

/** Throws `invalid` with the field named, unless every label and rating is one that the rubric has. */
function checkAgainstRubric(judgement: Judgement, rubric: Rubric): void {
  judgement.labels.forEach((id, index) => {
    if (!rubric.labels.some((label) => label.id === id)) fail('invalid', { field: `judgement.labels.${index}` });
  });
  judgement.ratings.forEach(({ dimension: id, value }, index) => {
    const dimension = rubric.dimensions.find((one) => one.id === id);
    const fits = dimension && typeof value === 'number' && value >= dimension.min && value <= dimension.max;
    if (!fits) fail('invalid', { field: `judgement.ratings.${index}` });
  });
}

/**
 * A judgement from the toolbar, which says verdict and labels only, with what the editor had added to the revision
 * before: a second look with one key must not erase what was typed. An approved answer needs no correction any more.
 */
export function withTyped(judgement: Judgement, previous: Judgement | null): Judgement {
  if (!previous) return judgement;
  const correction = judgement.verdict === 'approve' ? null : previous.correction;
  return { ...judgement, ratings: previous.ratings, comment: previous.comment, correction };
}

function hashOf(review: Omit<Review, 'hash'>): Promise<string> {
  return sha256(canonicalJson(review));
}

/**
 * The revision that follows `previous` (null for the first).
 * Throws `conflict` when the draft builds on another revision than `previous`, `forbidden` when that one was made on
 * another origin, and `invalid` for labels or ratings that the rubric does not have.
 */
export async function nextRevision(
  draft: ReviewDraft,
  previous: Review | null,
  { origin, reviewer, rubric, now }: RevisionContext,
): Promise<Review> {
  if (draft.basedOn !== (previous?.revision ?? 0)) fail('conflict');
  if (previous && previous.origin !== origin) fail('forbidden');
  checkAgainstRubric(draft.judgement, rubric);
  const snapshot = wellFormed(draft.snapshot);
  const review: Omit<Review, 'hash'> = {
    id: draft.id,
    revision: draft.basedOn + 1,
    previousHash: previous?.hash ?? null,
    responseKey: draft.responseKey.toWellFormed(),
    contentHash: await sha256(snapshot.text),
    snapshot,
    origin,
    judgement: wellFormed(draft.judgement),
    rubric: { id: rubric.id, version: rubric.version },
    reviewer: wellFormed(reviewer),
    surface: draft.surface,
    visibility: draft.visibility,
    spentMs: draft.spentMs,
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
