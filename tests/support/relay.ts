/** A slow way to an endpoint: it takes its time before and after the other side has stored a batch, and notes what is under way. */
import { corsHeaders, type Endpoint, eventIds, startEndpoint } from './endpoint.ts';

/** How many requests are how far. */
export interface UnderWay {
  /** Received, and not yet passed on. */
  readonly received: number;
  /** Stored behind it, and not yet acknowledged to the browser. */
  readonly stored: number;
}

export interface Relay {
  readonly url: string;
  /** Batches that were passed on. */
  readonly batches: number;
  /** Events in them, each as often as it came. */
  readonly events: number;
  underWay(): UnderWay;
  /** Resolves when the next batch has come in. */
  nextBatch(): Promise<void>;
  close(): Promise<void>;
}

const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

/** Passes batches on to `target`, with pauses of up to `slowMs` before and after, drawn by `random` in [0, 1). */
export async function startRelay(target: string, slowMs: number, random: () => number): Promise<Relay> {
  let [batches, events, received, stored] = [0, 0, 0, 0];
  let waiting: (() => void)[] = [];
  const endpoint: Endpoint = await startEndpoint();
  endpoint.answer(async ({ headers, body }, response) => {
    const { authorization = '', 'content-type': type = '' } = headers;
    received += 1;
    for (const resolve of waiting) resolve();
    waiting = [];
    try {
      await pause(random() * slowMs);
      const reply = await fetch(target, { method: 'POST', headers: { authorization, 'content-type': type }, body });
      const text = await reply.text();
      batches += 1;
      events += eventIds(body).length;
      stored += 1;
      await pause(random() * slowMs).finally(() => {
        stored -= 1;
      });
      response.writeHead(reply.status, { ...corsHeaders, 'content-type': 'application/json' }).end(text);
    } finally {
      received -= 1;
    }
  });
  return {
    url: endpoint.url,
    get batches() {
      return batches;
    },
    get events() {
      return events;
    },
    underWay: () => ({ received: received - stored, stored }),
    nextBatch: () => new Promise((resolve) => waiting.push(resolve)),
    close: endpoint.close,
  };
}
