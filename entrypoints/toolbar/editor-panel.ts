/**
 * The panel that holds the editor: a frame of the extension's own origin, inside the closed root, so that the page sees
 * neither what is shown nor what is typed. The overlay owns its place and size, the frame its content.
 */
import type { Failure } from '../../utils/errors.ts';
import type { Extension } from '../../utils/handover.ts';
import type { Box } from '../../utils/page/box.ts';
import { focusedElement, frameOrigin } from '../../utils/page/frame.ts';
import { viewSize } from '../../utils/page/surroundings.ts';
import type { Link } from './findings.ts';
import { panelBox } from './placing.ts';
import type { Surface } from './surface.ts';

/** How long the frame may take to load, in ms. */
const LOAD_MS = 20_000;
/** How long it may then take until it is known to be the editor, in ms. An error page loads too, and is none. */
const SIGN_OF_LIFE_MS = 10_000;
/** How long the editor may then take until it asks for its height, in ms. Long answers and busy machines need their time. */
const DRAW_MS = 30_000;
const FIRST_HEIGHT = 420;

export interface EditorPanel {
  /** The response that the editor is open for. */
  readonly key: string | null;
  /** Opens for a response; `answer` is where it is. Resolves once the frame works, with the failure where it does not. */
  open(key: string, token: string, answer: Box | null, link: Link): Promise<Failure | null>;
  /** What the open editor and the page say to each other. */
  readonly link: Link | null;
  /** Height that the frame asks for, in CSS px, and room for texts side by side: it works. */
  resize(height: number, wide?: boolean): void;
  /** Takes the frame away and gives the focus back. */
  close(): void;
  /** The window has another size. */
  arrange(): void;
}

const cannotOpen: Failure = {
  code: 'unexpected',
  message: 'This page does not let the editor open.',
  next: 'Reject the answer here, then write the correction in the Countersign workbench.',
};

export function createEditorPanel({ layer, root }: Surface, extension: Extension, signal: AbortSignal): EditorPanel {
  let panel: HTMLElement | null = null;
  let key: string | null = null;
  let answer: Box | null = null;
  let height = FIRST_HEIGHT;
  let isWide = false;
  let link: Link | null = null;
  let before: Element | null = null;
  let settle: ((outcome: Failure | null) => void) | null = null;
  let patience: ReturnType<typeof setTimeout> | undefined;

  function arrange() {
    if (!panel) return;
    const box = panelBox(answer, viewSize(), height, isWide);
    panel.style.cssText = `left:${box.left}px;top:${box.top}px;width:${box.right - box.left}px;height:${box.bottom - box.top}px`;
  }

  function finish(outcome: Failure | null) {
    clearTimeout(patience);
    settle?.(outcome);
    settle = null;
  }

  function close() {
    finish(null);
    const hadFocus = panel?.contains(root.activeElement) ?? false;
    panel?.remove();
    panel = null;
    key = null;
    link?.end();
    link = null;
    if (hadFocus && before instanceof HTMLElement) before.focus({ preventScroll: true });
  }

  signal.addEventListener('abort', close);
  return {
    get key() {
      return key;
    },
    get link() {
      return link;
    },
    open(forKey, token, place, given) {
      close();
      const box = document.createElement('div');
      const frame = document.createElement('iframe');
      const url = extension.url('/editor.html');
      const wait = (ms: number) => {
        if (panel !== box || !settle) return;
        clearTimeout(patience);
        patience = setTimeout(() => {
          finish(cannotOpen);
          close();
        }, ms);
      };
      before = focusedElement(extension.rootOf);
      key = forKey;
      answer = place;
      height = FIRST_HEIGHT;
      isWide = false;
      link = given;
      panel = box;
      box.className = 'panel';
      box.dataset.state = 'opening';
      frame.title = 'Review editor';
      // The browser's own model, which the editor may ask, for any origin: the frame's address is another than its origin.
      frame.allow = 'clipboard-write; language-model *';
      frame.src = url;
      frame.addEventListener(
        'load',
        () => {
          const message = { countersign: 'claim', token };
          frame.contentWindow?.postMessage(message, frameOrigin(url, extension.id), [given.port]);
          frame.focus();
          wait(SIGN_OF_LIFE_MS);
          // A second document in this frame is not the one that was let in.
          frame.addEventListener('load', close);
        },
        { once: true },
      );
      arrange();
      box.append(frame);
      layer.append(box);
      void given.alive.then(() => wait(DRAW_MS));
      return new Promise((resolve) => {
        settle = resolve;
        wait(LOAD_MS);
      });
    },
    resize(wanted, wide = false) {
      height = Math.max(120, wanted);
      isWide = wide;
      if (panel) panel.dataset.state = 'open';
      finish(null);
      arrange();
    },
    close,
    arrange,
  };
}
