import { useRef, useState } from 'preact/hooks';
import type { Change } from '../../utils/review/project-diff.ts';
import { Button } from '../controls/button.tsx';
import { Status } from '../controls/status.tsx';
import { ChangeList } from './changes.tsx';

interface ApplyingProps {
  readonly dirty: boolean;
  readonly changes: readonly Change[];
  /** Why it cannot be put into force. */
  readonly problem: string | null;
  readonly onApply: () => Promise<void>;
  readonly onDiscard: () => void;
}

/** What differs from what is in force, and the way to put it there. */
export function Applying({ dirty, changes, problem, onApply, onDiscard }: ApplyingProps) {
  const [shown, setShown] = useState(false);
  const [busy, setBusy] = useState(false);
  const foot = useRef<HTMLElement>(null);
  const count = `${changes.length} ${changes.length === 1 ? 'change' : 'changes'}`;
  const apply = async () => {
    setBusy(true);
    await onApply();
    setBusy(false);
    setShown(false);
    // The button has nothing to do any more; what it did stands beside it.
    foot.current?.focus();
  };
  const discard = () => {
    foot.current?.focus();
    onDiscard();
  };
  return (
    <section ref={foot} class="ru-foot" tabIndex={-1} aria-label="What differs from what is in force">
      {dirty && shown && (
        <div class="ru-foot-changes">
          <ChangeList changes={changes} />
        </div>
      )}
      {problem !== null && (
        <p class="ru-wrong" role="alert">
          Cannot be put into force yet: {problem}
        </p>
      )}
      <div class="ru-foot-line">
        <Status>
          {!dirty
            ? 'This is what your reviewers have.'
            : changes.length === 0
              ? 'Changed, and not in force yet.'
              : `${count}, not in force yet. What changed gets a new version.`}
        </Status>
        {dirty && changes.length > 0 && (
          <Button kind="quiet" expanded={shown} onPress={() => setShown(!shown)}>
            {shown ? 'Hide changes' : 'Show changes'}
          </Button>
        )}
        {dirty && (
          <Button kind="quiet" disabled={busy} onPress={discard}>
            Discard
          </Button>
        )}
        <Button kind="primary" disabled={!dirty || busy || problem !== null} onPress={() => void apply()}>
          Put into force
        </Button>
      </div>
    </section>
  );
}
