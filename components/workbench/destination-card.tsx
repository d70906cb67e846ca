import { Pencil, Trash2, Upload } from 'lucide';
import type { ComponentChildren } from 'preact';
import { Button } from '../controls/button.tsx';
import { Confirm } from '../controls/confirm.tsx';
import { destinationSentence } from './delivery-words.ts';
import { sendsSentence } from './sends-words.ts';
import type { DestinationView } from './types.ts';
import { countWords, numberWords } from './wording.ts';

interface DestinationCardProps {
  readonly destination: DestinationView;
  /** The name of its connector. */
  readonly kind: string;
  readonly now: number;
  readonly onDeliverNow: () => void;
  readonly onEdit: () => void;
  readonly onRemove: () => void;
  /** Its dead letters, where there are any. */
  readonly children?: ComponentChildren;
}

function hostOf(url: string): string {
  return URL.canParse(url) ? new URL(url).host : url;
}

/** One destination: where it is, how it fares, what can be done. */
export function DestinationCard(props: DestinationCardProps) {
  const { destination, now } = props;
  const { name, url, sends, sendPrompt, sendContext, former, delivered, owed, dead } = destination;
  const { tone, text } = destinationSentence(destination, now);
  const waiting = owed + dead;
  const lost = waiting === 0 ? '' : ` ${countWords(waiting, 'delivery', 'deliveries')} still waiting will not go out.`;
  const id = `destination-${destination.id}`;
  return (
    <section class="wb-card" aria-labelledby={id}>
      <header class="wb-card-head">
        <div class="wb-card-title">
          <h2 id={id} class="captured">
            {name}
          </h2>
          <p class="quiet captured">
            {props.kind} · {hostOf(url)}
          </p>
          <p class="quiet">
            {former
              ? 'A former address: gets what it was owed, and nothing new'
              : sendsSentence(sends, sendPrompt, sendContext)}
          </p>
        </div>
        <div class="wb-buttons">
          <Button icon={Upload} disabled={owed === 0} onPress={props.onDeliverNow}>
            Deliver now
          </Button>
          <Button kind="quiet" icon={Pencil} label={`Change ${name}`} onPress={props.onEdit} />
          <Confirm
            icon={Trash2}
            label={`Remove ${name}`}
            question={`Remove ${name}?${lost} Reviews stay on this computer.`}
            action="Remove this destination"
            onConfirm={props.onRemove}
          />
        </div>
      </header>
      <p class={`wb-card-state wb-tone-${tone}`} role="status">
        {text}
      </p>
      <dl class="wb-counts">
        <div>
          <dt>Delivered</dt>
          <dd>{numberWords(delivered)}</dd>
        </div>
        <div>
          <dt>Waiting</dt>
          <dd>{numberWords(owed)}</dd>
        </div>
        <div>
          <dt>Not deliverable</dt>
          <dd class={dead > 0 ? 'wb-tone-bad' : ''}>{numberWords(dead)}</dd>
        </div>
      </dl>
      {props.children}
    </section>
  );
}
