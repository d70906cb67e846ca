import type { Verdict } from '../../utils/review/schema.ts';
import { Segmented } from '../controls/segmented.tsx';
import { verdictOrder, verdicts } from '../review/verdicts.ts';
import { places, type VerdictKeys } from './view.ts';

interface VerdictFieldProps {
  readonly value: Verdict | null;
  readonly keys: VerdictKeys;
  readonly onPick: (verdict: Verdict, event: Event) => void;
}

/** The one thing that a review cannot be without. */
export function VerdictField({ value, keys, onPick }: VerdictFieldProps) {
  return (
    <div id={places.verdict} class="ed-verdict">
      <Segmented
        label="Verdict"
        value={value}
        onPick={onPick}
        options={verdictOrder.map((verdict) => ({
          value: verdict,
          label: verdicts[verdict].action,
          icon: verdicts[verdict].icon,
          tone: verdicts[verdict].tone,
          ...(keys && { keys: keys[verdict] }),
        }))}
      />
    </div>
  );
}
