import { describe, expect, it } from 'vitest';
import { leading, summarize } from '../../../utils/health/summary.ts';
import { aFrame, aMessage } from '../../support/surveys.ts';

const times = (count: number, part = {}) => Array.from({ length: count }, () => aMessage(part));
const generic = (found: object, messages = times(1)) =>
  aFrame({ rule: null, messages, health: { state: 'fallback', found, selectors: [] } });

describe('what detection sees, in words', () => {
  it('given answers that a rule finds, says how many and by which rule', () => {
    const frame = aFrame({ messages: times(12), health: { found: { rule: 12 } } });
    expect(summarize([frame])).toMatchObject({
      tone: 'good',
      headline: '12 answers found by the ChatGPT rule.',
      detail: null,
    });
  });

  it('given one that still grows, says so', () => {
    expect(summarize([aFrame({ health: { found: { rule: 1, growing: 1 } } })])).toMatchObject({
      headline: '1 answer found by the ChatGPT rule.',
      detail: '1 answer is still being written.',
    });
  });

  it('given answers by signs of which none is certain, calls them possible', () => {
    const frame = generic({ generic: 3 }, times(3, { asserted: false, confidence: 0.4 }));
    expect(summarize([frame])).toMatchObject({
      headline: '3 possible answers, by signs on the page.',
      detail: '3 are not certain: you are asked whether an AI wrote them.',
    });
  });

  it('given answers by signs that are certain enough, and one that was pointed at, counts each', () => {
    expect(summarize([generic({ generic: 2, manual: 1 }, times(3))]).headline).toBe(
      '2 answers, by signs on the page and 1 answer that you pointed at.',
    );
  });

  it('given a rule that finds nothing where answers are, says that the site changed, what was found and what to do', () => {
    const frame = aFrame({ messages: times(4), health: { state: 'changed', found: { generic: 4 } } });
    const { tone, headline, detail, next } = summarize([frame]);
    expect(tone).toBe('warn');
    expect(headline).toBe('This site changed: the rule for ChatGPT finds nothing.');
    expect(detail).toContain('The finder found 4 answers.');
    expect(next).toBe('point');
  });

  it.each([
    ['slow', /off here: it was too slow/],
    ['broken', /does not work here/],
  ] as const)('given a rule that is %s, says so with what detection says of it', (state, headline) => {
    const frame = aFrame({ messages: [], health: { state, message: 'Because. Do this.', found: {} } });
    expect(summarize([frame])).toMatchObject({
      tone: 'warn',
      headline: expect.stringMatching(headline),
      detail: 'Because. Do this.',
      next: 'report',
    });
  });

  it('given a known site before the first answer, says that the rule is ready', () => {
    const frame = aFrame({ messages: [], health: { state: 'idle', found: {} } });
    expect(summarize([frame])).toMatchObject({ tone: 'quiet', headline: 'No answer on this page yet.' });
  });

  it('given a support page whose authors nobody has named yet, says so and how to name one', () => {
    const messages = [aMessage({ role: 'user' }), ...times(2, { role: 'unknown', confidence: 0 })];
    const frame = aFrame({ messages, health: { state: 'idle', found: {} } });
    expect(summarize([frame])).toMatchObject({
      headline: '2 messages whose author may be an AI or not: the page does not say.',
      next: 'point',
    });
  });

  it.each([[[]], [[aFrame({ rule: null, messages: [], health: { state: 'idle', found: {}, selectors: [] } })]]])(
    'given a page without any sign, says that nothing was found and to point',
    (frames) => {
      expect(summarize(frames)).toMatchObject({ headline: 'Nothing found on this page.', next: 'point' });
    },
  );
});

describe('of several frames', () => {
  const shop = aFrame({ rule: null, messages: [], health: { state: 'idle', found: {}, selectors: [] } });
  const widget = aFrame({ url: 'https://widget.example/' }, 7);

  it('given a widget in a page that has nothing, then the widget leads and its answers count', () => {
    expect(leading([shop, widget])).toBe(widget);
    expect(summarize([shop, widget]).headline).toBe('1 answer found by the ChatGPT rule.');
  });

  it('given one in which a rule is out of date, then that leads: what is wrong must be seen', () => {
    const changed = aFrame({ messages: [], health: { state: 'changed', found: {} } }, 9);
    expect(leading([shop, widget, changed])).toBe(changed);
  });
});
