/**
 * The frame of the picker: a document of the extension's own origin above the whole page. Pointer and keys go to it and
 * not to the page, so that nothing of the page is pressed by pointing, and no handler of the page can swallow a click.
 * The two ends talk through a channel that only they hold.
 */
import type { PickerCommand, PickerState, Place } from '../../components/picker/view.ts';
import type { Extension } from '../../utils/handover.ts';
import { focusedElement, frameOrigin } from '../../utils/page/frame.ts';
import { viewSize } from '../../utils/page/surroundings.ts';
import type { PickerParts } from '../../utils/parts.ts';

/** How long the frame may take to load, in ms. */
const LOAD_MS = 6_000;
const NOTICE_WIDTH = 460;

export interface PickFrame {
  show(state: PickerState): void;
  /** Only as high as a notice at the lower edge of the page, in CSS px; at first it is over all of the page. */
  shrink(height: number): void;
  /** Leaves these places to the page: the documents in them point for themselves. */
  leaveOut(places: readonly Place[]): void;
  /** Gives the focus back to the page. */
  release(): void;
  close(): void;
}

interface FrameParts {
  readonly surface: Pick<PickerParts['surface'], 'layer' | 'root'>;
  readonly extension: Extension;
  /** Takes the keyboard at once; a frame in a frame waits for the pointer. */
  readonly focus: boolean;
  readonly onCommand: (command: PickerCommand) => void;
  /** The frame did not load, or was taken away by the page. */
  readonly onLost: () => void;
}

/** The whole but for these places; they get the pointer as if the frame were not there. */
function holesIn(places: readonly Place[]): string {
  if (places.length === 0) return '';
  const { width, height } = viewSize();
  const box = (left: number, top: number, right: number, bottom: number) =>
    `M${left} ${top}H${right}V${bottom}H${left}Z`;
  const holes = places.map((place) => box(place.left, place.top, place.left + place.width, place.top + place.height));
  return `path(evenodd, "${box(0, 0, width, height)}${holes.join('')}")`;
}

export type OpenFrame = (parts: FrameParts) => PickFrame;

export const openPickFrame: OpenFrame = ({ surface, extension, focus, onCommand, onLost }) => {
  const frame = document.createElement('iframe');
  const channel = new MessageChannel();
  const url = extension.url('/picker.html');
  const before = focusedElement(extension.rootOf);
  let last: PickerState | null = null;
  let given = '';
  let holes = '';

  function release() {
    if (surface.root.activeElement !== frame) return;
    if (before instanceof HTMLElement && before !== document.body) before.focus({ preventScroll: true });
    else frame.blur();
  }

  const timer = setTimeout(onLost, LOAD_MS);
  frame.className = 'pick';
  frame.title = 'Point at an AI answer';
  frame.src = url;
  frame.addEventListener(
    'load',
    () => {
      clearTimeout(timer);
      frame.contentWindow?.postMessage({ countersign: 'pick' }, frameOrigin(url, extension.id), [channel.port2]);
      if (focus) frame.focus({ preventScroll: true });
      if (last) channel.port1.postMessage(last);
      // A second document in this frame is not the one that was let in.
      frame.addEventListener('load', onLost);
    },
    { once: true },
  );
  channel.port1.onmessage = ({ data }) => onCommand(data as PickerCommand);
  surface.layer.append(frame);

  return {
    show(state) {
      const next = JSON.stringify(state);
      if (next === given) return;
      given = next;
      last = state;
      channel.port1.postMessage(state);
    },
    shrink(tall) {
      const { width, height } = viewSize();
      const wide = Math.min(NOTICE_WIDTH, width - 16);
      const top = Math.max(0, height - tall - 16);
      frame.style.cssText = `left:${Math.round((width - wide) / 2)}px;top:${top}px;width:${wide}px;height:${tall}px`;
    },
    leaveOut(places) {
      const next = holesIn(places);
      if (next !== holes) frame.style.clipPath = next;
      holes = next;
    },
    release,
    close() {
      clearTimeout(timer);
      release();
      channel.port1.close();
      frame.remove();
    },
  };
};
