import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { startOverlay } from '../../../entrypoints/overlay/start.ts';
import type { Response } from '../../../utils/detection/types.ts';
import { type FailureCode, failure } from '../../../utils/errors.ts';
import { claimDocument, type Handover, type OverlayParts, offerView } from '../../../utils/handover.ts';
import type { Call } from '../../../utils/messaging/client.ts';
import type { ContentCalls, PageState, Push } from '../../../utils/messaging/contract.ts';
import { err, ok } from '../../../utils/result.ts';
import { aDetector, aPage, aResponse } from '../toolbar/given.ts';

/** One document with its isolated world; the drawing script comes when the test says so. */
function aDocument(responses: Response[] = [], answers: (PageState | FailureCode)[] = [aPage()]) {
  const world = {};
  const handover = claimDocument(world) as Handover;
  const asked: unknown[] = [];
  const { detector, tell } = aDetector(responses);
  let push: (push: Push) => void = () => {};
  let alive = true;
  const drawn: OverlayParts[] = [];
  const view = { onChange: vi.fn(), onPush: vi.fn() };
  const call = (async (_verb: string, body: unknown) => {
    asked.push(body);
    const answer = answers.shift() ?? aPage();
    return typeof answer === 'string' ? err(failure(answer)) : ok(answer);
  }) as unknown as Call<ContentCalls>;
  startOverlay({
    detector,
    call,
    listen: (onPush) => {
      push = onPush;
    },
    extension: { id: 'x', isAlive: () => alive, url: (path) => path, rootOf: () => null },
    handover,
  });
  const drawingScript = () =>
    offerView((parts) => {
      drawn.push(parts);
      return view;
    }, world);
  const die = () => {
    alive = false;
  };
  return { world, handover, asked, drawn, view, tell, drawingScript, die, push: (it: Push) => push(it) };
}

const settle = () => vi.advanceTimersByTimeAsync(0);

describe('a run of the overlay on a document', () => {
  beforeEach(() => {
    vi.useFakeTimers();
  });
  afterEach(() => {
    vi.useRealTimers();
  });

  it('given a page without responses, when time passes, then the background is never asked', async () => {
    const { asked } = aDocument();
    await vi.advanceTimersByTimeAsync(600_000);
    expect(asked).toEqual([]);
  });

  it('given a first response, when it appears, then the background is asked once, for the settled ones, and to draw', async () => {
    const { asked, tell } = aDocument();
    tell({ added: [aResponse('a'), aResponse('growing', { settled: false })] });
    tell({ added: [aResponse('b')] });
    await settle();
    expect(asked).toEqual([{ responseKeys: ['a'], draws: true }]);
  });

  it.each(['before', 'after'])(
    'given the drawing script %s the answer, when both are there, then it draws once',
    async (when) => {
      const page = aDocument([aResponse('a')]);
      if (when === 'after') await settle();
      page.drawingScript();
      page.drawingScript();
      await settle();
      expect(page.drawn).toHaveLength(1);
      expect(page.drawn[0]?.first).toMatchObject({ page: aPage(), responseKeys: ['a'] });
    },
  );

  it('given a drawn view, when detection and background speak, then it hears them', async () => {
    const { drawingScript, tell, push, view, asked } = aDocument([aResponse('a')]);
    drawingScript();
    await settle();
    tell({ added: [aResponse('b')] });
    push({ push: 'pageChanged' });
    expect(view.onChange).toHaveBeenCalledOnce();
    expect(view.onPush).toHaveBeenCalledWith({ push: 'pageChanged' });
    expect(asked).toHaveLength(1);
  });

  it.each([
    ['a site that is off', aPage({ on: false })],
    ['a paused extension', 'off' as const],
  ])('given %s, when the background says so, then the run ends and nothing is drawn', async (_what, answer) => {
    const { handover, drawingScript, drawn } = aDocument([aResponse('a')], [answer]);
    await settle();
    drawingScript();
    expect(handover.run.signal.aborted).toBe(true);
    expect(drawn).toEqual([]);
  });

  it('given a busy background, when it answers at the third try, then the run goes on', async () => {
    const { asked, drawingScript, drawn } = aDocument([aResponse('a')], ['busy', 'unreachable', aPage()]);
    drawingScript();
    await vi.advanceTimersByTimeAsync(999);
    expect(asked).toHaveLength(1);
    await vi.advanceTimersByTimeAsync(5_001);
    expect(asked).toHaveLength(3);
    expect(drawn).toHaveLength(1);
  });

  it('given an extension that was updated, when its old script asks, then it ends quietly', async () => {
    const page = aDocument([], ['unreachable']);
    page.die();
    page.tell({ added: [aResponse('a')] });
    await settle();
    expect(page.handover.run.signal.aborted).toBe(true);
  });

  it('given the push to stop, when it comes, then the run ends and another can begin', () => {
    const { push, handover, world } = aDocument();
    expect(claimDocument(world)).toBeNull();
    push({ push: 'stop' });
    expect(handover.run.signal.aborted).toBe(true);
    expect(claimDocument(world)).not.toBeNull();
  });
});
