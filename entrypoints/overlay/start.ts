/**
 * One run of the overlay on one document, up to the point where there is something to draw: asks for the rules, looks for
 * responses, and loads the drawing script with the first of them, or when the reviewer wants to point at one.
 */
import type { Detector } from '../../utils/detection/types.ts';
import type { Extension, Handover, OverlayParts, OverlayView } from '../../utils/handover.ts';
import type { Call } from '../../utils/messaging/client.ts';
import type { Answer, ContentCalls, Push } from '../../utils/messaging/contract.ts';
import { reportTo } from './health.ts';

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
  /** A person is about to point: what proposes rules is needed at once then. */
  readonly loadFinder: () => Promise<unknown>;
  readonly extension: Extension;
  readonly handover: Handover;
}

export function startOverlay({ detector, call, listen, loadFinder, extension, handover }: StartParts): void {
  const { run } = handover;
  const { signal } = run;
  let first: OverlayParts['first'] | null = null;
  let view: OverlayView | null = null;
  let asking = false;
  let tries = 0;
  let finding = false;
  /** What the reviewer asked for before there was a view to do it. */
  const wishes: Push[] = [];

  /** Whether there is a point in asking again: not where the site is off, or this script an orphan. */
  const isFinal = (answer: Answer<unknown>) => (!answer.ok && answer.error.code === 'off') || !extension.isAlive();
  const pause = (failures: number) => ASK_AGAIN_MS * 4 ** (failures - 1);

  function draw() {
    if (!first || !handover.draw || view || signal.aborted) return;
    view = handover.draw({ detector, call, first, extension, run });
    handover.view = view;
    for (const wish of wishes.splice(0)) view.onPush(wish);
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
    } else if (answer.ok || isFinal(answer)) run.abort();
    else if (++tries < MOST_TRIES) setTimeout(ask, pause(tries));
  }

  function find() {
    finding = true;
    detector.start(
      signal,
      (change) => {
        if (view) view.onChange(change);
        else void ask();
        handover.onListed(change);
      },
      reportTo(call, () => detector.rule()?.site ?? null),
    );
    if (wishes.length > 0) void ask();
  }

  /** Asks for the rules until they are there; one question at a time, and once more where they changed meanwhile. */
  let arriving = false;
  let outdated = false;
  async function arrive(failures = 0) {
    outdated = true;
    if (arriving) return;
    arriving = true;
    while (outdated) {
      outdated = false;
      const answer = await call('arrive', {});
      if (signal.aborted) return;
      if (answer.ok) {
        detector.use(answer.value);
        if (!finding) find();
      } else if (isFinal(answer)) return run.abort();
      else if (failures + 1 < MOST_TRIES) setTimeout(arrive, pause(failures + 1), failures + 1);
      // Nobody answers: without rules there is nothing to do here, with those of before there is.
      else if (!finding) return run.abort();
    }
    arriving = false;
  }

  handover.survey = () => detector.survey();
  handover.detector = detector;
  handover.onDraw = draw;
  listen((push) => {
    if (push.push === 'pick') void loadFinder();
    if (push.push === 'stop') run.abort();
    else if (push.push === 'rulesChanged') void arrive();
    else if (view) view.onPush(push);
    else if (push.push === 'pick' || push.push === 'reviewSelection') {
      wishes.push(push);
      if (finding) void ask();
    }
  }, signal);
  void arrive();
}
