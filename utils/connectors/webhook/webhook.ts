/**
 * The declared mode for plain webhook receivers: any 2xx acknowledges the whole batch, whatever the body says.
 * The risk is the user's choice and is stated in docs/wire-format.md: a login page with 200 counts as delivered.
 */
import { single } from '../exchange.ts';
import { batchRequest, readRefusal } from '../http.ts';
import type { Connector } from '../types.ts';

export const webhook: Connector = {
  id: 'webhook',
  learnsGzip: false,
  limits: { items: 50, bytes: 256 * 1024 },
  ...single(
    batchRequest,
    (reply, events, now) =>
      readRefusal(reply, now) ?? {
        kind: 'items',
        items: new Map(events.map((event) => [event.id, { outcome: 'delivered' }])),
      },
  ),
};
