/** "This is an AI answer": the reviewer points at one, and what is alike on the page becomes reviewable. */
import type { Beginning, Picker, PickerParts } from '../../utils/parts.ts';
import { type OpenFrame, openPickFrame, type PickFrame } from './frame.ts';
import { framesAmong } from './frames.ts';
import { createPickSession, type PickSession } from './session.ts';

/** In CSS px. */
const NOTICE_HEIGHT = 56;

/** Frames of another make, for tests. */
interface Frames {
  readonly openFrame?: OpenFrame;
}

export function createPicker(parts: PickerParts & Frames): Picker {
  const { detector, call, surface, extension, signal, schemeAt, onBusy, onIncluded } = parts;
  const { openFrame = openPickFrame } = parts;
  let open: { readonly frame: PickFrame; readonly session: PickSession } | null = null;
  let shown = 0;
  let released = false;
  let origins: readonly string[] = [];

  function stop() {
    if (!open) return;
    const { frame, session } = open;
    open = null;
    cancelAnimationFrame(shown);
    session.end();
    frame.close();
    onBusy(false);
  }

  /** Keeps up with the page in every frame while it is open; what did not change is not sent. */
  function show() {
    if (!open) return;
    const { frame, session } = open;
    const view = session.view();
    frame.show({ view, theme: schemeAt(session.anchor()) });
    if (view.kind === 'kept') {
      frame.leaveOut([]);
      frame.shrink(NOTICE_HEIGHT);
      if (view.byPointer && !released) frame.release();
      released = true;
      onBusy(false);
    } else {
      frame.leaveOut(view.kind === 'pointing' ? framesAmong(origins, surface.host) : []);
      shown = requestAnimationFrame(show);
    }
  }

  function start(others: readonly string[], beginning?: Beginning) {
    stop();
    origins = others;
    const session = createPickSession(
      {
        ...{ detector, call, rootOf: extension.rootOf, overlay: surface.host },
        onChange() {
          cancelAnimationFrame(shown);
          show();
        },
        onIncluded,
        onTaken: () => void call('endPick', {}),
        onLeave() {
          stop();
          void call('endPick', {});
        },
      },
      beginning,
    );
    onBusy(true);
    released = false;
    const frame = openFrame({
      ...{ surface, extension, focus: !beginning?.kept && (window === window.top || document.hasFocus()) },
      onCommand: session.obey,
      onLost: stop,
    });
    open = { frame, session };
    show();
  }

  signal.addEventListener('abort', stop);
  return {
    get isOpen() {
      return open !== null;
    },
    start,
    giveWay: () => void (open?.session.isFresh() && stop()),
    stop,
  };
}
