import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { openGate } from '../../../entrypoints/gate/open.ts';
import { failure } from '../../../utils/errors.ts';
import { err, ok } from '../../../utils/result.ts';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

const wake = { countersign: 1, call: 'wake', body: {} };
const signal = new AbortController().signal;

describe('the gate at the background’s door', () => {
  it.each([
    ['lets the overlay in', ok(null)],
    ['says that the site is off', err(failure('off'))],
  ])('given a background that %s, asks once', async (_what, answer) => {
    const send = vi.fn(async () => answer);
    void openGate(send, signal);
    await vi.advanceTimersByTimeAsync(600_000);
    expect(send.mock.calls).toEqual([[wake]]);
  });

  it('given a background that is busy, then starting, then there, asks until it is let in', async () => {
    const send = vi.fn(async () => ok(null) as unknown);
    send.mockResolvedValueOnce(err(failure('busy'))).mockRejectedValueOnce(new Error('Receiving end does not exist.'));
    void openGate(send, signal);
    await vi.advanceTimersByTimeAsync(5_000);
    expect(send).toHaveBeenCalledTimes(3);
  });

  it('given an extension that is gone, gives up after four tries and throws nothing into the page', async () => {
    const send = vi.fn(() => {
      throw new Error('Extension context invalidated.');
    });
    const done = openGate(send, signal);
    await vi.advanceTimersByTimeAsync(600_000);
    await expect(done).resolves.toBeUndefined();
    expect(send).toHaveBeenCalledTimes(4);
  });

  it('given a gate that another took over from, asks no more', async () => {
    const stop = new AbortController();
    const send = vi.fn(async () => err(failure('busy')));
    void openGate(send, stop.signal);
    stop.abort();
    await vi.advanceTimersByTimeAsync(600_000);
    expect(send).toHaveBeenCalledOnce();
  });
});
