/** Keeps a destination's token and secret out of what is stored and shown, even where the endpoint echoes them. */
import type { BatchOutcome, Destination } from '../connectors/types.ts';

/** A part of a token that is longer than this is a secret of its own: `public:secret`, in UTF-16 code units. */
const SHORT_PART = 7;

function hide(text: string, { token, secret }: Destination): string {
  const parts = (token ?? '').split(':').filter((part) => part.length > SHORT_PART);
  const secrets = [token, secret, ...parts].filter((each) => each !== null && each !== '');
  return secrets.reduce((clean: string, each) => clean.replaceAll(each ?? '', '•••'), text);
}

/** The outcome with every reason free of the destination's token and secret. */
export function withoutSecrets(outcome: BatchOutcome, destination: Destination): BatchOutcome {
  switch (outcome.kind) {
    case 'too-large':
      return outcome;
    case 'items': {
      const items = [...outcome.items].map(
        ([id, item]) => [id, 'reason' in item ? { ...item, reason: hide(item.reason, destination) } : item] as const,
      );
      return { kind: 'items', items: new Map(items) };
    }
    default:
      return { ...outcome, reason: hide(outcome.reason, destination) };
  }
}
