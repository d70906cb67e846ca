/**
 * What the reviewer starts from outside of a page, by the context menu or a key: reviewing the selected text, and pointing
 * at an answer. Works on sites that are off too, for the one document that the click was about.
 */
import type { Browser, Scripting } from '../../utils/browser.ts';
import type { Push } from '../../utils/messaging/contract.ts';
import { POINT, REVIEW_SELECTION } from './late-pointing.ts';
import { createLent } from './lent.ts';
import type { Pushes } from './push.ts';
import type { Sites } from './sites.ts';

const web = ['https://*/*', 'http://*/*'];

/** What went wrong, in words for the toolbar button. */
const closed = 'the browser lets no extension into this page, such as its own pages, its store and PDF files';
const noSelection = 'select the text of an answer first, then try again';
const notPage = 'this part of the page has no address of its own, so no review of it could be kept';
const paused = 'paused everywhere, also here. Go on in the menu of this button';

/** What is asked of each frame before anything is loaded into it. Runs in the page: it must not refer to anything outside. */
function lookAround() {
  const isPage = /html/.test(document.contentType) && /^https?:/.test(window.origin);
  const selected = document.getSelection()?.toString().trim() !== '';
  return { origin: isPage ? window.origin : null, selected, focused: document.hasFocus() };
}
type Seen = ReturnType<typeof lookAround>;

interface FrameSeen extends Seen {
  readonly frameId: number;
  readonly documentId: string;
}

/** A frame that holds a page. */
type Page = FrameSeen & { readonly origin: string };
const isPage = (frame: FrameSeen): frame is Page => frame.origin !== null;

export type What = 'pick' | 'reviewSelection';

interface PointingParts {
  readonly contextMenus: Pick<Browser['contextMenus'], 'create' | 'removeAll'>;
  readonly scripting: Pick<Browser['scripting'], 'executeScript'>;
  readonly sites: Pick<Sites, 'isOn'>;
  readonly isPaused: () => Promise<boolean>;
  readonly session: Parameters<typeof createLent>[0];
  readonly pushes: Pick<Pushes, 'toFrame'>;
  /** Says on the toolbar button what is wrong in a tab; null takes it back. */
  readonly tell: (tabId: number, words: string | null) => Promise<void>;
}

export interface Pointing {
  /** Begins in a tab, or in one frame of it, and says on the toolbar button why it cannot. */
  begin(what: What, tabId: number, frameId?: number): Promise<void>;
  /** Makes the menu anew; it outlives the background, so once for each installation and update. */
  install(): Promise<void>;
  /** Lets the reviewer point in all documents of a tab whose site is on; false where there is none. */
  pick(tabId: number): Promise<boolean>;
}

export function createPointing(parts: PointingParts): Pointing {
  const { contextMenus, scripting, sites, isPaused, pushes, tell, session } = parts;
  const lent = createLent(session);

  /** The frames that can be reached; throws where the browser lets nobody in. */
  async function look(tabId: number, frameId?: number): Promise<readonly FrameSeen[]> {
    const target = frameId === undefined ? { tabId, allFrames: true } : { tabId, frameIds: [frameId] };
    const results = (await scripting.executeScript({
      target,
      func: lookAround,
    })) as readonly (Scripting.InjectionResult & {
      readonly documentId?: string;
    })[];
    return results
      .filter(({ result }) => result)
      .map((found) => ({ ...(found.result as Seen), frameId: found.frameId, documentId: found.documentId ?? '' }));
  }

  async function load(tabId: number, { frameId, documentId, origin }: Page, push: Push): Promise<void> {
    // The script asks what it may as soon as it starts, so lent is lent before.
    if (!(await sites.isOn(origin))) await lent.lend({ tabId, documentId, origin });
    await scripting.executeScript({ target: { tabId, frameIds: [frameId] }, files: ['overlay.js'] });
    await pushes.toFrame({ tabId, frameId }, push);
  }

  async function begin(what: What, tabId: number, frameId?: number): Promise<void> {
    if (await isPaused()) return tell(tabId, paused);
    let frames: readonly FrameSeen[];
    try {
      frames = await look(tabId, frameId);
    } catch {
      return tell(tabId, closed);
    }
    const pages = frames.filter(isPage);
    if (pages.length === 0) return tell(tabId, frames.length > 0 ? notPage : closed);
    const selected = pages.filter((frame) => frame.selected);
    const wanted = what === 'pick' ? pages : [selected.find(({ focused }) => focused) ?? selected[0]];
    const there = wanted.filter((page) => page !== undefined);
    if (there.length === 0) return tell(tabId, noSelection);
    await tell(tabId, null);
    await send(what, tabId, there);
  }

  function send(what: What, tabId: number, pages: readonly Page[]): Promise<unknown> {
    const origins = [...new Set(pages.map(({ origin }) => origin))];
    const push: Push = what === 'pick' ? { push: what, origins } : { push: what };
    return Promise.all(pages.map((page) => load(tabId, page, push)));
  }

  async function pick(tabId: number): Promise<boolean> {
    const frames = (await isPaused()) ? [] : await look(tabId).catch(() => []);
    const pages = frames.filter(isPage);
    const on = await Promise.all(pages.map(({ origin }) => sites.isOn(origin)));
    const there = pages.filter((_, index) => on[index]);
    await send('pick', tabId, there);
    return there.length > 0;
  }

  return {
    begin,
    async install() {
      await contextMenus.removeAll();
      const common = { documentUrlPatterns: web };
      contextMenus.create({ ...common, id: REVIEW_SELECTION, title: 'Review this text', contexts: ['selection'] });
      contextMenus.create({
        ...common,
        id: POINT,
        title: 'Point at an AI answer',
        contexts: ['page', 'frame', 'link', 'image'],
      });
    },
    pick,
  };
}
