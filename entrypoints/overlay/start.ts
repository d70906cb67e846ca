/**
 * One run of the overlay on one document, up to the point where there is something to draw. A page without responses
 * costs no message and no element, and never loads the drawing script.
 */
import type { Detector } from '../../utils/detection/types.ts';
import type { Extension, Handover, OverlayParts, OverlayView } from '../../utils/handover.ts';
import type { Call } from '../../utils/messaging/client.ts';
import type { ContentCalls, Push } from '../../utils/messaging/contract.ts';

/** Most responses that are asked about in one call; the background takes 500. */
const KEYS_PER_CALL = 200;
/** First pause before an unanswered question is asked again, in ms; each further one is four times as long. */
const ASK_AGAIN_MS = 1_000;
const MOST_TRIES = 4;

interface StartParts {
  readonly detector: Detector;
  readonly call: Call<ContentCalls>;
  /** Hands over what the background says, until the signal aborts. */
  readonly listen: (onPush: (push: Push) => void, signal: AbortSignal) => void;
  readonly extension: Extension;
  readonly handover: Handover;
}

export function startOverlay({ detector, call, listen, extension, handover }: StartParts): void {
  const { run } = handover;
  const { signal } = run;
  let first: OverlayParts['first'] | null = null;
  let view: OverlayView | null = null;
  let asking = false;
  let tries = 0;

  function draw() {
    if (!first || !handover.draw || view || signal.aborted) return;
    view = handover.draw({ detector, call, first, extension, run });
  }

  async function ask() {
    if (asking || first) return;
    asking = true;
    const askedAt = Date.now();
    const settled = detector.responses().filter((response) => response.settled);
    const responseKeys = settled.slice(-KEYS_PER_CALL).map(({ key }) => key);
    const answer = await call('openPage', { responseKeys, draws: true });
    asking = false;
    if (signal.aborted) return;
    if (answer.ok && answer.value.on) {
      first = { page: answer.value, responseKeys, askedAt };
      draw();
    } else if (answer.ok || answer.error.code === 'off' || !extension.isAlive()) run.abort();
    else if (++tries < MOST_TRIES) setTimeout(ask, ASK_AGAIN_MS * 4 ** (tries - 1));
  }

  handover.onDraw = draw;
  listen((push) => {
    if (push.push === 'stop') run.abort();
    else view?.onPush(push);
  }, signal);
  detector.start(signal, (change) => (view ? view.onChange(change) : void ask()));
}
