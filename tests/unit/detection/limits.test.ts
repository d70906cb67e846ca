import { describe, expect, it } from 'vitest';
import { isSlowPattern, tooMuch } from '../../../utils/detection/engine/limits.ts';
import { siteRules } from '../../../utils/detection/sites/index.ts';

describe('what no selector may be', () => {
  it.each(['*', 'div *', ':has(*)', 'p:is(*, a)', '* > p', 'html', ':root', 'p:not(a), *'])(
    'refuses %s',
    (selector) => {
      expect(tooMuch(selector)).toMatch(/selects everything/);
    },
  );
  it('refuses what multiplies the work, and what is too long', () => {
    expect(tooMuch(`p${':has(a)'.repeat(7)}`)).toMatch(/:has/);
    expect(tooMuch('a ~ b ~ c ~ d ~ e')).toMatch(/siblings/);
    expect(tooMuch(`.${'x'.repeat(3_000)}`)).toMatch(/too long/);
  });
  it.each(['.a[title="*"]', '[data-x~="y"] ~ p', 'p:not(.a *b)'.replace(' *b', ''), 'a:has(> b)'])(
    'lets %s through',
    (selector) => {
      expect(tooMuch(selector)).toBeNull();
    },
  );
  it('lets everything through that comes with the program', () => {
    const variants = siteRules.flatMap((rule) => rule.variants);
    for (const { assistant, row, user } of variants) {
      for (const selector of [assistant, row, user]) if (selector) expect(tooMuch(selector)).toBeNull();
    }
  });
});

describe('what no pattern may be', () => {
  it.each(['(', '(a+)+$', '(a*)*b', '(.)\\1', '(?=a+)b', 'x'.repeat(600)])('refuses %s', (pattern) => {
    expect(isSlowPattern(pattern)).toBe(true);
  });
  it.each(['^(AI|Bot)$', '/c/([0-9a-f-]{36})', '^message-content-id-(r_[\\w-]+)$'])('lets %s through', (pattern) => {
    expect(isSlowPattern(pattern)).toBe(false);
  });
});
