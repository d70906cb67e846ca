import { Check, CircleDashed, Clock, type IconNode, TriangleAlert } from 'lucide';
import { Button } from '../controls/button.tsx';
import { Icon } from '../controls/icon.tsx';
import { deliverySentence, type Sentence } from './delivery-words.ts';
import type { DeliveryView, DestinationView } from './types.ts';

interface DeliveriesProps {
  readonly deliveries: readonly DeliveryView[];
  readonly destinations: readonly DestinationView[];
  /** Revisions of the review: where there is one only, its number is not said. */
  readonly revisions: number;
  readonly now: number;
  readonly onResend: (entryId: number) => void;
}

const icons: Readonly<Record<Sentence['tone'], IconNode>> = {
  good: Check,
  bad: TriangleAlert,
  warn: Clock,
  quiet: CircleDashed,
};

/** What became of each revision at each destination, in words. */
export function Deliveries({ deliveries, destinations, revisions, now, onResend }: DeliveriesProps) {
  return (
    <section class="wb-part" aria-labelledby="deliveries-title">
      <h3 id="deliveries-title">Delivery</h3>
      {deliveries.length === 0 ? (
        <p class="quiet">
          {destinations.length === 0
            ? 'Stays on this computer: there is no destination.'
            : 'Stays on this computer: it was saved before a destination was set up.'}
        </p>
      ) : (
        <ul class="wb-deliveries">
          {deliveries.map((delivery) => {
            const destination = destinations.find(({ id }) => id === delivery.destinationId) ?? null;
            const { tone, text } = deliverySentence(delivery, destination, now);
            return (
              <li key={delivery.entryId} class="wb-delivery">
                <span class={`wb-tone-${tone}`}>
                  <Icon node={icons[tone]} />
                </span>
                <span class="captured">
                  {revisions > 1 && <span class="quiet">Revision {delivery.revision}: </span>}
                  {text}
                </span>
                {delivery.state === 'dead' && destination && (
                  <Button onPress={() => onResend(delivery.entryId)}>Resend</Button>
                )}
              </li>
            );
          })}
        </ul>
      )}
    </section>
  );
}
