import type { Verdict } from '../../utils/review/schema.ts';
import { Icon } from '../controls/icon.tsx';
import { verdicts } from '../review/verdicts.ts';

/** The sign of a verdict in its color. */
export function VerdictIcon({ verdict, size }: { readonly verdict: Verdict; readonly size: number }) {
  return (
    <span class="verdict" data-verdict={verdict}>
      <Icon node={verdicts[verdict].icon} size={size} />
    </span>
  );
}
