import { describe, expect, it } from 'vitest';
import { commonHosts, coversHost, wholeHost } from '../../../utils/detection/host-pattern.ts';

describe('patterns of whole hosts', () => {
  it.each([
    ['https://a.example/chat/*', 'https://a.example/*'],
    ['https://a.example:8443/*', 'https://a.example/*'],
    ['*://*.a.example/x*', '*://*.a.example/*'],
  ])('of %s is %s', (pattern, whole) => {
    expect(wholeHost(pattern)).toBe(whole);
  });

  it.each([
    ['https://a.example/*', 'https://a.example/*', true],
    ['*://a.example/*', 'https://a.example/*', true],
    ['https://a.example/*', '*://a.example/*', false],
    ['https://*.a.example/*', 'https://b.a.example/*', true],
    ['https://*.a.example/*', 'https://a.example/*', true],
    ['https://*.a.example/*', 'https://*.b.a.example/*', true],
    ['https://*.b.a.example/*', 'https://*.a.example/*', false],
    ['https://*.a.example/*', 'https://ba.example/*', false],
    ['https://*/*', 'https://*.a.example/*', true],
    ['https://*.a.example/*', 'https://*/*', false],
    ['http://*/*', 'https://a.example/*', false],
    ['<all_urls>', 'https://a.example/*', false],
  ])('%s covers %s: %s', (wide, narrow, covers) => {
    expect(coversHost(wide, narrow)).toBe(covers);
  });

  it.each<[string, string[], string[], string[]]>([
    ['a grant as wide as the rule', ['https://a.example/*'], ['https://a.example/chat/*'], ['https://a.example/*']],
    ['a wider grant', ['https://*/*'], ['*://a.example/*', 'http://b.example/*'], ['https://a.example/*']],
    ['a wider rule', ['https://x.a.example/*'], ['*://*.a.example/*'], ['https://x.a.example/*']],
    ['both schemes granted', ['*://*.a.example/*'], ['https://b.a.example/*'], ['https://b.a.example/*']],
    ['nothing in common', ['https://a.example/*'], ['https://b.example/*'], []],
    [
      'two grants that overlap',
      ['https://*/*', 'https://a.example/*'],
      ['https://a.example/*'],
      ['https://a.example/*'],
    ],
    [
      'a rule inside another',
      ['https://*/*'],
      ['https://*.a.example/*', 'https://b.a.example/*'],
      ['https://*.a.example/*'],
    ],
  ])('given %s, both have the narrower one in common', (_what, granted, named, expected) => {
    expect(commonHosts(granted, named)).toEqual(expected);
  });
});
