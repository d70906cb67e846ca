import { afterEach, describe, expect, it } from 'vitest';
import { claimDocument } from '../../../utils/handover.ts';
import { readFrames, readSurvey } from '../../../utils/health/frames.ts';
import { aFrame, aMessage } from '../../support/surveys.ts';

const world = globalThis as { [key: symbol]: unknown };
afterEach(() => {
  delete world[Symbol.for('overlay')];
});

/** Has an overlay at work in this world, with this survey. */
function withOverlay(survey: () => unknown): void {
  const handover = claimDocument();
  if (handover) handover.survey = survey as never;
}

describe('asking one frame', () => {
  it('given an overlay at work, answers its survey, without texts unless they are asked for', () => {
    withOverlay(() => aFrame().survey);
    expect(readSurvey(false, 10, 100)?.messages.map(({ text, markdown }) => text + markdown)).toEqual(['', '']);
    expect(readSurvey(true, 10, 8)?.messages.map(({ text }) => text)).toEqual(['How long', 'The batt']);
  });

  it('given very many messages, answers no more than were asked for', () => {
    withOverlay(() => aFrame({ messages: Array.from({ length: 50 }, () => aMessage()) }).survey);
    expect(readSurvey(true, 10, 8)?.messages).toHaveLength(10);
  });

  it.each([
    ['no overlay', () => {}],
    [
      'one that fails',
      () =>
        withOverlay(() => {
          throw new Error('broken');
        }),
    ],
  ])('given %s, answers nothing', (_what, prepare) => {
    prepare();
    expect(readSurvey(false, 10, 100)).toBeNull();
  });

  it('refers to nothing outside itself, because it is sent as text', () => {
    withOverlay(() => aFrame().survey);
    const sent = new Function(`return (${String(readSurvey)})(false, 10, 100)`) as () => unknown;
    expect(sent()).toMatchObject({ rule: { site: 'chatgpt' } });
  });
});

describe('asking a tab', () => {
  const answering = (answer: Promise<{ frameId?: number; result?: unknown }[]>) => ({ executeScript: () => answer });

  it('given several frames, answers those with an overlay, the page first', async () => {
    const { survey } = aFrame();
    const answer = Promise.resolve([
      { frameId: 9, result: survey },
      { frameId: 4, result: null },
      { frameId: 0, result: survey },
    ]);
    expect((await readFrames(answering(answer), 1)).map(({ frameId }) => frameId)).toEqual([0, 9]);
  });

  it('given a page that may not be looked at, or one that hangs, answers nothing', async () => {
    expect(await readFrames(answering(Promise.reject(new Error('no permission'))), 1)).toEqual([]);
    expect(await readFrames(answering(new Promise(() => {})), 1, { patienceMs: 5 })).toEqual([]);
  });
});
