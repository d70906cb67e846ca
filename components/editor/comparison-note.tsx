import { Columns2 } from 'lucide';
import { Button } from '../controls/button.tsx';

interface ComparisonNoteProps {
  /** How many answers are compared, the one under review among them. */
  readonly of: number;
  /** The key that leads there; null where single keys are off. */
  readonly keys: string | null;
  readonly onGo: (event: MouseEvent) => void;
}

/** That a comparison was begun and not ended: it is kept, and goes on where it stopped. */
export function ComparisonNote({ of, keys, onGo }: ComparisonNoteProps) {
  return (
    <div class="ed-comparison">
      <p>You have begun to compare {of} answers.</p>
      <Button icon={Columns2} onPress={onGo} {...(keys !== null && { keys })}>
        Go on
      </Button>
    </div>
  );
}
