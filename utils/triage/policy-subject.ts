/** What policies look at in a judgement, when it is stored and when a rule is tried on stored ones. Pure. */
import type { PolicySubject } from '../review/policy.ts';
import { hostOf } from '../review/rubric-use.ts';
import type { Review } from '../review/schema.ts';

/** `now` in ms since 1970. What went through a composer is a draft, in the words in which it was sent. */
export function policySubject(
  { judgement, snapshot, surface, origin }: Pick<Review, 'judgement' | 'snapshot' | 'surface' | 'origin'>,
  now: number,
): PolicySubject {
  const isDraft = surface === 'composer';
  return {
    stage: isDraft ? 'draft' : 'answer',
    text: isDraft ? (judgement.correction ?? snapshot.text) : snapshot.text,
    prompt: snapshot.prompt,
    host: hostOf(origin),
    author: snapshot.author ?? null,
    labels: [...judgement.labels, ...(judgement.findings ?? []).flatMap(({ label }) => label ?? [])],
    now,
  };
}
