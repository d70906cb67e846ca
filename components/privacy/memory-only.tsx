import { ShieldCheck } from 'lucide';
import { useState } from 'preact/hooks';
import { Button } from '../controls/button.tsx';
import { Confirm } from '../controls/confirm.tsx';
import { Status } from '../controls/status.tsx';
import { Section } from '../settings/section.tsx';
import { countWords } from '../workbench/wording.ts';

/** What becomes of what is there when the mode is turned on or off. */
export type MemoryOnlyChoice =
  | { readonly on: true; readonly stored: 'keep' | 'delete' }
  | { readonly on: false; readonly held: 'write' | 'discard' };

interface MemoryOnlyProps {
  readonly on: boolean;
  /** Of where they are now: on disk while it is off, in memory while it is on. */
  readonly reviews: number;
  readonly drafts: number;
  /** Copies that wait for a destination, or were refused. */
  readonly undelivered: number;
  readonly onTurn: (choice: MemoryOnlyChoice) => void;
}

/** "3 reviews and 1 draft, 2 deliveries still to be made"; '' for nothing. */
function thereWords({ reviews, drafts, undelivered }: Omit<MemoryOnlyProps, 'on' | 'onTurn'>): string {
  const things = [reviews && countWords(reviews, 'review'), drafts && countWords(drafts, 'draft')].filter(Boolean);
  const owed = undelivered && `with ${countWords(undelivered, 'delivery', 'deliveries')} still to be made`;
  return [things.join(' and '), owed].filter(Boolean).join(', ');
}

/** A mode in which nothing that is reviewed is written to the disk, with its price. */
export function MemoryOnly({ on, onTurn, ...there }: MemoryOnlyProps) {
  const [asking, setAsking] = useState(false);
  const words = thereWords(there);
  const turn = (choice: MemoryOnlyChoice) => {
    setAsking(false);
    onTurn(choice);
  };
  return (
    <Section
      id="memory-only"
      title="Memory only"
      about="For work that must leave no trace on this computer: reviews, drafts and what waits to be delivered stay in the browser’s memory. They are delivered as always."
    >
      <p>
        <strong>The price: </strong>closing the browser, an update of Countersign, or turning it off and on forgets
        everything, also what was not delivered yet. Answers of earlier days show no review. There is room for about 9
        MB at a time, some hundred reviews.
      </p>
      {on && (
        <Status tone="good" icon={ShieldCheck}>
          {words ? `On. In memory: ${words}.` : 'On. Nothing is in memory.'}
        </Status>
      )}
      {!asking && (
        <div class="wb-buttons">
          <Button
            onPress={() => {
              if (words) setAsking(true);
              else turn(on ? { on: false, held: 'discard' } : { on: true, stored: 'keep' });
            }}
          >
            {on ? 'Turn memory only off' : 'Turn memory only on'}
          </Button>
          {!on && <span class="quiet">Settings, rules and destinations stay on the disk.</span>}
        </div>
      )}
      {asking && (
        // biome-ignore lint/a11y/useSemanticElements: a fieldset is for form fields
        <div class="pv-form" role="group" aria-label={on ? 'Turn memory only off' : 'Turn memory only on'}>
          <p>
            {on
              ? `In memory: ${words}. Write that to the disk, or forget it?`
              : `On the disk: ${words}. What is kept there is out of sight, and is not delivered, until you turn this off again.`}
          </p>
          <div class="wb-buttons">
            <Button
              kind="primary"
              onPress={() => turn(on ? { on: false, held: 'write' } : { on: true, stored: 'keep' })}
            >
              {on ? 'Write to the disk' : 'Keep on the disk'}
            </Button>
            <Confirm
              question={
                on
                  ? `Forget ${words}? This cannot be undone, and no destination is told.`
                  : `Delete ${words}? All revisions go too. This cannot be undone, and no destination is told.`
              }
              action={on ? 'Forget it all' : 'Delete it all'}
              onConfirm={() => turn(on ? { on: false, held: 'discard' } : { on: true, stored: 'delete' })}
            >
              {on ? 'Forget it' : 'Delete it'}
            </Confirm>
            <Button kind="quiet" onPress={() => setAsking(false)}>
              Cancel
            </Button>
          </div>
        </div>
      )}
    </Section>
  );
}
