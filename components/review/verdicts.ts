/** The four verdicts as people see them. */
import { Check, CircleQuestionMark, type IconNode, PenLine, X } from 'lucide';
import type { Verdict } from '../../utils/review/schema.ts';

export interface VerdictWords {
  /** On the control: what one does. */
  readonly action: string;
  /** On a review: what was done. `You ${done} this` reads as a sentence in lower case. */
  readonly done: string;
  readonly tone: 'good' | 'bad' | 'warn' | 'accent';
  readonly icon: IconNode;
}

export const verdicts: Readonly<Record<Verdict, VerdictWords>> = {
  approve: { action: 'Approve', done: 'Approved', tone: 'good', icon: Check },
  correct: { action: 'Correct', done: 'Corrected', tone: 'accent', icon: PenLine },
  reject: { action: 'Reject', done: 'Rejected', tone: 'bad', icon: X },
  unsure: { action: 'Unsure', done: 'Unsure', tone: 'warn', icon: CircleQuestionMark },
};

/** In the order of the controls. */
export const verdictOrder: readonly Verdict[] = ['approve', 'correct', 'reject', 'unsure'];
