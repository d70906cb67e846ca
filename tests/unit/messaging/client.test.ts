import { describe, expect, it } from 'vitest';
import { contentClient, pageClient } from '../../../utils/messaging/client.ts';
import type { Envelope } from '../../../utils/messaging/contract.ts';
import { aDraft } from '../../support/builders.ts';

/** A background that answers each call with the next of these; a function may throw, as browsers do. */
function answering(...answers: (() => unknown)[]) {
  const sent: Envelope[] = [];
  const waited: number[] = [];
  const send = async (envelope: Envelope) => {
    sent.push(envelope);
    return answers[Math.min(sent.length, answers.length) - 1]?.();
  };
  const wait = async (ms: number) => {
    waited.push(ms);
  };
  return { sent, waited, parts: { send, wait, timeoutMs: 20 } };
}

const saved = { ok: true, value: { mark: null, undoUntil: 1 } };
const gone = () => {
  throw new Error('Extension context invalidated.');
};
const unreachable = { ok: false, error: { code: 'unreachable' } };

describe('a call', () => {
  it('given an answer, hands it on as it is', async () => {
    const { sent, parts } = answering(() => ({ ok: false, error: { code: 'off' } }));
    const call = contentClient(parts);
    expect(await call('openPage', { responseKeys: ['a'] })).toEqual({ ok: false, error: { code: 'off' } });
    expect(sent).toEqual([{ countersign: 1, call: 'openPage', body: { responseKeys: ['a'] } }]);
  });

  it.each<[string, () => unknown]>([
    ['a context that an update invalidated', gone],
    ['no receiver', () => Promise.reject(new Error('Could not establish connection. Receiving end does not exist.'))],
    ['a port that closed without an answer', () => undefined],
    ['an answer of another program', () => ({ success: true })],
    ['a background that never answers', () => new Promise(() => {})],
  ])('given %s, is unreachable and does not throw', async (_, answer) => {
    const { sent, parts } = answering(answer);
    expect(await pageClient(parts)('deliverNow', {})).toMatchObject(unreachable);
    expect(sent).toHaveLength(1);
  });
});

describe('a save', () => {
  it('given a background that was just starting, is sent once more with the same saveId', async () => {
    const { sent, waited, parts } = answering(gone, () => saved);
    const draft = aDraft();
    expect(await contentClient(parts)('saveReview', draft)).toEqual(saved);
    expect(sent.map(({ body }) => body)).toEqual([draft, draft]);
    expect(waited).toHaveLength(1);
  });

  it('given a background that stays away, gives up after the second attempt', async () => {
    const { sent, parts } = answering(gone);
    expect(await contentClient(parts)('saveReview', aDraft())).toMatchObject(unreachable);
    expect(sent).toHaveLength(2);
  });

  it('given a refusal, is not repeated', async () => {
    const { sent, parts } = answering(() => ({ ok: false, error: { code: 'conflict' } }));
    await contentClient(parts)('saveReview', aDraft());
    expect(sent).toHaveLength(1);
  });
});
