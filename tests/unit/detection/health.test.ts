import { describe, expect, it } from 'vitest';
import { type Facts, judgeHealth } from '../../../utils/detection/engine/health.ts';

const facts = (more: Partial<Facts> = {}): Facts => ({
  rule: 'ChatGPT',
  usable: true,
  found: { rule: 0, generic: 0, manual: 0, growing: 0 },
  missed: false,
  troubles: [],
  ...more,
});
const found = (counts: Partial<Facts['found']>) => ({ ...facts().found, ...counts });
const broken = { kind: 'broken', rule: 'Mine', why: 'the selector * selects everything' } as const;
const slow = { kind: 'slow', rule: 'Mine', why: 'one look took 80 ms' } as const;

describe('the health of a page', () => {
  it.each([
    ['nothing is there', facts(), 'idle', null],
    ['the rule finds answers', facts({ found: found({ rule: 2 }) }), 'working', null],
    ['the finder does, without a rule', facts({ rule: null, found: found({ generic: 2 }) }), 'fallback', /Point at/],
    ['the rule knows no messages', facts({ found: found({ generic: 2 }) }), 'fallback', /rule for ChatGPT knows no/],
    ['the site has changed', facts({ missed: true }), 'changed', /ChatGPT has changed. Point at.*No answer is found/],
    [
      'the site has changed, and the finder helps',
      facts({ missed: true, found: found({ generic: 1 }) }),
      'changed',
      /by other signs/,
    ],
    ['a rule is too slow', facts({ troubles: [slow] }), 'slow', /“Mine” is off on this page.*80 ms/],
    [
      'nothing of the rule can be used',
      facts({ usable: false, troubles: [broken] }),
      'broken',
      /“Mine” cannot be used/,
    ],
    [
      'a part of the rule is off and the rest works',
      facts({ found: found({ rule: 1 }), troubles: [broken] }),
      'working',
      /“Mine” is partly off: the selector \* selects everything/,
    ],
    ['only a person pointed at something', facts({ rule: null, found: found({ manual: 1 }) }), 'working', null],
  ] as const)('given that %s, it says so and what to do next', (_, given, state, message) => {
    const health = judgeHealth(given);
    expect(health.state).toBe(state);
    if (message === null) expect(health.message).toBeNull();
    else expect(health.message).toMatch(message);
  });
});
