import './disclosure.css';
import type { ComponentChildren } from 'preact';
import { useState } from 'preact/hooks';

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

/** Details of which nothing is made before they are opened for the first time: for the many that nobody opens. */
export function LateDisclosure({
  summary,
  onOpen,
  children,
}: Omit<DisclosureProps, 'open' | 'children'> & {
  readonly onOpen?: () => void;
  readonly children: () => ComponentChildren;
}) {
  const [wanted, setWanted] = useState(false);
  return (
    <details
      class="cs-disclosure"
      onToggle={(event) => {
        if (!event.currentTarget.open) return;
        setWanted(true);
        onOpen?.();
      }}
    >
      <summary>{summary}</summary>
      <div class="cs-disclosure-body">{wanted && children()}</div>
    </details>
  );
}
