import './verdict-badge.css';
import type { Verdict } from '../../utils/review/schema.ts';
import { Icon } from '../controls/icon.tsx';
import { verdicts } from './verdicts.ts';

/** What was concluded: icon, word and color say the same. */
export function VerdictBadge({ verdict }: { readonly verdict: Verdict }) {
  const { done, tone, icon } = verdicts[verdict];
  return (
    <span class={`rv-badge rv-badge-${tone}`}>
      <Icon node={icon} size={14} />
      {done}
    </span>
  );
}
