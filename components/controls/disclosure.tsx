import './disclosure.css';
import type { ComponentChildren } from 'preact';

interface DisclosureProps {
  readonly summary: ComponentChildren;
  readonly open?: boolean;
  readonly children: ComponentChildren;
}

/** Details that open on demand. */
export function Disclosure({ summary, open = false, children }: DisclosureProps) {
  return (
    <details class="cs-disclosure" open={open}>
      <summary>{summary}</summary>
      <div class="cs-disclosure-body">{children}</div>
    </details>
  );
}
