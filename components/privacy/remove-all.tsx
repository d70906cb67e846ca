import { useState } from 'preact/hooks';
import { Button } from '../controls/button.tsx';
import { Confirm } from '../controls/confirm.tsx';
import { Switch } from '../controls/switch.tsx';
import { Section } from '../settings/section.tsx';
import { countWords } from '../workbench/wording.ts';

/** How the removal stands. */
export type RemovingState =
  | { readonly is: 'idle' }
  /** The reviews go, and requests to delete are made of them. */
  | { readonly is: 'deleting' }
  /** So many requests to delete are still with us. */
  | { readonly is: 'telling'; readonly waiting: number }
  | { readonly is: 'removing' }
  | { readonly is: 'failed'; readonly message: string };

interface RemoveAllProps {
  readonly state: RemovingState;
  readonly reviews: number;
  /** There is a destination, which may have been given some. */
  readonly anyDestination: boolean;
  readonly onRemove: (tell: boolean) => void;
  /** Waits for no destination any more. */
  readonly onGoOn: () => void;
  readonly onStop: () => void;
}

function stateWords(state: RemovingState): string {
  switch (state.is) {
    case 'idle':
      return '';
    case 'deleting':
      return 'Deleting the reviews';
    case 'telling':
      return `${countWords(state.waiting, 'request')} to delete ${state.waiting === 1 ? 'is' : 'are'} still to be delivered.`;
    case 'removing':
      return 'Removing everything';
    case 'failed':
      return state.message;
  }
}

/** One button that leaves the extension as it was when it was installed. */
export function RemoveAll({ state, reviews, anyDestination, onRemove, onGoOn, onStop }: RemoveAllProps) {
  const [tell, setTell] = useState(true);
  const telling = anyDestination && tell;
  const first = telling ? 'The destinations are told to delete what they were given, and waited for. ' : '';
  const kept = anyDestination && !tell ? 'Destinations keep what they were given, and are not told. ' : '';
  return (
    <Section
      id="remove-all"
      title="Remove everything"
      about="Reviews with their history, drafts, the queue, pins and cases, what is remembered of corrections, rules, the project, settings, destinations with their tokens and keys, the notes of what was delivered, and the permissions for sites. Countersign is then as it was when it was installed. It is no secure erasure of the disk."
    >
      {state.is === 'idle' || state.is === 'failed' ? (
        <>
          {anyDestination && (
            <Switch
              label="First tell the destinations to delete it too"
              hint="Waits until each has taken the word. Whether it deletes, only it can say."
              on={tell}
              onToggle={setTell}
            />
          )}
          <div class="wb-buttons">
            <Confirm
              question={`Remove everything, ${countWords(reviews, 'review')} with it? ${first}${kept}This cannot be undone.`}
              action="Remove everything"
              onConfirm={() => onRemove(telling)}
            >
              Remove everything
            </Confirm>
          </div>
        </>
      ) : (
        state.is === 'telling' && (
          <>
            <p>The reviews are deleted here. Settings and destinations go when the destinations have been told.</p>
            <div class="wb-buttons">
              <Confirm
                question="Remove the rest now? The destinations that were not told keep what they were given."
                action="Remove the rest now"
                onConfirm={onGoOn}
              >
                Do not wait
              </Confirm>
              <Button kind="quiet" onPress={onStop}>
                Keep settings and destinations
              </Button>
            </div>
          </>
        )
      )}
      <div role="status" class={state.is === 'failed' ? 'wb-tone-bad' : 'quiet'}>
        {stateWords(state)}
      </div>
    </Section>
  );
}
