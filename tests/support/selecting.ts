/** Selects words with the mouse, as a reader does. */
import { until } from './browser/poll.ts';
import type { Surface, Tab } from './browser/types.ts';

/** A line of words in the tab's viewport, in CSS px. */
export interface Line {
  readonly left: number;
  readonly right: number;
  /** Its middle. */
  readonly y: number;
}

/**
 * Where words stand now, open shadow roots first, in elements that match `within`; null where nobody shows them. What
 * stands in no single text node is not found.
 */
export async function placeOf(surface: Surface, words: string, within = ':not(script, style)'): Promise<Line | null> {
  const line = await surface.evaluate(
    (root, wanted, scope) => {
      const open = Array.from(root.querySelectorAll('*'), (each) => each.shadowRoot).filter((each) => each !== null);
      for (const tree of [root, ...open].reverse()) {
        const walker = document.createTreeWalker(tree, NodeFilter.SHOW_TEXT);
        while (walker.nextNode()) {
          const node = walker.currentNode as Text;
          const at = node.data.indexOf(wanted);
          if (at < 0 || !node.parentElement?.closest(scope) || node.parentElement.closest('script, style')) continue;
          const range = document.createRange();
          range.setStart(node, at);
          range.setEnd(node, at + wanted.length);
          const { left, right, top, height } = range.getBoundingClientRect();
          if (height > 0) return { left, right, y: top + height / 2 };
        }
      }
      return null;
    },
    words,
    within,
  );
  if (!line) return null;
  const { x, y } = await surface.offset();
  return { left: line.left + x, right: line.right + x, y: line.y + y };
}

const isSame = (one: Line | null, other: Line | null) => JSON.stringify(one) === JSON.stringify(other);

/**
 * Drags the mouse over the words that `find` finds, from the first to the last. They may move while the mouse is on its way,
 * as where a frame has just grown: then what was dragged over is something else, and a person, who sees that, lets go and drags again,
 * after `clear`. What the extension makes of words that stood still is not looked at here.
 */
export async function dragOver(
  tab: Tab,
  find: () => Promise<Line | null>,
  clear: () => Promise<void> = async () => {},
): Promise<void> {
  const { mouse } = tab.page;
  await until('the words stand still while the mouse goes over them', async () => {
    const line = await find();
    if (!line || !isSame(line, await find())) return false;
    await clear();
    await mouse.move(line.left + 1, line.y);
    await mouse.down();
    await mouse.move(line.right - 4, line.y, { steps: 4 });
    await mouse.move(line.right - 1, line.y);
    const stood = isSame(line, await find());
    await mouse.up();
    return stood;
  });
}
