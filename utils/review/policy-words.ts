/** Policies in words, wherever they are told. Pure. */
import type { Demand, Policy, Stage } from './policy.ts';

/** What a policy asks for. */
export const demandWords: Readonly<Record<Demand, string>> = {
  review: 'a review',
  forbid: 'never to be said',
  reason: 'a reason',
  approver: 'somebody else’s agreement',
};

export const stageWords = (stage: Stage | undefined): string =>
  stage === undefined ? 'answers and drafts' : stage === 'answer' ? 'answers' : 'drafts';

const dayNames = ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat'];

/** `09:00 to 17:00, Mon, Tue`. */
export function hoursWords(hours: Policy['hours']): string {
  if (!hours) return 'always';
  const { from, until, days } = hours;
  const on = days?.length
    ? `, ${[...days]
        .sort()
        .map((day) => dayNames[day])
        .join(', ')}`
    : '';
  return `${from === until ? 'all day' : `${from} to ${until}`}${on}`;
}
