import './guidelines.css';
import type { ComponentChildren } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import type { Entry } from './entries.ts';
import { EntryView } from './entry-view.tsx';

/** ms that pointer or keyboard focus rest on a control before its meaning shows: longer than a glance, shorter than doubt. */
export const DWELL_MS = 600;

interface AtControlsProps {
  readonly entries: readonly Entry[];
  /** Controls, each inside an element with `data-means` that names its entry. */
  readonly children: ComponentChildren;
}

const meansOf = (target: EventTarget | null) =>
  target instanceof Element ? (target.closest('[data-means]')?.getAttribute('data-means') ?? null) : null;

/**
 * Shows what a control means while the pointer or the keyboard focus rests on it. It stays while the pointer is on it,
 * and Escape takes it away (WCAG 2.2, 1.4.13).
 */
export function AtControls({ entries, children }: AtControlsProps) {
  const [shown, setShown] = useState<string | null>(null);
  const due = useRef<{ readonly of: string | null; readonly timer: ReturnType<typeof setTimeout> }>(undefined);
  useEffect(() => () => clearTimeout(due.current?.timer), []);
  const entry = entries.find(({ about }) => about !== null && about === shown);

  const turnTo = (of: string | null) => {
    if (due.current?.of === of) return;
    clearTimeout(due.current?.timer);
    due.current = { of, timer: setTimeout(() => setShown(of), of === null ? 150 : DWELL_MS) };
  };
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: listens for what its controls do
    <div
      class="gl-at"
      onPointerOver={(event) => !(event.target as Element).closest('.gl-card') && turnTo(meansOf(event.target))}
      onPointerLeave={() => turnTo(null)}
      onFocusIn={(event) => turnTo((event.target as Element).matches(':focus-visible') ? meansOf(event.target) : null)}
      onFocusOut={() => turnTo(null)}
      onInput={() => turnTo(null)}
      onKeyDown={(event) => {
        if (event.key !== 'Escape' || !entry) return;
        event.preventDefault();
        event.stopPropagation();
        setShown(null);
      }}
    >
      {children}
      {entry && (
        <div class="gl-card" role="tooltip">
          <EntryView entry={entry} />
        </div>
      )}
    </div>
  );
}
