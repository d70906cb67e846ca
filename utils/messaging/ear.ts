/**
 * The background's ear. It is there at once, or the message that woke the background is lost; what understands messages,
 * with its schemas, loads with the first one.
 */
import type { Browser, Runtime } from '../browser.ts';
import { asFailure, report as reportError } from '../errors.ts';
import { late } from '../late.ts';
import { err } from '../result.ts';
import type { Answer, Envelope } from './contract.ts';
import type { RawSender } from './sender.ts';

/** Answers our own envelopes, whoever sent them. */
export type Listener = (message: unknown, sender: RawSender) => Promise<Answer<unknown>> | undefined;

/** Whether the message is meant for us at all; others are left to other listeners. */
export function isEnvelope(message: unknown): message is Envelope {
  if (typeof message !== 'object' || message === null) return false;
  return (message as { countersign?: unknown }).countersign === 1;
}

/** Listens from now on. Whoever asks while `load` fails is told so; the next message tries again. */
export function listen(
  runtime: Pick<Browser['runtime'], 'onMessage'>,
  load: () => Promise<Listener>,
  report: (thrown: unknown, when: string) => void = reportError,
): void {
  const answerer = late(load);
  async function answer(message: Envelope, sender: RawSender): Promise<Answer<unknown>> {
    try {
      const answers = await answerer();
      return (await answers(message, sender)) as Answer<unknown>;
    } catch (thrown) {
      report(thrown, 'loading what answers messages');
      return err(asFailure(thrown));
    }
  }
  // Chromium takes no promise for an answer: `true` says that one follows.
  const listener = (message: unknown, sender: RawSender, respond: (answer: Answer<unknown>) => void) => {
    if (!isEnvelope(message)) return undefined;
    answer(message, sender)
      .then(respond)
      .catch((thrown: unknown) => report(thrown, 'answering'));
    return true;
  };
  runtime.onMessage.addListener(listener as Runtime.OnMessageListener);
}
