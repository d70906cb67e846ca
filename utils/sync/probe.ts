/** Tries a destination as it stands in a form: one empty batch, nothing stored anywhere. */
import { checkDestination } from '../connectors/check.ts';
import { abouts, loadConnector } from '../connectors/index.ts';
import type { Destination } from '../connectors/types.ts';
import { deliver } from './deliver.ts';
import type { ProbeResult } from './types.ts';

export interface ProbeParts {
  readonly fetch?: typeof fetch;
  /** ms since 1970. */
  readonly now?: () => number;
  /** ms for the request with its reply. */
  readonly timeoutMs?: number;
}

/** Says in words whether the destination would accept reviews. Never rejects because of the endpoint or the input. */
export async function probeDestination(destination: Destination, parts: ProbeParts = {}): Promise<ProbeResult> {
  const checked = checkDestination(destination, abouts[destination.connector]);
  if (!checked.ok) return { ok: false, message: checked.error.message, next: checked.error.next };
  const { outcome } = await deliver(await loadConnector(destination.connector), destination, [], {
    fetch: parts.fetch ?? ((...args) => fetch(...args)),
    now: parts.now ?? Date.now,
    ...(parts.timeoutMs === undefined ? {} : { timeoutMs: parts.timeoutMs }),
  });
  switch (outcome.kind) {
    case 'items':
      return { ok: true, message: 'Connected: the endpoint accepts reviews.', next: checked.value.warning };
    case 'pause':
      return { ok: false, message: outcome.reason, next: outcome.next };
    case 'later':
      return {
        ok: false,
        message: outcome.reason,
        next:
          checked.value.warning ??
          'Check that the endpoint is running, that its address is right, and that it admits extensions (CORS).',
      };
    case 'too-large':
      return {
        ok: false,
        message: 'The endpoint refuses even an empty batch as too large.',
        next: 'Check its limits.',
      };
    case 'invalid':
      return destination.connector === 'webhook'
        ? {
            ok: true,
            message: 'The endpoint is there and answers, but refuses an empty batch. The first review will show more.',
            next: outcome.reason,
          }
        : { ok: false, message: outcome.reason, next: 'Check that the endpoint speaks the Countersign wire format.' };
  }
}
