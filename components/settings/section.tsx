import type { ComponentChildren } from 'preact';
import { type Outcome, SavedWords } from './saving.tsx';

interface SectionProps {
  readonly id: string;
  readonly title: string;
  readonly about?: ComponentChildren;
  /** How the last change of this part ended. */
  readonly outcome?: Outcome;
  readonly children: ComponentChildren;
}

/** A titled part of a settings page: what it is about on one side, its controls on the other. */
export function Section({ id, title, about, outcome = null, children }: SectionProps) {
  return (
    <section class="st-section" aria-labelledby={`${id}-title`}>
      <div class="st-section-about">
        <div class="st-section-head">
          <h2 id={`${id}-title`}>{title}</h2>
          <SavedWords outcome={outcome} />
        </div>
        {about !== undefined && <p class="quiet">{about}</p>}
      </div>
      <div class="st-section-body">{children}</div>
    </section>
  );
}
