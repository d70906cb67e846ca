import { Check, CircleQuestionMark, PencilLine, X } from 'lucide';
import type { Verdict } from '../../utils/review/schema.ts';
import { Icon } from '../controls/icon.tsx';

const icons = { approve: Check, correct: PencilLine, reject: X, unsure: CircleQuestionMark };

/** The sign of a verdict in its color. */
export function VerdictIcon({ verdict, size }: { readonly verdict: Verdict; readonly size: number }) {
  return (
    <span class="verdict" data-verdict={verdict}>
      <Icon node={icons[verdict]} size={size} />
    </span>
  );
}
