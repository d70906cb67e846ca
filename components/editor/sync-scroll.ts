/** Texts side by side that scroll together, each as far along as the one that is scrolled. */

const scrollers = '.cmp-text, .rv-diff';
/** Scrolled by us a moment ago: the event that follows is no wish of the reader's. */
const led = new WeakSet<Element>();

/** Lets the other texts in `grid` follow `source`. Call it at the scroll events of the grid, captured. */
export function syncScroll(grid: Element | null, source: EventTarget | null): void {
  if (!grid || !(source instanceof Element) || !source.matches(scrollers)) return;
  if (led.delete(source)) return;
  const way = source.scrollHeight - source.clientHeight;
  const along = way > 0 ? source.scrollTop / way : 0;
  for (const other of grid.querySelectorAll(scrollers)) {
    if (other === source) continue;
    const to = Math.round(along * (other.scrollHeight - other.clientHeight));
    if (Math.abs(other.scrollTop - to) < 1) continue;
    led.add(other);
    other.scrollTop = to;
  }
}
