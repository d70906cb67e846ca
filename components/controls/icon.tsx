import type { IconNode } from 'lucide';
import { h } from 'preact';

interface IconProps {
  /** A node of the lucide set: `import { Check } from 'lucide'`. */
  readonly node: IconNode;
  /** In CSS px. */
  readonly size?: number;
}

/** A decorative icon in the color of its text; the word beside it, or the label of its button, says what it means. */
export function Icon({ node, size = 16 }: IconProps) {
  return (
    <svg
      class="cs-icon"
      width={size}
      height={size}
      viewBox="0 0 24 24"
      fill="none"
      stroke="currentColor"
      stroke-width="2"
      stroke-linecap="round"
      stroke-linejoin="round"
      aria-hidden="true"
    >
      {node.map(([tag, attributes], index) => h(tag, { ...attributes, key: index }))}
    </svg>
  );
}
