import { describe, expect, it, vi } from 'vitest';
import { LiveDiff } from '../../../utils/editing/live-diff.ts';

const long = (word: string) => `${'the same words again and again. '.repeat(1_500)}${word}`;
const added = (live: LiveDiff) => live.diff.value?.runs.filter((run) => run.op === 'added').map((run) => run.text);

describe('the live diff', () => {
  it('of a short text comes without waiting for the typing to rest', async () => {
    const live = new LiveDiff();
    live.compare('one two', 'one three');
    await vi.waitFor(() => expect(added(live)).toEqual(['three']), { interval: 1 });
  });

  it('of a long text waits until the typing rests, and shows the last word only', async () => {
    vi.useFakeTimers();
    try {
      const live = new LiveDiff();
      const seen: (string[] | undefined)[] = [];
      live.diff.subscribe(() => seen.push(added(live)));
      live.compare(long(''), long('n'));
      await vi.advanceTimersByTimeAsync(50);
      live.compare(long(''), long('new'));
      await vi.runAllTimersAsync();
      expect(seen).toEqual([undefined, ['new']]);
    } finally {
      vi.useRealTimers();
    }
  });

  it('goes when there is nothing to compare any more', async () => {
    const live = new LiveDiff();
    live.compare('a', 'b');
    live.clear();
    await Promise.resolve();
    expect(live.diff.value).toBeNull();
  });
});
