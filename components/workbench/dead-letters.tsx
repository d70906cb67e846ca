import { Download, RotateCcw, Trash2 } from 'lucide';
import { useState } from 'preact/hooks';
import { Button } from '../controls/button.tsx';
import { Confirm } from '../controls/confirm.tsx';
import { asSentence } from './delivery-words.ts';
import type { DeadLetterView } from './types.ts';
import { countWords } from './wording.ts';

interface DeadLettersProps {
  /** The newest; not all where there are many. */
  readonly letters: readonly DeadLetterView[];
  /** How many there are. */
  readonly count: number;
  readonly onMore: () => void;
  /** The event as it would have been sent, as text; null where it was withheld. */
  readonly onRead: (entryId: number) => Promise<string | null>;
  readonly onResend: (entryId: number) => void;
  readonly onResendAll: () => void;
  /** For good; the review stays. */
  readonly onDiscard: (entryId: number) => void;
  readonly onDiscardAll: () => void;
  readonly onExport: () => void;
  /** Address of the review's view. */
  readonly linkTo: (reviewId: string) => string;
}

/** One delivery that was given up on: why, and what would have been sent. */
function Letter({ letter, props }: { readonly letter: DeadLetterView; readonly props: DeadLettersProps }) {
  const [event, setEvent] = useState<string | null>(null);
  const [open, setOpen] = useState(false);
  const toggle = async () => {
    setOpen(!open);
    if (!open && event === null)
      setEvent((await props.onRead(letter.entryId)) ?? 'There is nothing to show: nothing of it may leave as it is.');
  };
  const id = `event-${letter.entryId}`;
  return (
    <li class="wb-letter">
      <div class="wb-letter-words">
        <p class="captured">{asSentence(letter.reason ?? 'No reason was given')}</p>
        <p class="quiet small">
          {letter.revision === null ? (
            'The word that a review was deleted here'
          ) : (
            <>
              <a href={props.linkTo(letter.reviewId)}>Review</a>, revision {letter.revision}
            </>
          )}
          , tried {countWords(letter.attempts, 'time')}
        </p>
      </div>
      <div class="wb-buttons">
        <Button kind="quiet" expanded={open} controls={id} onPress={() => void toggle()}>
          {open ? 'Hide event' : 'Show event'}
        </Button>
        <Button onPress={() => props.onResend(letter.entryId)}>Resend</Button>
        <Confirm
          icon={Trash2}
          label="Give up this delivery"
          question="Give up this delivery for good? The review stays on this computer."
          action="Give it up"
          onConfirm={() => props.onDiscard(letter.entryId)}
        />
      </div>
      {open && (
        // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard
        <pre id={id} class="wb-event captured" tabIndex={0}>
          {event ?? 'Reading'}
        </pre>
      )}
    </li>
  );
}

/** What a destination refused for good, or what could not be made fit to leave: read, resend, take away as a file. Kept until it is delivered or deleted. */
export function DeadLetters(props: DeadLettersProps) {
  const { letters, count } = props;
  if (count === 0) return null;
  return (
    <section class="wb-letters" aria-label="Could not be delivered">
      <div class="wb-part-head">
        <h3>{countWords(count, 'delivery', 'deliveries')} failed for good</h3>
        <div class="wb-buttons">
          <Button icon={RotateCcw} onPress={props.onResendAll}>
            {count === 1 ? 'Resend it' : `Resend all ${count}`}
          </Button>
          <Button kind="quiet" icon={Download} onPress={props.onExport}>
            Export as JSONL
          </Button>
          {count > 1 && (
            <Confirm
              question={`Give up all ${count} deliveries for good? The reviews stay on this computer.`}
              action={`Give up ${count} deliveries`}
              onConfirm={props.onDiscardAll}
            >
              Give up all
            </Confirm>
          )}
        </div>
      </div>
      <ul>
        {letters.map((letter) => (
          <Letter key={letter.entryId} letter={letter} props={props} />
        ))}
      </ul>
      {letters.length < count && letters.length > 0 && (
        <Button kind="quiet" onPress={props.onMore}>
          Show more
        </Button>
      )}
    </section>
  );
}
