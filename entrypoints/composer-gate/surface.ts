/**
 * What the gate draws beside a composer: the frame in which a person decides, and short notes in words that the page may
 * read. One host in the top layer, there only while something shows.
 */
import tokens from '../../components/tokens.css?inline';
import { frameOrigin } from '../../utils/page/frame.ts';
import { viewSize } from '../../utils/page/surroundings.ts';
import { ownRuntime } from '../../utils/runtime.ts';
import sheet from './gate.css?inline';

const GAP = 8;
const LEAST_WIDTH = 340;
const MOST_WIDTH = 520;
const FIRST_HEIGHT = 150;
/** How long the frame may take to ask for its height, in ms. */
const SIGN_OF_LIFE_MS = 10_000;

/** One thing to press in a note. */
interface Press {
  readonly label: string;
  readonly key: string | null;
  readonly onPress: () => void;
}

export interface Note {
  readonly words: string;
  readonly tone?: 'warn' | undefined;
  readonly presses?: readonly Press[] | undefined;
}

export interface Surface {
  /** Opens the frame beside a field. `onLost`: it did not open, or the page took it away. */
  open(field: () => HTMLElement, token: string, theme: string, onLost: () => void): void;
  resize(height: number): void;
  close(): void;
  /** Whether the frame is where it was put. */
  isOpen(): boolean;
  /** Shows a note for so long, in ms; null takes it away. */
  say(note: Note | null, field: (() => HTMLElement) | null, theme: string, ms?: number): void;
  /** Whether the note is there and in the top layer: a press on it may count. */
  isSound(): boolean;
  end(): void;
}

const style = tokens.replace(/:host(?:\((.*?)\))?/g, '.g$1') + sheet;

export function createSurface(): Surface {
  const host = document.createElement('div');
  const root = host.attachShadow({ mode: 'closed' });
  const layer = document.createElement('div');
  const sheetElement = document.createElement('style');
  sheetElement.textContent = style;
  layer.className = 'g';
  root.append(sheetElement, layer);
  host.popover = 'manual';

  let panel: HTMLElement | null = null;
  let note: HTMLElement | null = null;
  let beside: (() => HTMLElement) | null = null;
  let height = FIRST_HEIGHT;
  let lost: () => void = () => {};
  let noteTimer: ReturnType<typeof setTimeout> | undefined;
  let drawn = 0;

  const isSound = () => host.isConnected && host.matches(':popover-open');

  function place(box: HTMLElement, tall: number, wide: number | null) {
    const { width, height: high } = viewSize();
    const field = beside?.();
    const at = field?.isConnected ? field.getBoundingClientRect() : new DOMRect(GAP, high - GAP, width, 0);
    const across = wide ?? box.offsetWidth;
    const left = Math.max(GAP, Math.min(at.left, width - across - GAP));
    const over = at.top - GAP - tall;
    const under = at.bottom + GAP;
    const top = over >= GAP ? over : under + tall <= high - GAP ? under : Math.max(GAP, high - tall - GAP);
    const css = `left:${Math.round(left)}px;top:${Math.round(top)}px${wide === null ? '' : `;width:${wide}px;height:${tall}px`}`;
    if (box.dataset.at !== css) box.style.cssText = css;
    box.dataset.at = css;
  }

  function arrange() {
    cancelAnimationFrame(drawn);
    if (!panel && !note) return;
    if (!isSound()) {
      // The page took it away: what was open is gone with its document.
      host.remove();
      [panel, note] = [null, null];
      layer.replaceChildren();
      const tell = lost;
      lost = () => {};
      return tell();
    }
    const wide = Math.min(MOST_WIDTH, Math.max(LEAST_WIDTH, beside?.().offsetWidth ?? 0), viewSize().width - 2 * GAP);
    if (panel) place(panel, Math.min(height, viewSize().height - 2 * GAP), wide);
    if (note) place(note, note.offsetHeight, null);
    drawn = requestAnimationFrame(arrange);
  }

  function show(theme: string) {
    if (theme === 'system') delete layer.dataset.theme;
    else layer.dataset.theme = theme;
    if (!host.isConnected) document.documentElement.append(host);
    for (const { name } of [...host.attributes]) if (name !== 'popover') host.removeAttribute(name);
    host.popover = 'manual';
    if (!host.matches(':popover-open')) host.showPopover();
  }

  function tidy() {
    if (!panel && !note) host.remove();
  }

  function close() {
    panel?.remove();
    panel = null;
    lost = () => {};
    tidy();
  }

  return {
    open(field, token, theme, onLost) {
      close();
      beside = field;
      height = FIRST_HEIGHT;
      const box = document.createElement('div');
      const frame = document.createElement('iframe');
      const url = ownRuntime().getURL('/editor.html');
      box.className = 'panel';
      box.dataset.state = 'opening';
      frame.title = 'This draft waits for your approval';
      frame.src = url;
      frame.addEventListener(
        'load',
        () => {
          const message = { countersign: 'claim', token, gate: true };
          frame.contentWindow?.postMessage(message, frameOrigin(url, ownRuntime().id));
          frame.focus({ preventScroll: true });
          // A second document in this frame is not the one that was let in.
          frame.addEventListener('load', () => {
            if (panel !== box) return;
            close();
            onLost();
          });
        },
        { once: true },
      );
      box.append(frame);
      panel = box;
      lost = onLost;
      layer.append(box);
      show(theme);
      arrange();
      setTimeout(() => {
        if (panel !== box || box.dataset.state !== 'opening') return;
        close();
        onLost();
      }, SIGN_OF_LIFE_MS);
    },
    resize(wanted) {
      height = Math.max(80, wanted);
      if (panel) panel.dataset.state = 'open';
      arrange();
    },
    close,
    isOpen: () => panel !== null && isSound(),
    say(next, field, theme, ms = 8_000) {
      clearTimeout(noteTimer);
      note?.remove();
      note = null;
      if (!next) return tidy();
      if (field) beside = field;
      const box = document.createElement('div');
      const words = document.createElement('p');
      box.className = 'note';
      box.setAttribute('role', 'status');
      if (next.tone) box.dataset.tone = next.tone;
      words.textContent = next.words;
      box.append(words);
      const keys = document.createElement('div');
      keys.className = 'keys';
      for (const { label, key, onPress } of next.presses ?? []) {
        const button = document.createElement('button');
        button.type = 'button';
        if (key !== null) {
          const cap = document.createElement('span');
          cap.className = 'key';
          cap.textContent = key;
          button.append(cap);
        }
        button.append(label);
        // Only a person presses it, and only where it can be seen.
        button.addEventListener('click', (event) => event.isTrusted && isSound() && onPress());
        keys.append(button);
      }
      if (keys.childElementCount > 0) box.append(keys);
      note = box;
      layer.append(box);
      show(theme);
      arrange();
      const end = () => {
        if (box.matches(':hover')) noteTimer = setTimeout(end, 1_000);
        else if (note === box) {
          box.remove();
          note = null;
          tidy();
        }
      };
      noteTimer = setTimeout(end, ms);
    },
    isSound,
    end() {
      clearTimeout(noteTimer);
      cancelAnimationFrame(drawn);
      host.remove();
    },
  };
}
