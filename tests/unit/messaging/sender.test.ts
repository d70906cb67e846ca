import { describe, expect, it } from 'vitest';
import { type RawSender, recognise, type Self } from '../../../utils/messaging/sender.ts';

const self: Self = { id: 'countersign', url: 'chrome-extension://countersign/' };
const content: RawSender = {
  id: 'countersign',
  url: 'https://chat.example/c/1?token=x',
  origin: 'https://chat.example',
  tab: { id: 7 },
  frameId: 0,
  documentId: 'd1',
};
const editor: RawSender = {
  id: 'countersign',
  url: 'chrome-extension://countersign/editor.html',
  origin: 'chrome-extension://countersign',
  tab: { id: 7 },
  frameId: 12,
};
const popup: RawSender = { id: 'countersign', url: 'chrome-extension://countersign/popup.html' };

describe('a sender', () => {
  it('given a web page, is the overlay with the origin that the browser vouches for', () => {
    const from = { tabId: 7, frameId: 0, documentId: 'd1', origin: 'https://chat.example', url: content.url };
    expect(recognise(content, self)).toEqual({ kind: 'content', from });
  });

  it('given a frame without an address of its own, has the origin of the page that made it', () => {
    const srcdoc = { ...content, url: 'about:srcdoc', frameId: 3 };
    expect(recognise(srcdoc, self)).toMatchObject({ kind: 'content', from: { origin: 'https://chat.example' } });
  });

  it('given a browser that tells no origin, has that of its address', () => {
    expect(recognise({ ...content, origin: undefined }, self)).toMatchObject({
      from: { origin: 'https://chat.example' },
    });
  });

  it.each<[string, RawSender, string]>([
    ['the editor in a page', editor, 'editor'],
    ['the editor under a dynamic address', { ...editor, url: 'chrome-extension://0a1b2c/editor.html?x#y' }, 'editor'],
    ['the popup', popup, 'page'],
    ['the workbench in a tab', { ...popup, url: `${self.url}workbench.html#/`, tab: { id: 3 }, frameId: 0 }, 'page'],
  ])('given %s, is known as that', (_, sender, kind) => {
    expect(recognise(sender, self)).toMatchObject({ kind });
  });

  it.each<[string, RawSender]>([
    ['another extension', { ...popup, id: 'other', url: 'chrome-extension://other/popup.html' }],
    ['a sandboxed page', { ...content, origin: 'null' }],
    ['a local file', { ...content, url: 'file:///tmp/chat.html', origin: 'file://' }],
    ['a page without a tab', { ...content, tab: undefined, frameId: undefined }],
    ['the editor opened as a page of its own', { ...editor, frameId: 0 }],
    ['the editor without a tab', { ...editor, tab: undefined }],
    ['the workbench framed by a page', { ...popup, tab: { id: 3 }, frameId: 4 }],
    ['the workbench under a dynamic address', { ...popup, url: 'chrome-extension://0a1b2c/workbench.html' }],
    ['no address', { ...content, url: undefined }],
    ['an address that is none', { ...content, url: 'chat' }],
    ['nobody', {}],
  ])('given %s, may ask for nothing', (_, sender) => {
    expect(recognise(sender, self)).toBeNull();
  });
});
