import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { startOverlay } from '../../../entrypoints/overlay/start.ts';
import type { Detector, Health, PageRules, Response } from '../../../utils/detection/types.ts';
import { type FailureCode, failure } from '../../../utils/errors.ts';
import { claimDocument, type Handover, type OverlayParts, offerView } from '../../../utils/handover.ts';
import type { Call } from '../../../utils/messaging/client.ts';
import type { ContentCalls, PageState, Push } from '../../../utils/messaging/contract.ts';
import { err, ok } from '../../../utils/result.ts';
import { aDetector, aPage, aResponse } from '../toolbar/given.ts';

const rules: PageRules = { rules: [], authors: [], threshold: 0.5, generic: true };

interface Answers {
  /** To `openPage`, then to each further one. */
  readonly pages?: (PageState | FailureCode)[];
  /** To `arrive`. */
  readonly arrivals?: (PageRules | FailureCode)[];
}

/** One document with its isolated world; the drawing script comes when the test says so. */
function aDocument(responses: Response[] = [], { pages = [], arrivals = [] }: Answers = {}) {
  const world = {};
  const handover = claimDocument(world) as Handover;
  const calls: { readonly verb: string; readonly body: unknown }[] = [];
  const made = aDetector(responses);
  const used: PageRules[] = [];
  let onHealth: (state: Health['state']) => void = () => {};
  const detector: Detector = {
    ...made.detector,
    use: (given) => void used.push(given),
    rule: () => ({ site: 'claude', name: 'Claude', version: '1', origin: 'bundled' }),
    start(signal, onChange, health = () => {}) {
      expect(used.length, 'it starts with rules').toBeGreaterThan(0);
      onHealth = health;
      made.detector.start(signal, onChange);
    },
  };
  const { tell } = made;
  let push: (push: Push) => void = () => {};
  let alive = true;
  const drawn: OverlayParts[] = [];
  const view = { onChange: vi.fn(), onPush: vi.fn(), capture: vi.fn(() => null), traces: () => [] };
  const call = (async (verb: string, body: unknown) => {
    calls.push({ verb, body });
    const answer =
      verb === 'arrive' ? (arrivals.shift() ?? rules) : verb === 'openPage' ? (pages.shift() ?? aPage()) : null;
    return typeof answer === 'string' ? err(failure(answer)) : ok(answer);
  }) as unknown as Call<ContentCalls>;
  startOverlay({
    detector,
    call,
    listen: (onPush) => {
      push = onPush;
    },
    loadFinder: async () => null,
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
  /** What was asked with this call. */
  const asked = (verb: keyof ContentCalls) => calls.filter((one) => one.verb === verb).map(({ body }) => body);
  return {
    ...{ world, handover, calls, asked, used, drawn, view, tell, drawingScript, die },
    push: (it: Push) => push(it),
    health: (state: Health['state']) => onHealth(state),
  };
}

const settle = () => vi.advanceTimersByTimeAsync(0);

describe('a run of the overlay on a document', () => {
  beforeEach(() => {
    vi.useFakeTimers();
  });
  afterEach(() => {
    vi.useRealTimers();
  });

  it('given a page without responses, when time passes, then the background is asked for the rules and nothing more', async () => {
    const { calls, used } = aDocument();
    await vi.advanceTimersByTimeAsync(600_000);
    expect(calls).toEqual([{ verb: 'arrive', body: {} }]);
    expect(used).toEqual([rules]);
  });

  it('given a first response, when it appears, then the background is asked once, for the settled ones, and to draw', async () => {
    const { asked, tell } = aDocument();
    await settle();
    tell({ added: [aResponse('a'), aResponse('growing', { settled: false })] });
    tell({ added: [aResponse('b')] });
    await settle();
    expect(asked('openPage')).toEqual([{ responseKeys: ['a'], draws: true }]);
  });

  it('given other rules, when the background says so, then they are asked for and used, once for any number of changes', async () => {
    const other = { ...rules, threshold: 0.8 };
    const { asked, used, push } = aDocument([], { arrivals: [rules, rules, other] });
    await settle();
    for (const _ of [1, 2, 3]) push({ push: 'rulesChanged' });
    await settle();
    expect(asked('arrive')).toHaveLength(3);
    expect(used).toEqual([rules, rules, other]);
  });

  it('given a busy background, when it is asked for the rules, then again after a second, and the run begins', async () => {
    const { asked, tell } = aDocument([], { arrivals: ['busy'] });
    await vi.advanceTimersByTimeAsync(999);
    expect(asked('arrive')).toHaveLength(1);
    await vi.advanceTimersByTimeAsync(1);
    tell({ added: [aResponse('a')] });
    await settle();
    expect(asked('openPage')).toHaveLength(1);
  });

  it('given nobody who answers, when the tries are used up, then the run ends', async () => {
    const { handover, asked } = aDocument([], { arrivals: Array(4).fill('unreachable') });
    await vi.advanceTimersByTimeAsync(60_000);
    expect(asked('arrive')).toHaveLength(4);
    expect(handover.run.signal.aborted).toBe(true);
  });

  it('given rules that were there, when nobody answers to the news, then the run goes on with them', async () => {
    const { handover, used, push } = aDocument([], { arrivals: [rules, ...Array(4).fill('unreachable')] });
    await settle();
    push({ push: 'rulesChanged' });
    await vi.advanceTimersByTimeAsync(60_000);
    expect(handover.run.signal.aborted).toBe(false);
    expect(used).toEqual([rules]);
  });

  it('given the states of health, when they change, then each is reported once, and a page with nothing yet stays silent', async () => {
    const { asked, health } = aDocument();
    await settle();
    health('idle');
    expect(asked('reportHealth')).toEqual([]);
    health('working');
    health('working');
    health('changed');
    health('idle');
    expect(asked('reportHealth')).toEqual([
      { state: 'working', site: 'claude' },
      { state: 'changed', site: 'claude' },
      { state: 'idle', site: 'claude' },
    ]);
  });

  it.each([{ push: 'pick', origins: [] }, { push: 'reviewSelection' }] as const)(
    'given a page without responses, when the reviewer asks to $push, then the drawing script is loaded and told',
    async (wish) => {
      const page = aDocument();
      page.push(wish);
      await settle();
      expect(page.asked('openPage')).toEqual([{ responseKeys: [], draws: true }]);
      page.drawingScript();
      expect(page.view.onPush.mock.calls).toEqual([[wish]]);
      page.push(wish);
      expect(page.view.onPush).toHaveBeenCalledTimes(2);
    },
  );

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
    await settle();
    drawingScript();
    tell({ added: [aResponse('b')] });
    push({ push: 'pageChanged' });
    expect(view.onChange).toHaveBeenCalledOnce();
    expect(view.onPush).toHaveBeenCalledWith({ push: 'pageChanged' });
    expect(asked('openPage')).toHaveLength(1);
  });

  it.each([
    ['a site that is off', aPage({ on: false })],
    ['a paused extension', 'off' as const],
  ])('given %s, when the background says so, then the run ends and nothing is drawn', async (_what, answer) => {
    const { handover, drawingScript, drawn } = aDocument([aResponse('a')], { pages: [answer] });
    await settle();
    drawingScript();
    expect(handover.run.signal.aborted).toBe(true);
    expect(drawn).toEqual([]);
  });

  it('given a busy background, when it answers at the third try, then the run goes on', async () => {
    const { asked, drawingScript, drawn } = aDocument([aResponse('a')], { pages: ['busy', 'unreachable', aPage()] });
    drawingScript();
    await vi.advanceTimersByTimeAsync(999);
    expect(asked('openPage')).toHaveLength(1);
    await vi.advanceTimersByTimeAsync(5_001);
    expect(asked('openPage')).toHaveLength(3);
    expect(drawn).toHaveLength(1);
  });

  it('given an extension that was updated, when its old script asks, then it ends quietly', async () => {
    const page = aDocument([], { pages: ['unreachable'] });
    await settle();
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
