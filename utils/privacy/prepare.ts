/** What of an event may leave for one destination: the one call for whoever writes outbox entries. */
import { report } from '../errors.ts';
import { err, ok, type Result } from '../result.ts';
import { sha256 } from '../review/hash.ts';
import type { Review } from '../review/schema.ts';
import { type RedactionNote, type ReviewEvent, reviewEventSchema, toEvent } from '../review/wire.ts';
import { bareJudgement, textsTakenOut } from './bare-judgement.ts';
import { bareOversight, oversightTakenOut } from './bare-oversight.ts';
import { OverBudget } from './budget.ts';
import { commit } from './commitment.ts';
import { type CustomerRule, compileRules } from './customer-rules.ts';
import { type RedactedField, type RedactedReview, redactReview } from './redact-review.ts';
import type { RedactionOptions } from './redact-text.ts';

/**
 * How much leaves. `text`: all as stored. `redacted`: all texts, redacted. `hashes`: no text, but the hash by which an endpoint
 * recognises an answer that it has. `ratings`: the judgement alone, no text and nothing derived from text.
 */
type PrivacyLevel = 'text' | 'redacted' | 'hashes' | 'ratings';

/** Longest time for one record, in ms. */
const DEFAULT_BUDGET_MS = 200;

export interface PrepareOptions extends Omit<RedactionOptions, 'rules'> {
  readonly level: PrivacyLevel;
  /**
   * Key of the keyed hashes, 16 characters or more, random, never sent. The installation's own makes records of one reviewer
   * linkable to each other; one that the team shares lets the endpoint group all reviewers' records of one answer.
   */
  readonly secret: string;
  readonly customerRules?: readonly CustomerRule[];
  /** Whether the prompt before the answer is sent; true where absent. */
  readonly sendPrompt?: boolean;
  /** Whether what was said before the prompt is sent, where the prompt is; false where absent. */
  readonly sendContext?: boolean;
}

/** Why a record stays here, in words for the reviewer. Nothing of it is sent until that changes. */
export interface Withheld {
  readonly reason: 'over-budget' | 'rules' | 'failed';
  readonly message: string;
}

export interface Prepared {
  readonly event: ReviewEvent;
  /** Every text field before and after, for the preview; empty where no text leaves. */
  readonly fields: readonly RedactedField[];
}

const LEFT_OUT = ['text', 'markdown', 'prompt', 'context', 'author', 'pageTitle', 'pageUrl'] as const;

/**
 * Makes the event that may leave at this level, or says why none may. Never throws, never falls back to the raw event.
 * Hashes on another thread, so it must run before a database transaction, not inside one.
 *
 * Hashes of a changed record: `hash` and `previousHash` become keyed hashes of the originals, so that the chain can still be
 * followed and, with the key, proven; `contentHash` becomes the hash of the text that is sent (nobody can try out what was
 * redacted, and where nothing was, it is the original). `data.redaction` says that this happened, by which rules.
 */
export async function prepareForDestination(
  event: ReviewEvent,
  options: PrepareOptions,
): Promise<Result<Prepared, Withheld>> {
  try {
    return await prepare(event.data, options);
  } catch (thrown) {
    if (thrown instanceof OverBudget) {
      return err({
        reason: 'over-budget',
        message: `Not sent: checking this review for personal data took longer than ${options.budgetMs ?? DEFAULT_BUDGET_MS} ms. It is kept here.`,
      });
    }
    report(thrown, 'preparing a review for a destination');
    return err({
      reason: 'failed',
      message: 'Not sent: this review could not be checked for personal data. It is kept here.',
    });
  }
}

async function prepare(stored: Review, options: PrepareOptions): Promise<Result<Prepared, Withheld>> {
  const { level, secret } = options;
  const { wanted, leftOut } = asWanted(stored, options);
  if (level === 'text' && leftOut.length === 0) return ok({ event: toEvent(stored), fields: [] });
  if (secret.length < 16) throw new Error('The key of the keyed hashes is too short');
  let redacted: RedactedReview | null = null;
  if (level !== 'text') {
    const rules = compileRules(options.customerRules ?? []);
    if (!rules.ok) return err({ reason: 'rules', message: `Not sent: ${rules.error.message} It is kept here.` });
    redacted = redactReview(wanted, { budgetMs: DEFAULT_BUDGET_MS, ...options, rules: rules.value });
  }
  const review = redacted?.review ?? structuredClone(wanted);
  if (level === 'hashes' || level === 'ratings') leftOut.splice(0, leftOut.length, ...emptied(review, stored, level));
  const note: RedactionNote = {
    level,
    ruleset: redacted?.rulesetVersion ?? null,
    counts: level === 'redacted' ? (redacted?.counts ?? {}) : {},
    leftOut,
  };
  await seal(review, stored, redacted, level, secret);
  const sealed = reviewEventSchema.parse(toEvent({ ...review, redaction: note }));
  return ok({ event: sealed, fields: level === 'redacted' ? (redacted?.fields ?? []) : [] });
}

/** The review without what was said before the answer, as far as that is not wanted, and the names of what was there. */
function asWanted(stored: Review, { sendPrompt = true, sendContext = false }: PrepareOptions) {
  const { prompt, context, ...rest } = stored.snapshot;
  const withContext = sendPrompt && sendContext && context !== undefined;
  const leftOut: string[] = [];
  if (!sendPrompt && prompt !== null) leftOut.push('snapshot.prompt');
  if (!withContext && context !== undefined) leftOut.push('snapshot.context');
  const snapshot = { ...rest, prompt: sendPrompt ? prompt : null, ...(withContext && { context }) };
  return { wanted: leftOut.length === 0 ? stored : { ...stored, snapshot }, leftOut };
}

/** Takes the texts out of `review` and names those that were there. */
function emptied(review: Review, stored: Review, level: 'hashes' | 'ratings'): string[] {
  delete review.snapshot.context;
  delete review.snapshot.author;
  Object.assign(review.snapshot, { text: '', markdown: '', prompt: null, pageTitle: '', pageUrl: review.origin });
  review.judgement = bareJudgement(review.judgement, level === 'hashes');
  const ofAnswer = LEFT_OUT.filter((name) => stored.snapshot[name]).map((name) => `snapshot.${name}`);
  if (review.oversight) review.oversight = bareOversight(review.oversight);
  return [...ofAnswer, ...textsTakenOut(stored.judgement), ...oversightTakenOut(stored.oversight)];
}

/** Puts keyed hashes in the place of whatever is derived from texts that do not leave. */
async function seal(
  review: Review,
  stored: Review,
  redacted: RedactedReview | null,
  level: PrivacyLevel,
  secret: string,
): Promise<void> {
  review.hash = await commit(secret, stored.hash);
  review.previousHash = stored.previousHash && (await commit(secret, stored.previousHash));
  const text = redacted?.fields.find(({ path }) => path === 'snapshot.text')?.redacted;
  if (level === 'ratings') review.contentHash = await commit(secret, stored.contentHash);
  else if (text !== undefined && text !== stored.snapshot.text) review.contentHash = await sha256(text);

  const personal = new Set(redacted?.personalIdentities);
  // Without an id of the site's own, a response is named by a print of prompt and text: as telling as a hash of them.
  const { snapshot } = review;
  const isPrint = /\|f:[^|]*$/.test(stored.responseKey);
  if (isPrint && (snapshot.text !== stored.snapshot.text || snapshot.prompt !== stored.snapshot.prompt))
    personal.add('responseKey');
  const pseudonym = async (value: string) => `x:${(await commit(secret, value)).slice(0, 32)}`;
  if (personal.has('responseKey')) review.responseKey = await pseudonym(stored.responseKey);
  if (personal.has('snapshot.conversationKey'))
    snapshot.conversationKey = await pseudonym(stored.snapshot.conversationKey ?? '');
  for (const [place, one] of (stored.judgement.preference?.shown ?? []).entries()) {
    const sent = review.judgement.preference?.shown[place];
    // One answer has one name, and prints of others are as telling.
    const isOwn = one.responseKey === stored.responseKey && personal.has('responseKey');
    const tells = /\|f:[^|]*$/.test(one.responseKey) && sent?.text !== one.text;
    if (sent && (isOwn || tells || personal.has(`judgement.preference.shown.${place}.responseKey`)))
      sent.responseKey = await pseudonym(one.responseKey);
  }
  if (personal.has('snapshot.messageId')) snapshot.messageId = await pseudonym(stored.snapshot.messageId ?? '');
}
