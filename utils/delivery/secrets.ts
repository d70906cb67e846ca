/** Keeps a destination's token and secret out of what is stored and shown, even where the endpoint echoes them. */
import type { BatchOutcome, Destination } from '../connectors/types.ts';

const hide = (text: string, destination: Destination) =>
  [destination.token, destination.secret]
    .filter((secret) => secret !== null && secret !== '')
    .reduce((clean: string, secret) => clean.replaceAll(secret ?? '', '•••'), text);

/** The outcome with every reason free of the destination's token and secret. */
export function withoutSecrets(outcome: BatchOutcome, destination: Destination): BatchOutcome {
  switch (outcome.kind) {
    case 'too-large':
      return outcome;
    case 'items': {
      const items = [...outcome.items].map(
        ([id, item]) =>
          [id, item.outcome === 'dead' ? { ...item, reason: hide(item.reason, destination) } : item] as const,
      );
      return { kind: 'items', items: new Map(items) };
    }
    default:
      return { ...outcome, reason: hide(outcome.reason, destination) };
  }
}
