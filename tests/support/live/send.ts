/** The product's own way to a target: its connector, through its delivery, with the real `fetch`. */
import { loadConnector } from '../../../utils/connectors/index.ts';
import type { BatchOutcome, Destination } from '../../../utils/connectors/types.ts';
import { deliver } from '../../../utils/delivery/deliver.ts';
import type { WireEvent } from '../../../utils/review/wire.ts';

/** What became of each batch, as many events in one as the connector takes; without events, of the probe. */
export async function sendLive(
  destination: Destination,
  events: readonly WireEvent[],
): Promise<readonly BatchOutcome[]> {
  const connector = await loadConnector(destination.connector);
  const { items } = connector.limitsFor?.(destination) ?? connector.limits;
  const outcomes: BatchOutcome[] = [];
  for (let at = 0; at === 0 || at < events.length; at += items) {
    const batch = events.slice(at, at + items);
    outcomes.push((await deliver(connector, destination, batch, { fetch, now: Date.now })).outcome);
  }
  return outcomes;
}

/** What became of one event; of a batch that came to another end, that. */
export async function sendOne(destination: Destination, event: WireEvent) {
  const [outcome] = await sendLive(destination, [event]);
  return outcome?.kind === 'items' ? outcome.items.get(event.id) : outcome;
}
