import './guidelines.css';
import type { ComponentChildren } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import { Lazy, partOf } from '../controls/lazy.tsx';
import type { Entry } from './entries.ts';

const view = partOf<{ readonly entry: Entry }>(() => import('./entry-view.tsx').then((module) => module.EntryView));

/** ms that pointer or keyboard focus rest on a control before its meaning shows: longer than a glance, shorter than doubt. */
const DWELL_MS = 700;
/** ms in which the pointer can move from the control onto the card. */
const LEAVE_MS = 150;
/** CSS px that the card may need below its control. */
const ROOM = 240;

interface AtControlsProps {
  readonly entries: readonly Entry[];
  /** Controls, each inside an element with `data-means` that names its entry. */
  readonly children: ComponentChildren;
}

/** Which entry is shown, and where: CSS px from the top, or from the bottom, of what holds the controls. */
interface Shown {
  readonly means: string;
  readonly style: { readonly top: string } | { readonly bottom: string };
}

/** Below the control, above it where the window ends too soon. Nothing else moves for it. */
function placeAt(control: Element, holder: Element): Shown['style'] {
  const [at, box] = [control.getBoundingClientRect(), holder.getBoundingClientRect()];
  const isLow = at.bottom + ROOM > innerHeight && at.top > ROOM;
  return isLow ? { bottom: `${box.bottom - at.top + 4}px` } : { top: `${at.bottom - box.top + 4}px` };
}

/**
 * Shows what a control means while the pointer or the keyboard focus rests on it. It stays while the pointer is on it,
 * and Escape takes it away (WCAG 2.2, 1.4.13).
 */
export function AtControls({ entries, children }: AtControlsProps) {
  const holder = useRef<HTMLDivElement>(null);
  const [shown, setShown] = useState<Shown | null>(null);
  const due = useRef<{ readonly control: Element | null; readonly timer: ReturnType<typeof setTimeout> }>(undefined);
  useEffect(() => () => clearTimeout(due.current?.timer), []);
  const entry = entries.find(({ about }) => about !== null && about === shown?.means);

  const show = (control: Element | null) => {
    const means = control?.getAttribute('data-means');
    setShown(control && means && holder.current ? { means, style: placeAt(control, holder.current) } : null);
  };
  const turnTo = (target: Element | null) => {
    if (target?.closest('.gl-card')) return turnTo(due.current?.control ?? null);
    const control = target?.closest('[data-means]') ?? null;
    if (due.current?.control === control) return;
    clearTimeout(due.current?.timer);
    due.current = { control, timer: setTimeout(() => show(control), control ? DWELL_MS : LEAVE_MS) };
    if (control) view.load();
    // What another control means is not in the way while this one is used.
    if (control) setShown(null);
  };
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: listens for what its controls do
    <div
      ref={holder}
      class="gl-at"
      onPointerOver={(event) => turnTo(event.target as Element)}
      onPointerLeave={() => turnTo(null)}
      onPointerDown={(event) => {
        if ((event.target as Element).closest('.gl-card')) return;
        // Whoever uses a control knows what it means: nothing comes up before the pointer returns to it.
        clearTimeout(due.current?.timer);
        setShown(null);
      }}
      onFocusIn={(event) => {
        const target = event.target as Element;
        turnTo(target.matches(':focus-visible') && !target.matches('textarea, input') ? target : null);
      }}
      onFocusOut={() => turnTo(null)}
      onKeyDown={(event) => {
        if (event.key !== 'Escape' || !entry) return;
        event.preventDefault();
        event.stopPropagation();
        setShown(null);
      }}
    >
      {children}
      {/* Never empty: it comes with what it says. */}
      {entry && shown && view.state.value.view && (
        <div class="gl-card" role="tooltip" style={shown.style}>
          <Lazy part={view} props={{ entry }} />
        </div>
      )}
    </div>
  );
}
