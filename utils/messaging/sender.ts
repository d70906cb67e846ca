/** Who sent a message, as the browser says; what the message claims is not asked. */

/** A sender as browsers describe it; wider than the polyfill's type, which lacks `origin`. */
export interface RawSender {
  readonly id?: string | undefined;
  readonly url?: string | undefined;
  readonly origin?: string | undefined;
  readonly tab?: { readonly id?: number | undefined } | undefined;
  readonly frameId?: number | undefined;
  readonly documentId?: string | undefined;
}

/** A frame of a tab; `documentId` is '' where the browser does not tell. */
interface FrameSender {
  readonly tabId: number;
  readonly frameId: number;
  readonly documentId: string;
}

/** A content script in a web page; `origin` is the page's, `url` its document's, which may be `about:`. */
export interface ContentSender extends FrameSender {
  readonly origin: string;
  readonly url: string;
}

/** The sender that each kind of caller has. */
export interface Senders {
  readonly content: ContentSender;
  readonly editor: FrameSender;
  readonly page: null;
}

/** A recognised sender with its kind. */
export type Known = {
  readonly [Kind in keyof Senders]: { readonly kind: Kind; readonly from: Senders[Kind] };
}[keyof Senders];

/** This extension: its id, and its base address as `runtime.getURL('')` gives it. */
export interface Self {
  readonly id: string;
  readonly url: string;
}

const EDITOR_PATH = '/editor.html';

function frameOf({ tab, frameId, documentId }: RawSender): FrameSender | null {
  if (tab?.id === undefined || frameId === undefined) return null;
  return { tabId: tab.id, frameId, documentId: documentId ?? '' };
}

/**
 * The kind of a sender, or null for one that may ask for nothing: other extensions, sandboxed documents (their origin is
 * "null"), and extension pages embedded where they do not belong.
 */
export function recognise(sender: RawSender, self: Self): Known | null {
  if (sender.id !== self.id || sender.url === undefined || !URL.canParse(sender.url)) return null;
  const [url, own] = [new URL(sender.url), new URL(self.url)];
  const frame = frameOf(sender);
  if (url.protocol === own.protocol) {
    // The id was checked above; the host differs where Chromium serves the frame under its dynamic address.
    if (url.pathname === EDITOR_PATH) return frame && frame.frameId > 0 ? { kind: 'editor', from: frame } : null;
    return url.host === own.host && (frame === null || frame.frameId === 0) ? { kind: 'page', from: null } : null;
  }
  // A frame like about:srcdoc has the origin of the page that made it, which only `origin` tells.
  const origin = sender.origin ?? url.origin;
  if (!frame || !/^https?:\/\//.test(origin)) return null;
  return { kind: 'content', from: { ...frame, origin, url: sender.url } };
}
