import { describe, expect, it } from 'vitest';
import { matchesPattern } from '../../../utils/detection/match-pattern.ts';

describe('a match pattern', () => {
  it.each([
    ['https://claude.ai/*', 'https://claude.ai/chat/1?x#y', true],
    ['https://claude.ai/*', 'https://evil.example/https://claude.ai/', false],
    ['https://claude.ai/*', 'https://claude.ai.evil.example/', false],
    ['https://claude.ai/*', 'https://claude.ai@evil.example/', false],
    ['https://claude.ai/*', 'http://claude.ai/', false],
    ['*://*.example.org/help*', 'http://a.b.example.org/helpdesk', true],
    ['*://*.example.org/help*', 'https://example.org/help', true],
    ['*://*.example.org/help*', 'https://notexample.org/help', false],
    ['https://x.com/i/grok*', 'https://x.com/i/grok?conversation=1', true],
    ['https://x.com/i/grok*', 'https://x.com/i/other', false],
    ['http://localhost:8080/*', 'http://localhost:8080/', true],
    ['http://localhost:8080/*', 'http://localhost:9090/', false],
    ['http://localhost/*', 'http://localhost/', true],
    ['https://a.example/(.*)', 'https://a.example/anything', false],
    ['not a pattern', 'https://a.example/', false],
    ['https://a.example/*', 'not an address', false],
  ])('%s on %s: %s', (pattern, address, expected) => {
    expect(matchesPattern(pattern, address)).toBe(expected);
  });
});
