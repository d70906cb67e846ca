/** Another conversation in the same document, as products without page loads show it. */
import { until } from '../../support/browser/poll.ts';
import type { Tab } from '../../support/browser/types.ts';
import { addressOf } from './site.ts';
import { turn } from './thread.ts';

/** Every conversation has an id of its own, and so have its messages. */
const idOf = (at: number) => `01234567-89ab-cdef-0123-${String(at).padStart(12, '0')}`;

/** Makes ready to show conversations of so many answers. `change` shows the next one and waits until the toolbar is at its last answer. */
export async function switching(tab: Tab, answers: number): Promise<{ change(): Promise<void> }> {
  const { page } = tab;
  // Asked for once: each world that is asked for keeps a connection of its own.
  const world = await tab.contentWorld();
  if (!world) throw new Error('No script of the extension runs in this page');
  let at = 0;
  return {
    async change() {
      at += 1;
      const id = idOf(at);
      const html = Array.from({ length: 2 * answers }, (_, index) =>
        turn(index).replace(/data-message-id="/, `$&${at}-`),
      ).join('');
      await page.evaluate(
        (content, url) => {
          history.pushState(null, '', url);
          const main = document.querySelector('main') as HTMLElement;
          main.innerHTML = content;
          main.scrollTop = main.scrollHeight;
        },
        html,
        new URL(`/c/${id}`, addressOf.roles).href,
      );
      const last = `${at}-a${2 * answers - 1}`;
      await until(`conversation ${at} was read`, () =>
        world.evaluate(
          (_, messageId) => {
            type World = { [key: symbol]: import('../../../utils/handover.ts').Handover };
            const { detector } = (globalThis as unknown as World)[Symbol.for('overlay')] ?? {};
            const newest = detector?.responses().at(-1);
            return newest?.messageId === messageId;
          },
          ...([last] as const),
        ),
      );
    },
  };
}
