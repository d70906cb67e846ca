import { describe, expect, it } from 'vitest';
import { allowance } from '../../../entrypoints/toolbar/surface.ts';
import { frameOrigin } from '../../../utils/page/frame.ts';

describe('how often the overlay puts itself right', () => {
  it('given three per minute, when a page goes on, then the fourth is refused, and allowed again a minute later', () => {
    let now = 0;
    const may = allowance(3, 60_000, () => now);
    expect([may(), may(), may(), may()]).toEqual([true, true, true, false]);
    now = 60_001;
    expect(may()).toBe(true);
  });
});

describe('the origin of the editor frame', () => {
  it('given an address of this session in Chromium, then it is the extension’s own', () => {
    expect(frameOrigin('chrome-extension://0b1c-dynamic/editor.html', 'abcdef')).toBe('chrome-extension://abcdef');
  });

  it('given Firefox, then it is that of the address', () => {
    expect(frameOrigin('moz-extension://6f9c/editor.html', 'x@y')).toBe('moz-extension://6f9c');
  });
});
