import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { DraftKeeper, KEEP_AFTER_MS } from '../../../utils/editing/draft-keeper.ts';
import { failure } from '../../../utils/errors.ts';
import type { Answer } from '../../../utils/messaging/contract.ts';
import { err, ok } from '../../../utils/result.ts';
import type { UnfinishedJudgement } from '../../../utils/review/schema.ts';
import { aJudgement } from '../../support/builders.ts';

const work = (comment: string) => aJudgement({ comment });

describe('keeping drafts', () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  function aKeeper(answer: () => Promise<Answer<null>> = async () => ok(null)) {
    const kept: (string | null)[] = [];
    const keeper = new DraftKeeper((judgement: UnfinishedJudgement | null) => {
      kept.push(judgement === null ? null : judgement.comment);
      return answer();
    });
    return { keeper, kept };
  }

  it('keeps the newest work soon after the first change, and says so', async () => {
    const { keeper, kept } = aKeeper();
    keeper.touch(work('a'));
    keeper.touch(work('ab'));
    expect(keeper.state.value.is).toBe('waiting');
    await vi.advanceTimersByTimeAsync(KEEP_AFTER_MS);
    expect(kept).toEqual(['ab']);
    expect(keeper.state.value.is).toBe('kept');
  });

  it('keeps work while somebody types without a pause', async () => {
    const { keeper, kept } = aKeeper();
    for (let key = 0; key < 20; key++) {
      keeper.touch(work('x'.repeat(key + 1)));
      await vi.advanceTimersByTimeAsync(100);
    }
    expect(kept.length).toBeGreaterThanOrEqual(5);
  });

  it('keeps at once what is due when the frame may go away', async () => {
    const { keeper, kept } = aKeeper();
    keeper.touch(work('a'));
    await keeper.flush();
    await keeper.flush();
    expect(kept).toEqual(['a']);
  });

  it('makes one call at a time, and the last one wins', async () => {
    let release = () => {};
    const { keeper, kept } = aKeeper(
      () =>
        new Promise((resolve) => {
          release = () => resolve(ok(null));
        }),
    );
    keeper.touch(work('a'));
    void keeper.flush();
    await vi.advanceTimersByTimeAsync(0);
    keeper.touch(work('b'));
    void keeper.flush();
    await vi.advanceTimersByTimeAsync(0);
    expect(kept).toEqual(['a']);
    release();
    await vi.advanceTimersByTimeAsync(0);
    expect(kept).toEqual(['a', 'b']);
    expect(keeper.state.value.is).toBe('waiting');
    release();
    await vi.advanceTimersByTimeAsync(0);
    expect(keeper.state.value.is).toBe('kept');
  });

  it('says when work could not be kept, and tries again at the next chance', async () => {
    let answer: Answer<null> = err(failure('storage-full'));
    const { keeper, kept } = aKeeper(async () => answer);
    keeper.touch(work('a'));
    await keeper.flush();
    expect(keeper.state.value).toMatchObject({ is: 'failed', failure: { code: 'storage-full' } });
    answer = ok(null);
    await keeper.flush();
    expect(kept).toEqual(['a', 'a']);
    expect(keeper.state.value.is).toBe('kept');
  });

  it('lets nothing arrive after a save', async () => {
    const { keeper, kept } = aKeeper();
    keeper.touch(work('a'));
    await keeper.drop();
    await vi.advanceTimersByTimeAsync(10 * KEEP_AFTER_MS);
    expect(kept).toEqual([]);
    expect(keeper.state.value.is).toBe('none');
  });

  it('removes the draft when nothing unsaved is left', async () => {
    const { keeper, kept } = aKeeper();
    keeper.touch(null);
    await keeper.flush();
    expect(kept).toEqual([null]);
    expect(keeper.state.value.is).toBe('none');
  });
});
