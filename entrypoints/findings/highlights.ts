/**
 * Paints ranges with the CSS Custom Highlight API: no node of the page is changed. The registry belongs to the document, so the
 * page can read which of its own words are marked, and clear it; the names say how strongly, and nothing else. The
 * background brings the style, as a sheet of the user, which reaches into shadow roots too.
 */
import type { Severity } from '../../utils/review/schema.ts';

const names: Readonly<Record<Severity | 'point', string>> = {
  minor: 'marked-1',
  major: 'marked-2',
  critical: 'marked-3',
  point: 'marked-4',
};

export interface Painted {
  readonly kind: Severity | 'point';
  readonly ranges: readonly Range[];
}

const isKnown = () => typeof Highlight === 'function' && 'highlights' in CSS;

/** Paints these and nothing else; what the page cleared is there again. */
export function paint(all: readonly Painted[]): void {
  if (!isKnown()) return;
  for (const kind of Object.keys(names) as (keyof typeof names)[]) {
    const ranges = all.filter((one) => one.kind === kind).flatMap((one) => one.ranges);
    if (ranges.length === 0) {
      CSS.highlights.delete(names[kind]);
      continue;
    }
    const highlight = new Highlight(...ranges);
    highlight.priority = Object.keys(names).indexOf(kind);
    CSS.highlights.set(names[kind], highlight);
  }
}
