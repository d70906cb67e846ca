import './recurrence.css';
import { Check, Copy, RotateCcw, TextCursorInput, TriangleAlert } from 'lucide';
import { type CorrectedBefore, sinceWords } from '../../utils/recurrence/view.ts';
import type { TextDiff } from '../../utils/review/diff.ts';
import { Button } from '../controls/button.tsx';
import { LateDisclosure } from '../controls/disclosure.tsx';
import { Status } from '../controls/status.tsx';
import { DiffView, diffSentence } from '../review/diff-view.tsx';

/** What the reviewer makes of it. */
export type BeforeAction = 'take' | 'insert' | 'copy' | 'dismiss' | 'bring-back';

export interface CorrectedBeforeProps {
  readonly before: CorrectedBefore;
  /** From this answer to the approved text; null while it is being compared. */
  readonly diff: TextDiff | null;
  /** The reviewer said that this is something else. */
  readonly dismissed: boolean;
  /** What became of the last action, in words; null before. */
  readonly done: { readonly ok: boolean; readonly words: string } | null;
  readonly onAct: (action: BeforeAction, event: MouseEvent) => void;
}

const days = new Intl.DateTimeFormat('en', { day: 'numeric', month: 'long', year: 'numeric' });

const says = {
  right: 'This answer says it right now.',
  wrong: 'This answer says what was corrected then.',
} as const;

const shown = (diff: TextDiff) => <DiffView diff={diff} label="Changes to the approved text" />;

/** That an answer like this one was corrected: the approved text, what it changes here, and what can be done with it. */
export function CorrectedBeforeCard({ before, diff, dismissed, done, onAct }: CorrectedBeforeProps) {
  const { site, correctedAt, by, since } = before;
  if (dismissed) {
    return (
      <div class="rc-gone">
        <Status>Not counted: this is something else than what was corrected before.</Status>
        <Button kind="quiet" icon={RotateCcw} onPress={(event) => onAct('bring-back', event)}>
          It is the same after all
        </Button>
      </div>
    );
  }
  const isRight = before.says === 'right';
  const where = `${days.format(new Date(correctedAt))}${by === null ? '' : ` by ${by}`} on ${site.replace(/^https?:\/\//, '')}`;
  const seen = sinceWords(since);
  return (
    <section class={`rc${isRight ? ' rc-right' : ''}`} aria-labelledby="rc-title">
      <div class="rc-head">
        <h2 id="rc-title">Corrected before</h2>
        <span class="quiet captured">{where}</span>
      </div>
      {before.says && (
        <Status tone={isRight ? 'good' : 'warn'} icon={isRight ? Check : TriangleAlert}>
          {says[before.says]}
        </Status>
      )}
      {seen && <p class="quiet">Since then the model was {seen}.</p>}
      {diff && (
        <>
          <p class="cs-field-hint">From this answer to the approved text: {diffSentence(diff)}</p>
          {isRight ? (
            <LateDisclosure summary="Show the approved text">{() => shown(diff)}</LateDisclosure>
          ) : (
            shown(diff)
          )}
        </>
      )}
      <div class="rc-actions">
        <Button onPress={(event) => onAct('take', event)}>Use as my correction</Button>
        <Button icon={TextCursorInput} onPress={(event) => onAct('insert', event)}>
          Insert approved text
        </Button>
        <Button kind="quiet" icon={Copy} onPress={(event) => onAct('copy', event)}>
          Copy approved text
        </Button>
        <Button kind="quiet" onPress={(event) => onAct('dismiss', event)}>
          Something else
        </Button>
        <Status tone={done?.ok === false ? 'bad' : 'quiet'}>{done?.words}</Status>
      </div>
    </section>
  );
}
