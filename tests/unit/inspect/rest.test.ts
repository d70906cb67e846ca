import { afterEach, describe, expect, it } from 'vitest';
import { type FrameStage, readScripts, untilAtRest } from '../../../scripts/lib/inspect/rest.ts';
import { aFrame } from '../../support/surveys.ts';

/** What is on the page from so many ms on. */
type Script = readonly (readonly [fromMs: number, stages: readonly FrameStage[] | null])[];

/** Looks at a page that goes by this script, on a clock of its own; answers what was seen and when the looking ended. */
async function look(script: Script) {
  let clock = 0;
  const sight = await untilAtRest(
    async () => script.findLast(([from]) => from <= clock)?.[1] ?? null,
    () => clock,
    async (ms) => {
      clock += ms;
    },
  );
  return { ...sight, endedMs: clock };
}

const gate: FrameStage = { frameId: 0, survey: null, scripts: 'there' };
const called: FrameStage = { ...gate, scripts: 'awaited' };
const { survey } = aFrame();
const found: FrameStage = { ...gate, survey };
const idle: FrameStage = {
  ...gate,
  survey: aFrame({ rule: null, messages: [], health: { state: 'idle', found: { rule: 0 } } }).survey,
};

describe('how long inspect looks', () => {
  it('given a page without a sign, not longer than it must', async () => {
    expect(await look([[0, [gate]]])).toEqual({ frames: [], atRest: true, endedMs: 2000 });
  });

  it('given answers, ends when they have stood still; given one that grows, looks longer', async () => {
    expect((await look([[0, [found]]])).endedMs).toBe(2000);
    const messages = survey.messages.map((one) => ({ ...one, settled: false }));
    expect((await look([[0, [{ ...found, survey: { ...survey, messages } }]]])).endedMs).toBe(6000);
  });

  it.each<[string, number, FrameStage]>([
    ['a computer so busy that the overlay takes ten seconds', 10_000, called],
    ['an overlay whose finder takes ten seconds', 10_000, { ...idle, scripts: 'awaited' }],
    ['scripts that come after five seconds', 5000, { ...gate, scripts: 'none' }],
  ])('given %s, does not say that there is nothing', async (_, fromMs, before) => {
    const { frames, atRest } = await look([
      [0, [before]],
      [fromMs, [found]],
    ]);
    expect(atRest).toBe(true);
    expect(frames[0]?.survey.messages).toEqual(survey.messages);
  });

  it('given a tab that cannot be asked at first, waits for it', async () => {
    const { frames, atRest } = await look([
      [0, null],
      [9000, [found]],
    ]);
    expect({ frames: frames.length, atRest }).toEqual({ frames: 1, atRest: true });
  });

  it('given a page that never stands still, shows it as it is after 25 s', async () => {
    const script = Array.from({ length: 60 }, (_, at): Script[number] => [
      at * 500,
      [{ ...found, survey: { ...survey, conversationKey: `${at}` } }],
    ]);
    expect(await look(script)).toMatchObject({ atRest: false, endedMs: 25_000, frames: [{ frameId: 0 }] });
  });
});

describe('which scripts of the extension are in a frame', () => {
  const [GATE, OVERLAY] = [Symbol.for('gate'), Symbol.for('overlay')];
  const world = globalThis as unknown as Record<symbol, unknown>;
  afterEach(() => {
    delete world[GATE];
    delete world[OVERLAY];
  });
  const anOverlay = (more: object = {}) => ({
    ...{ run: new AbortController(), finder: null, survey: () => ({ messages: [] }) },
    ...more,
  });

  it.each([
    ['none', undefined, undefined, 'none'],
    ['a gate that has seen no sign', {}, undefined, 'there'],
    ['a gate that has called for the overlay', { sign: true }, undefined, 'awaited'],
    ['an overlay without rules', { sign: true }, anOverlay({ survey: null }), 'awaited'],
    ['an overlay that found nothing, without the finder', { sign: true }, anOverlay(), 'awaited'],
    ['an overlay that found nothing, with the finder', { sign: true }, anOverlay({ finder: {} }), 'there'],
    [
      'an overlay on a host of a rule, with answers',
      undefined,
      anOverlay({ survey: () => ({ messages: [1] }) }),
      'there',
    ],
  ])('given %s', (_, gate, overlay, scripts) => {
    if (gate) world[GATE] = gate;
    if (overlay) world[OVERLAY] = overlay;
    expect(readScripts()).toBe(scripts);
  });

  it('given an overlay that has ended, waits for nothing', () => {
    const overlay = anOverlay();
    overlay.run.abort();
    world[OVERLAY] = overlay;
    expect(readScripts()).toBe('there');
  });
});
