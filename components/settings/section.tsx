import type { ComponentChildren } from 'preact';

interface SectionProps {
  readonly id: string;
  readonly title: string;
  readonly about?: ComponentChildren;
  readonly children: ComponentChildren;
}

/** A titled part of a settings page: what it is about on one side, its controls on the other. */
export function Section({ id, title, about, children }: SectionProps) {
  return (
    <section class="st-section" aria-labelledby={`${id}-title`}>
      <div class="st-section-about">
        <h2 id={`${id}-title`}>{title}</h2>
        {about !== undefined && <p class="quiet">{about}</p>}
      </div>
      <div class="st-section-body">{children}</div>
    </section>
  );
}
