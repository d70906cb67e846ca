/** One line of the list, read off a whole review, so that a long list keeps no long texts. */
import type { ReviewSummary } from '../../../components/workbench/types.ts';
import { searchWords } from '../../../utils/review/query.ts';
import type { Label } from '../../../utils/review/rubric.ts';
import type { Review } from '../../../utils/review/schema.ts';
import type { ListedReview } from '../../../utils/storage/list.ts';

/** Characters of an excerpt. */
const LENGTH = 200;
/** Characters kept before the word that was searched for. */
const BEFORE = 40;

const inOneLine = (text: string) => text.replace(/\s+/g, ' ').trim();

/** About `LENGTH` characters from `at` on, never beginning or ending inside a surrogate pair. */
function cut(text: string, at: number): string {
  const start = at <= BEFORE ? 0 : at - BEFORE;
  // A window first: a long answer is not rewritten for the sake of one line.
  const piece = inOneLine(text.slice(start, start + LENGTH * 4).toWellFormed()).slice(0, LENGTH);
  return `${start > 0 ? '… ' : ''}${piece.toWellFormed().replaceAll('\ufffd', '')}`;
}

/**
 * What the line shows of the review: the answer from its beginning, or the place where the first searched word occurs,
 * with the name of the part where that is not the answer.
 */
export function excerptOf(review: Review, search: string | undefined): string {
  const word = searchWords(search)[0];
  const { text, prompt } = review.snapshot;
  const { correction, comment } = review.judgement;
  if (word === undefined) return cut(text, 0);
  const parts = [
    ['', text],
    ['Correction: ', correction],
    ['Comment: ', comment],
    ['Prompt: ', prompt],
  ] as const;
  for (const [name, part] of parts) {
    const at = part?.toLowerCase().indexOf(word) ?? -1;
    if (part && at >= 0) return name + cut(part, at);
  }
  return cut(text, 0);
}

/** The line of a listed review. Labels that the rubric does not have any more are shown by their id. */
export function summaryOf(
  { review, delivery }: ListedReview,
  labels: readonly Label[],
  search: string | undefined,
): ReviewSummary {
  return {
    id: review.id,
    revision: review.revision,
    site: review.origin,
    verdict: review.judgement.verdict,
    labels: review.judgement.labels.map((id) => labels.find((label) => label.id === id)?.name ?? id),
    excerpt: excerptOf(review, search),
    title: review.snapshot.pageTitle.slice(0, LENGTH),
    createdAt: review.createdAt,
    delivery,
  };
}
