/** Tries a destination as it stands in a form: one empty batch, nothing stored anywhere. */
import { abouts } from '../connectors/abouts.ts';
import { checkDestination } from '../connectors/check.ts';
import { loadConnector } from '../connectors/index.ts';
import { sampleEvent } from '../connectors/sample.ts';
import type { BatchOutcome, Destination } from '../connectors/types.ts';
import type { Trace } from '../review/schema.ts';
import type { WireEvent } from '../review/wire.ts';
import { deliver } from './deliver.ts';
import type { ProbeResult } from './types.ts';

export interface ProbeParts {
  readonly fetch?: typeof fetch;
  /** ms since 1970. */
  readonly now?: () => number;
  /** ms for the request with its reply. */
  readonly timeoutMs?: number;
  /** Whether the collector asks, of which no endpoint need admit anything, and which may use http:// where that was allowed. */
  readonly collector?: { readonly plainHttp: boolean };
}

/** What a trial found that is no matter of one review; null where it is. */
function troubleOf(outcome: BatchOutcome, warning: string | null, { collector }: ProbeParts): ProbeResult | null {
  switch (outcome.kind) {
    case 'pause':
      return { ok: false, message: outcome.reason, next: outcome.next };
    case 'later':
      return {
        ok: false,
        message: outcome.reason,
        next: collector
          ? 'Check that the endpoint is running, and that its address is right as seen from the collector.'
          : (warning ??
            'Check that the endpoint is running, that its address is right, and that it admits extensions (CORS).'),
      };
    case 'too-large':
      return {
        ok: false,
        message: 'The endpoint refuses even an empty batch as too large.',
        next: 'Check its limits.',
      };
    default:
      return null;
  }
}

async function ask(destination: Destination, events: readonly WireEvent[], parts: ProbeParts): Promise<BatchOutcome> {
  const connector = await loadConnector(destination.connector);
  const { outcome } = await deliver(connector, destination, events, {
    fetch: parts.fetch ?? ((...args) => fetch(...args)),
    now: parts.now ?? Date.now,
    ...(parts.timeoutMs === undefined ? {} : { timeoutMs: parts.timeoutMs }),
  });
  return outcome;
}

/** Says in words whether the destination would accept reviews. Never rejects because of the endpoint or the input. */
export async function probeDestination(destination: Destination, parts: ProbeParts = {}): Promise<ProbeResult> {
  const checked = checkDestination(destination, abouts[destination.connector], parts.collector);
  if (!checked.ok) return { ok: false, message: checked.error.message, next: checked.error.next };
  const warning = parts.collector ? null : checked.value.warning;
  const outcome = await ask(destination, [], parts);
  const trouble = troubleOf(outcome, warning, parts);
  if (trouble) return trouble;
  if (outcome.kind !== 'invalid') {
    return { ok: true, message: 'Connected: the endpoint accepts reviews.', next: warning };
  }
  return destination.connector === 'webhook'
    ? {
        ok: true,
        message: 'The endpoint is there and answers, but refuses an empty batch. The first review will show more.',
        next: outcome.reason,
      }
    : { ok: false, message: outcome.reason, next: 'Check that the endpoint speaks the Countersign wire format.' };
}

/**
 * Sends the sample review, as a review would be sent, and says in words what became of it. Never rejects because of the
 * endpoint or the input.
 */
export async function sendSample(
  destination: Destination,
  trace: Trace | null,
  parts: ProbeParts = {},
): Promise<ProbeResult> {
  const about = abouts[destination.connector];
  const checked = checkDestination(destination, about, parts.collector);
  if (!checked.ok) return { ok: false, message: checked.error.message, next: checked.error.next };
  const warning = parts.collector ? null : checked.value.warning;
  const event = await sampleEvent(trace);
  const outcome = await ask(destination, [event], parts);
  const trouble = troubleOf(outcome, warning, parts);
  if (trouble) return trouble;
  const item = outcome.kind === 'items' ? outcome.items.get(event.id) : undefined;
  if (item?.outcome === 'delivered') {
    const next = `Look for “Countersign sample” in ${about.name}, and delete it there once you have seen it.`;
    return { ok: true, message: 'The sample arrived.', next };
  }
  if (item?.outcome === 'later') {
    return { ok: false, message: item.reason, next: 'Send the sample again in a minute.' };
  }
  const reason = outcome.kind === 'invalid' ? outcome.reason : item?.reason;
  return {
    ok: false,
    message: reason ?? 'The endpoint did not name the sample in its answer.',
    next: 'Change the destination, and send the sample again.',
  };
}
