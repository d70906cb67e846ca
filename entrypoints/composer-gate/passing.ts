/** Whether a message went out: the composer gave its text up, and the page shows it elsewhere. */

import { textOf } from './composers.ts';
import type { Draft } from './drafts.ts';

/** So much of a message tells it from others, without spaces, which pages change. */
const SNIPPET = 80;
/** How long after the composer was emptied the message is looked for, in ms, and how often. */
const LOOK_MS = 5_000;
export const LOOK_EVERY_MS = 400;
/** A person who took text away so lately has emptied the composer, in ms. */
const BY_HAND_MS = 1_500;

const bare = (text: string) => text.replace(/\s+/g, '');

/** How often the beginning of the text stands on the page outside of its composer. */
export function timesShown(text: string, { field }: Pick<Draft, 'field'>): number {
  const sought = bare(text).slice(0, SNIPPET);
  if (sought === '') return 0;
  const roots = new Set<Document | ShadowRoot>([document]);
  for (let node = field.getRootNode(); node instanceof ShadowRoot; node = node.host.getRootNode()) roots.add(node);
  const count = (root: ParentNode | Element) => bare(root.textContent ?? '').split(sought).length - 1;
  let times = document.body ? count(document.body) : 0;
  for (const root of roots)
    if (root instanceof ShadowRoot) times += bare(root.textContent ?? '').split(sought).length - 1;
  const own = 'value' in field ? 0 : field.isConnected ? count(field) : 0;
  return times - own;
}

/** The composer does not hold the text any more, and nobody has just taken it away. */
function wasEmptied(draft: Draft, text: string): boolean {
  const held = draft.field.isConnected ? textOf(draft.field) : '';
  if (bare(held).includes(bare(text).slice(0, SNIPPET))) return false;
  return performance.now() - draft.removedAt > BY_HAND_MS;
}

/** Watches one text until it was sent, or `until` says that it is of no interest any more. */
export function watchPassing(draft: Draft, text: string, isOver: () => boolean, onSent: () => void): () => void {
  const before = timesShown(text, draft);
  let emptiedAt: number | null = null;
  const timer = setInterval(() => {
    try {
      if (isOver()) return stop();
      if (emptiedAt === null && !wasEmptied(draft, text)) {
        // What was taken out by hand was not sent.
        const held = draft.field.isConnected ? textOf(draft.field) : '';
        if (held === '' && performance.now() - draft.removedAt <= BY_HAND_MS) stop();
        return;
      }
      emptiedAt ??= performance.now();
      if (timesShown(text, draft) > before) {
        stop();
        onSent();
      } else if (performance.now() - emptiedAt > LOOK_MS) stop();
    } catch {
      stop();
    }
  }, LOOK_EVERY_MS);
  const stop = () => clearInterval(timer);
  return stop;
}
