import { describe, expect, it } from 'vitest';
import { siteOf } from '../../../entrypoints/popup/site.ts';

describe('the site in the current tab', () => {
  it.each([
    ['https://chatgpt.com/c/1?q=2#3', 'https://chatgpt.com', 'chatgpt.com', 'https://chatgpt.com/*'],
    ['https://www.copilot.com/', 'https://www.copilot.com', 'copilot.com', 'https://www.copilot.com/*'],
    // A permission knows no port.
    ['http://localhost:4173/a', 'http://localhost:4173', 'http://localhost:4173', 'http://localhost/*'],
  ])('given %s, asks for its host and no other', (address, origin, name, pattern) => {
    expect(siteOf(address)).toEqual({ is: 'site', origin, name, pattern });
  });

  it.each([
    ['chrome://extensions', /browser itself/],
    ['about:blank', /browser itself/],
    ['moz-extension://id/workbench.html', /browser itself/],
    ['view-source:https://chatgpt.com', /browser itself/],
    ['data:text/html,x', /browser itself/],
    ['file:///home/a.html', /Files on this computer/],
    ['https://chromewebstore.google.com/detail/x', /own stores/],
    ['https://addons.mozilla.org/', /own stores/],
    ['', /does not tell/],
    [undefined, /does not tell/],
  ])('given %s, says why Countersign is not available', (address, why) => {
    const site = siteOf(address);
    expect(site.is).toBe('unavailable');
    expect(site).toMatchObject({ because: expect.stringMatching(why) });
  });
});
