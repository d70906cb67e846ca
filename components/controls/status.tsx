import type { IconNode } from 'lucide';
import type { ComponentChildren } from 'preact';
import { Icon } from './icon.tsx';

interface StatusProps {
  readonly tone?: 'quiet' | 'good' | 'bad' | 'warn';
  readonly icon?: IconNode;
  /** `alert` interrupts a screen reader: only for a failure of what the user just did. */
  readonly role?: 'status' | 'alert';
  readonly children: ComponentChildren;
}

/** A state in words, announced when it changes. */
export function Status({ tone = 'quiet', icon, role = 'status', children }: StatusProps) {
  return (
    <div class={`cs-status cs-status-${tone}`} role={role}>
      {icon && <Icon node={icon} />}
      <span>{children}</span>
    </div>
  );
}
