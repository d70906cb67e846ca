/** Asks the background to let the overlay in. */
import type { Answer, Envelope } from '../../utils/messaging/contract.ts';
import type { Ending } from './watch.ts';

/** First pause before an unanswered call is repeated, in ms; each further one is four times as long. */
const askAgainMs = 1_000;
const mostTries = 4;

/** Calls `wake` until it is answered; a site that is off is an answer. */
export async function openGate(send: (envelope: Envelope) => Promise<unknown>, signal: Ending): Promise<void> {
  for (let tries = 0; tries < mostTries && !signal.aborted; tries += 1) {
    if (tries > 0) await new Promise((resolve) => setTimeout(resolve, askAgainMs * 4 ** (tries - 1)));
    try {
      const answer = (await send({ countersign: 1, call: 'wake', body: {} })) as Answer<null> | undefined;
      if (answer?.ok || answer?.error.code === 'off') return;
    } catch {
      // A background that is being updated, or gone: then nobody answers the next tries either.
    }
  }
}
