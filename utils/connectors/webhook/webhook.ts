/**
 * The declared mode for plain webhook receivers: any 2xx acknowledges the whole request, whatever the body says.
 * The risk is the user's choice and is stated in docs/connectors/webhook.md: a login page with 200 counts as delivered.
 */
import { isDeletion, type WireEvent } from '../../review/wire.ts';
import { batchRequest, readRefusal, signedPost } from '../http.ts';
import { all, dead, delivered } from '../outcomes.ts';
import type { BatchOutcome, Connector, Destination, Exchange, HttpReply, HttpRequest, ItemOutcome } from '../types.ts';
import { about } from './about.ts';
import { fillTemplate, templateFlaw } from './template.ts';

const lines = (events: readonly WireEvent[]) => events.map((event) => `${JSON.stringify(event)}\n`).join('');

/** All events in one request, in the format that the destination is set to. */
function together(events: readonly WireEvent[], destination: Destination, now: number): Promise<HttpRequest> {
  switch (destination.options?.format) {
    case 'json':
    case 'template':
      return signedPost(JSON.stringify(events), 'application/json', events, destination, now);
    case 'ndjson':
      return signedPost(lines(events), 'application/x-ndjson', events, destination, now);
    default:
      return batchRequest(events, destination, now);
  }
}

const decode = (reply: HttpReply, events: readonly WireEvent[], now: number): BatchOutcome =>
  readRefusal(reply, now) ?? all(events, delivered);

const next = 'Correct the template of this destination.';

/** What keeps the templates from being used; null where nothing does. */
function flawOf({ template = '', deletion }: Readonly<Record<string, string>>): string | null {
  if (template === '') return 'This webhook is set to a template, and has none.';
  return templateFlaw(template) ?? (deletion ? templateFlaw(deletion) : null);
}

const untold = dead(
  'The template of this webhook is for reviews, and there is none for deletions. Delete the review there by hand, or add a template for deletions and send this again.',
);

/** A request for each event, with what the template makes of it. */
async function* eachByTemplate(events: readonly WireEvent[], destination: Destination, now: number): Exchange {
  const { template = '', deletion } = destination.options ?? {};
  const items = new Map<string, ItemOutcome>();
  for (const event of events) {
    const chosen = isDeletion(event) ? deletion : template;
    const filled = chosen ? fillTemplate(chosen, event) : null;
    if (!filled?.ok) {
      items.set(event.id, filled ? dead(filled.error) : untold);
      continue;
    }
    const request = await signedPost(JSON.stringify(filled.value), 'application/json', [event], destination, now);
    const outcome = decode(yield request, [event], now);
    // What was done for those before is kept; this one comes first the next time.
    if (outcome.kind !== 'items') return items.size === 0 ? outcome : { kind: 'items', items };
    items.set(event.id, delivered);
  }
  return { kind: 'items', items };
}

async function* exchange(events: readonly WireEvent[], destination: Destination, now: number): Exchange {
  const { options = {} } = destination;
  const templated = options.format === 'template';
  const flaw = templated ? flawOf(options) : null;
  if (flaw !== null) return { kind: 'pause', reason: flaw, next };
  if (templated && events.length > 0) return yield* eachByTemplate(events, destination, now);
  return decode(yield await together(events, destination, now), events, now);
}

const limits = { items: 50, bytes: 256 * 1024 };

export const webhook: Connector = {
  id: about.id,
  learnsGzip: false,
  limits,
  limitsFor: ({ options }) => (options?.format === 'template' ? { ...limits, items: 1 } : limits),
  exchange,
  probe: (destination, now) => exchange([], destination, now),
};
