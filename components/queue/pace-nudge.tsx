import './later.css';
import type { Nudge } from '../../utils/review/pace.ts';
import { Button } from '../controls/button.tsx';
import type { QueueActions } from './view.ts';

export interface PaceNudgeProps {
  readonly nudge: Nudge;
  readonly on: QueueActions;
}

/** A quiet word when judgements get hasty or the session long, with what it is concluded from. Nothing waits for it. */
export function PaceNudge({ nudge, on }: PaceNudgeProps) {
  return (
    <div class="qu-nudge">
      <p>
        {nudge.evidence} <span class="quiet">{nudge.advice}</span>
      </p>
      <div class="qu-nudge-line">
        <Button kind="quiet" onPress={on.dismiss}>
          All right
        </Button>
        <Button kind="quiet" onPress={() => on.setPaceNudges(false)}>
          Never say this
        </Button>
      </div>
    </div>
  );
}
