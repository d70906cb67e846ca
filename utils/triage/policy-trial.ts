/** Tries policies on reviews that are stored: what they would have said, and how those answers were judged. Pure. */
import type { Trial, TrialHit } from '../review/oversight-view.ts';
import type { Policy } from '../review/policy.ts';
import type { Topic } from '../review/project.ts';
import type { Review, Verdict } from '../review/schema.ts';
import { applyPolicies, compilePolicies } from './policies.ts';
import { policySubject } from './policy-subject.ts';

/** The most hits that are kept to be looked at. */
const SHOWN = 50;
/** Code units of the text that are shown before and after what was found. */
const AROUND = 60;

const oneLine = (text: string) => text.replace(/\s+/g, ' ').toWellFormed().replaceAll('\ufffd', '');

function excerpt(text: string, span: { readonly start: number; readonly end: number } | null) {
  if (!span) return { before: '', found: '', after: oneLine(text.slice(0, AROUND * 2)) };
  const [from, to] = [Math.max(0, span.start - AROUND), Math.min(text.length, span.end + AROUND)];
  return {
    before: `${from > 0 ? '…' : ''}${oneLine(text.slice(from, span.start))}`,
    found: oneLine(text.slice(span.start, span.end)),
    after: `${oneLine(text.slice(span.end, to))}${to < text.length ? '…' : ''}`,
  };
}

/** Begins a trial of one policy: each call takes a review more, and answers how it stands. */
export function beginTrial(policy: Policy, topics: readonly Topic[]): (review: Review) => Trial {
  const compiled = compilePolicies([policy], topics);
  const verdicts: Record<Verdict, number> = { approve: 0, correct: 0, reject: 0, unsure: 0 };
  const shown: TrialHit[] = [];
  let [of, hits] = [0, 0];
  return (review) => {
    const subject = policySubject(review, Date.parse(review.createdAt));
    const { hits: found, broken } = applyPolicies(compiled, subject);
    of += 1;
    for (const { span } of found) {
      hits += 1;
      verdicts[review.judgement.verdict] += 1;
      const { id: reviewId, origin: site, createdAt: at, judgement } = review;
      if (shown.length < SHOWN)
        shown.push({ reviewId, site, at, verdict: judgement.verdict, ...excerpt(subject.text, span) });
    }
    return { of, hits, verdicts: { ...verdicts }, shown: [...shown], broken: broken[0] ?? null };
  };
}
