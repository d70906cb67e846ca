/**
 * The panel that holds the editor: a frame of the extension's own origin, inside the closed root, so that the page sees
 * neither what is shown nor what is typed. The overlay owns its place and size, the frame its content.
 */
import type { Failure } from '../../utils/errors.ts';
import type { Extension } from '../../utils/handover.ts';
import { type Box, panelBox } from './placing.ts';
import type { Surface } from './surface.ts';
import { viewSize } from './surroundings.ts';

/** How long the frame may take to load, and then to ask for its height, in ms. An error page loads too, but never asks. */
const LOAD_MS = 6_000;
const SIGN_OF_LIFE_MS = 3_000;
const FIRST_HEIGHT = 420;

/**
 * The origin that the frame's document has. With `use_dynamic_url` Chromium loads it by an address of this session but
 * commits it under the extension's id.
 */
export function frameOrigin(url: string, id: string): string {
  return url.startsWith('moz-') ? url.replace(/\/[a-z]+\.html$/, '') : `chrome-extension://${id}`;
}

export interface EditorPanel {
  /** The response that the editor is open for. */
  readonly key: string | null;
  /** Opens for a response; `answer` is where it is. Resolves once the frame works, with the failure where it does not. */
  open(key: string, token: string, answer: Box | null): Promise<Failure | null>;
  /** Height that the frame asks for, in CSS px; also its sign of life. */
  resize(height: number): void;
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

/** The element with the focus, in shadow roots too. */
export function focusedElement(rootOf: Extension['rootOf']): Element | null {
  let element = document.activeElement;
  for (let inner = element; inner; inner = rootOf(inner)?.activeElement ?? null) element = inner;
  return element;
}

export function createEditorPanel({ layer, root }: Surface, extension: Extension, signal: AbortSignal): EditorPanel {
  let panel: HTMLElement | null = null;
  let key: string | null = null;
  let answer: Box | null = null;
  let height = FIRST_HEIGHT;
  let before: Element | null = null;
  let settle: ((outcome: Failure | null) => void) | null = null;

  function arrange() {
    if (!panel) return;
    const box = panelBox(answer, viewSize(), height);
    panel.style.cssText = `left:${box.left}px;top:${box.top}px;width:${box.right - box.left}px;height:${box.bottom - box.top}px`;
  }

  function finish(outcome: Failure | null) {
    settle?.(outcome);
    settle = null;
  }

  function close() {
    finish(null);
    const hadFocus = panel?.contains(root.activeElement) ?? false;
    panel?.remove();
    panel = null;
    key = null;
    if (hadFocus && before instanceof HTMLElement) before.focus({ preventScroll: true });
  }

  signal.addEventListener('abort', close);
  return {
    get key() {
      return key;
    },
    open(forKey, token, place) {
      close();
      const box = document.createElement('div');
      const frame = document.createElement('iframe');
      const url = extension.url('/editor.html');
      const giveUp = () => {
        if (panel !== box || !settle) return;
        settle(cannotOpen);
        settle = null;
        close();
      };
      before = focusedElement(extension.rootOf);
      key = forKey;
      answer = place;
      height = FIRST_HEIGHT;
      panel = box;
      box.className = 'panel';
      box.dataset.state = 'opening';
      frame.title = 'Review editor';
      frame.allow = 'clipboard-write';
      frame.src = url;
      frame.addEventListener(
        'load',
        () => {
          frame.contentWindow?.postMessage({ countersign: 'claim', token }, frameOrigin(url, extension.id));
          frame.focus();
          setTimeout(giveUp, SIGN_OF_LIFE_MS);
          // A second document in this frame is not the one that was let in.
          frame.addEventListener('load', close);
        },
        { once: true },
      );
      arrange();
      box.append(frame);
      layer.append(box);
      setTimeout(giveUp, LOAD_MS);
      return new Promise((resolve) => {
        settle = resolve;
      });
    },
    resize(wanted) {
      height = Math.max(120, wanted);
      if (panel) panel.dataset.state = 'open';
      finish(null);
      arrange();
    },
    close,
    arrange,
  };
}
