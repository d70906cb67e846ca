import type { ComponentChildren } from 'preact';

interface EmptyProps {
  readonly title: string;
  readonly children?: ComponentChildren;
}

/** Nothing is here, and what to do about it. */
export function Empty({ title, children }: EmptyProps) {
  return (
    <div class="wb-empty">
      <h2>{title}</h2>
      {children}
    </div>
  );
}
