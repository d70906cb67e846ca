/** Which strings of a review are text, and what else there is. What is not named here is text: a new field is redacted until somebody decides. */
import {
  CONTEXT_TEXT_LIMIT,
  NOTE_LIMIT,
  PROMPT_LIMIT,
  REVIEWER_TEXT_LIMIT,
  SNAPSHOT_TEXT_LIMIT,
} from '../review/limits.ts';

/**
 * `keep`: made by this program or chosen by the reviewer as public. `address`: a page. `identity`: names a thing on the
 * site; replaced as a whole where it holds something personal, because a numbered placeholder would join strangers.
 */
export type Treatment = 'text' | 'keep' | 'address' | 'identity';

const TREATMENT: Record<string, Treatment> = {
  id: 'keep',
  previousHash: 'keep',
  hash: 'keep',
  contentHash: 'keep',
  responseKey: 'identity',
  origin: 'keep',
  surface: 'keep',
  visibility: 'keep',
  createdAt: 'keep',
  'snapshot.conversationKey': 'identity',
  'snapshot.messageId': 'identity',
  'snapshot.trace.id': 'keep',
  'snapshot.trace.span': 'keep',
  'snapshot.trace.byHand': 'keep',
  'snapshot.pageUrl': 'address',
  'snapshot.capturedAt': 'keep',
  'snapshot.context.*.role': 'keep',
  'snapshot.foundBy.site': 'keep',
  'snapshot.foundBy.version': 'keep',
  'snapshot.foundBy.variant': 'keep',
  'judgement.verdict': 'keep',
  'judgement.labels.*': 'keep',
  'judgement.ratings.*.dimension': 'keep',
  'judgement.findings.*.id': 'keep',
  'judgement.findings.*.label': 'keep',
  'judgement.findings.*.severity': 'keep',
  'judgement.preference.outcome': 'keep',
  'judgement.preference.strength': 'keep',
  'judgement.preference.shown.*.responseKey': 'identity',
  'judgement.preference.shown.*.origin': 'keep',
  'judgement.preference.shown.*.ratings.*.dimension': 'keep',
  'oversight.gate.outcome': 'keep',
  'oversight.delta.edits.*': 'keep',
  'oversight.assistance.*.kind': 'keep',
  'oversight.assistance.*.shown': 'keep',
  'oversight.assistance.*.outcome': 'keep',
  'oversight.recurrence.reviewId': 'keep',
  'oversight.recurrence.state': 'keep',
  'oversight.policies.*.id': 'keep',
  'oversight.policies.*.demand': 'keep',
  'oversight.policies.*.severity': 'keep',
  guidelines: 'keep',
  'rubric.id': 'keep',
  'rubric.version': 'keep',
  'reviewer.id': 'keep',
  'reviewer.name': 'keep',
};

/** How the string at this path is treated; list positions in the path are `*`. */
export const treatmentOf = (path: string): Treatment => TREATMENT[path] ?? 'text';

/** Placeholders can be longer than what they replace: how much of each field fits into the schema, by its shape. */
export const LIMITS: Record<string, number> = {
  'snapshot.text': SNAPSHOT_TEXT_LIMIT,
  'snapshot.markdown': SNAPSHOT_TEXT_LIMIT * 2,
  'snapshot.prompt': PROMPT_LIMIT,
  'snapshot.context.*.text': CONTEXT_TEXT_LIMIT,
  'snapshot.pageTitle': 512,
  'snapshot.pageUrl': 2048,
  'snapshot.model': 200,
  'snapshot.author': 200,
  'judgement.correction': REVIEWER_TEXT_LIMIT,
  'judgement.comment': REVIEWER_TEXT_LIMIT,
  'judgement.ratings.*.value': NOTE_LIMIT,
  'judgement.ratings.*.reason': NOTE_LIMIT,
  'judgement.findings.*.note': NOTE_LIMIT,
  'judgement.findings.*.replacement': REVIEWER_TEXT_LIMIT,
  'judgement.findings.*.source': 2048,
  'judgement.findings.*.quote.exact': SNAPSHOT_TEXT_LIMIT,
  'judgement.findings.*.quote.prefix': 64,
  'judgement.findings.*.quote.suffix': 64,
  'judgement.preference.shown.*.text': SNAPSHOT_TEXT_LIMIT,
  'judgement.preference.shown.*.model': 200,
  'judgement.preference.shown.*.ratings.*.value': NOTE_LIMIT,
  'judgement.preference.shown.*.ratings.*.reason': NOTE_LIMIT,
  'oversight.gate.reason': NOTE_LIMIT,
  'oversight.assistance.*.model': 200,
  'oversight.approver': 200,
  'oversight.asked.reasons.*': 300,
};

/** Numbers are given in this order, so that an answer reads the same whoever reviewed it. */
export const FIRST = ['snapshot.text', 'snapshot.markdown', 'snapshot.prompt'];

/** One string in a record. */
export interface Leaf {
  /** As `judgement.findings.0.note`. */
  readonly path: string;
  /** The same with `*` for list positions. */
  readonly shape: string;
  readonly value: string;
  readonly set: (value: string) => void;
}

/** All strings of a JSON value, with the means to replace them. */
export function leavesOf(value: unknown, path = '', shape = ''): Leaf[] {
  if (value === null || typeof value !== 'object') return [];
  const holder = value as Record<string, unknown>;
  const isList = Array.isArray(value);
  return Object.entries(holder).flatMap(([key, inner]) => {
    const innerPath = path ? `${path}.${key}` : key;
    const innerShape = shape ? `${shape}.${isList ? '*' : key}` : key;
    if (typeof inner !== 'string') return leavesOf(inner, innerPath, innerShape);
    const set = (next: string) => {
      holder[key] = next;
    };
    return [{ path: innerPath, shape: innerShape, value: inner, set }];
  });
}
