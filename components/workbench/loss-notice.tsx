import './notices.css';
import { Button } from '../controls/button.tsx';
import { type LossFacts, lossWords } from './loss-words.ts';

export interface LossNoticeProps {
  readonly loss: LossFacts;
  /** ms since 1970. */
  readonly now: number;
  readonly onDismiss: () => void;
}

/** Stands above every view until it is dismissed: that what was stored is gone, and the one thing that helps. */
export function LossNotice({ loss, now, onDismiss }: LossNoticeProps) {
  return (
    <div class="wb-failure wb-loss" role="alert">
      <p>
        {lossWords(loss, now)} If you have a backup, <a href="#/privacy">take it back under Privacy</a>.
      </p>
      <Button onPress={onDismiss}>I know</Button>
    </div>
  );
}
