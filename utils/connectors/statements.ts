/** Assessments with one value each, for targets that keep a single value under a name: a list becomes several. */
import type { Review } from '../review/schema.ts';
import { assessmentsOf } from './assessments.ts';

export interface Statement {
  /** Unique in its review, and stable through its revisions: `verdict`, `labels:wrong`. Without spaces, commas and slashes. */
  readonly key: string;
  readonly name: string;
  readonly value: number | string;
  readonly reason: string | null;
}

/** Beside the keys of statements, with which it cannot be confused. */
export const CORRECTION_KEY = ':correction';

export function statementsOf(review: Pick<Review, 'judgement'>): readonly Statement[] {
  return assessmentsOf(review).flatMap(({ name, value, reason }) => {
    const key = encodeURIComponent(name.toWellFormed());
    if (typeof value === 'number' || typeof value === 'string') return [{ key, name, value, reason: reason || null }];
    return value.map((each) => ({
      key: `${key}:${encodeURIComponent(each.toWellFormed())}`,
      name,
      value: each,
      reason: reason || null,
    }));
  });
}

/** Whether a value is one of a few rather than a text: what a choice or a thumb gives are ids. */
export const isChoice = (value: string): boolean => /^[a-z0-9][a-z0-9-]{0,63}$/.test(value);

/** A choice that is yes or no, as a number: what a thumb says, and the verdict but for `unsure`. */
export function asYesOrNo({ name, value }: Statement): 0 | 1 | null {
  if (value === 'up' || (name === 'verdict' && value === 'approve')) return 1;
  if (value === 'down' || (name === 'verdict' && (value === 'correct' || value === 'reject'))) return 0;
  return null;
}

const MARK = '… (cut)';

/** At most `limit` UTF-16 code units; a text that is longer says at its end that it was cut, on a code point boundary. */
export const cut = (text: string, limit: number): string =>
  text.length <= limit ? text : `${text.slice(0, limit - MARK.length).replace(/[\ud800-\udbff]$/, '')}${MARK}`;
