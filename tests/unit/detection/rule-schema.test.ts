import { describe, expect, it } from 'vitest';
import { siteRuleSchema } from '../../../utils/detection/rule-schema.ts';
import { siteRules } from '../../../utils/detection/sites/index.ts';
import type { RuleVariant, SiteRule } from '../../../utils/detection/types.ts';
import { firstIssue } from '../../../utils/review/schema.ts';

const aRule = (change: Partial<SiteRule> = {}, variant: Partial<RuleVariant> = {}) => ({
  id: 'own',
  name: 'Own',
  version: '1',
  matches: ['https://own.example/*'],
  variants: [{ id: 'default', assistant: '.answer', ...variant }],
  provenance: { source: 'the page itself', date: '2026-11-21', confidence: 'high' as const },
  ...change,
});

describe('a site rule from outside', () => {
  it('is taken when it is a small declaration', () => {
    expect(siteRuleSchema.safeParse(aRule()).success).toBe(true);
    expect(siteRuleSchema.safeParse(aRule({}, { body: '[class*="a"] > p', exclude: ['a:is(.b, .c)'] })).success).toBe(
      true,
    );
  });

  it.each([
    '.a:not([class*="b(c"]) > p',
    '[data-label="a, * b"]',
    'main:has(> .x:not(:is(.y, .z))) .answer',
    "a[href^='/c/']",
    '.a\\:b .c',
    ':is(.a, .b):not(:has(.c))',
  ])('may use the selector %s', (assistant) => {
    expect(siteRuleSchema.safeParse(aRule({}, { assistant })).success).toBe(true);
  });

  it('may know the page only and none of its messages, or the frame instead of an address', () => {
    expect(siteRuleSchema.safeParse(aRule({ variants: [], mixed: true })).success).toBe(true);
    expect(siteRuleSchema.safeParse(aRule({ matches: [], frame: 'iframe[name="chat"]' })).success).toBe(true);
  });

  it('is taken when it knows no more than an address', () => {
    expect(siteRuleSchema.safeParse(aRule({ variants: [] })).success).toBe(true);
  });

  it('fits the contract exactly: what is built in comes back unchanged', () => {
    for (const rule of siteRules) expect(siteRuleSchema.parse(rule)).toEqual(rule);
  });

  it.each([
    ['a selector of everything', aRule({}, { assistant: '*' }), 'variants.0.assistant'],
    ['everything inside', aRule({}, { body: 'div > *' }), 'variants.0.body'],
    ['everything in a list', aRule({}, { exclude: ['.a', '.b,*'] }), 'variants.0.exclude.1'],
    ['everything that has anything', aRule({ signature: ':has(*)' }), 'signature'],
    ['everything with an attribute', aRule({}, { user: '*[id]' }), 'variants.0.user'],
    ['everything but something', aRule({}, { assistant: ':not(.a)' }), 'variants.0.assistant'],
    ['the page itself', aRule({}, { row: '.a, body' }), 'variants.0.row'],
    ['conditions in conditions', aRule({}, { row: '.a:has(.b:not(:is(:has(:not(.c)))))' }), 'variants.0.row'],
    ['many looks inside', aRule({}, { row: `.a${':has(.b)'.repeat(7)}` }), 'variants.0.row'],
    ['a bracket that never ends', aRule({}, { row: '.a[href' }), 'variants.0.row'],
    ['parentheses that do not pair', aRule({}, { row: '.a:not(.b))' }), 'variants.0.row'],
    ['a string that never ends', aRule({}, { row: '.a[title="b]' }), 'variants.0.row'],
    ['a style sheet', aRule({}, { row: '.a{color:red}' }), 'variants.0.row'],
    [
      'two hundred selectors',
      aRule({
        variants: Array.from({ length: 10 }, (_, at) => ({
          id: `v${at}`,
          assistant: '.a',
          exclude: Array.from({ length: 19 }, (_, part) => `.x${part}`),
        })),
      }),
      'variants',
    ],
    ['two hundred selectors in one list', aRule({}, { row: Array(200).fill('a').join() }), 'variants'],
    ['a variant that finds nothing', aRule({ variants: [{ id: 'v', user: '.a' }] }), 'variants.0.assistant'],
    ['everything as a badge', aRule({}, { badge: { selector: '*' } }), 'variants.0.badge.selector'],
    ['a long selector', aRule({}, { assistant: `.${'a'.repeat(500)}` }), 'variants.0.assistant'],
    ['many excludes', aRule({}, { exclude: Array(21).fill('.a') }), 'variants.0.exclude'],
    [
      'many variants',
      aRule({ variants: Array.from({ length: 13 }, (_, at) => ({ id: `v${at}`, assistant: 'a' })) }),
      'variants',
    ],
    [
      'twins',
      aRule({
        variants: [
          { id: 'v', assistant: 'a' },
          { id: 'v', assistant: 'b' },
        ],
      }),
      'variants',
    ],
    ['a broken pattern', aRule({ conversation: ['/c/('] }), 'conversation.0'],
    ['a pattern that explodes', aRule({ conversation: ['^(a+)+$'] }), 'conversation.0'],
    ['a back reference', aRule({}, { messageId: { pattern: '(a)\\1' } }), 'variants.0.messageId.pattern'],
    ['a long pattern', aRule({ conversation: ['a'.repeat(301)] }), 'conversation.0'],
    ['every address', aRule({ matches: ['<all_urls>'] }), 'matches.0'],
    ['every host', aRule({ matches: ['https://*/*'] }), 'matches.0'],
    ['a foreign scheme', aRule({ matches: ['file:///*'] }), 'matches.0'],
    ['neither address nor signature', aRule({ matches: [] }), 'signature'],
    ['any frame', aRule({ matches: [], frame: '*' }), 'frame'],
    ['code', { ...aRule(), script: 'alert(1)' }, 'script'],
    ['code in a variant', aRule({}, { onFound: '() => {}' } as never), 'variants.0.onFound'],
    ['a window of nothing', aRule({}, { quietMs: 0 }), 'variants.0.quietMs'],
    ['an id with a bar', aRule({ id: 'a|b' }), 'id'],
  ])('is refused with %s, naming the field', (_, rule, field) => {
    const result = siteRuleSchema.safeParse(rule);
    expect(result.success).toBe(false);
    if (!result.success) expect(firstIssue(result.error).field).toBe(field);
  });
});
