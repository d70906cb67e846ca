import { describe, expect, it } from 'vitest';
import { isEligible } from '../../utils/eligible.ts';

const view = (href: string, origin: string, contentType = 'text/html') =>
  ({ origin, location: { href }, document: { contentType } }) as unknown as Window;

describe('documents that the content scripts may work in', () => {
  it.each([
    ['a page', 'https://chat.example/c/1', 'https://chat.example'],
    ['a page on this machine', 'http://127.0.0.1:8080/', 'http://127.0.0.1:8080'],
    ['a chat widget without an address of its own', 'about:srcdoc', 'https://shop.example'],
    ['a frame that a chat widget is written into', 'about:blank', 'https://shop.example'],
    ['such a frame with a fragment', 'about:blank#chat', 'https://shop.example'],
  ])('given %s, then yes', (_what, href, origin) => {
    expect(isEligible(view(href, origin))).toBe(true);
  });

  it.each([
    ['a sandboxed page', 'https://chat.example/', 'null'],
    ['a sandboxed widget', 'about:srcdoc', 'null'],
    ['a sandboxed frame without an address', 'about:blank', 'null'],
    ['an empty tab', 'about:blank', 'null'],
    ['a page of the browser', 'about:config', 'https://chat.example'],
    ['a data address', 'data:text/html,hi', 'null'],
    ['a blob', 'blob:https://chat.example/1', 'https://chat.example'],
    ['a file', 'file:///home/me/chat.html', 'null'],
  ])('given %s, then no', (_what, href, origin) => {
    expect(isEligible(view(href, origin))).toBe(false);
  });

  it('given something that is not a page, then no', () => {
    expect(isEligible(view('https://chat.example/a.pdf', 'https://chat.example', 'application/pdf'))).toBe(false);
  });
});
