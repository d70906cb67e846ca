/** The ways to the queue from outside of a page. */
import { expect, it, vi } from 'vitest';
import { createQueuePanel, OPEN_QUEUE } from '../../../entrypoints/background/queue-panel.ts';

function given() {
  const listeners: Record<string, (...args: never[]) => void> = {};
  const event = (name: string) => ({
    addListener(listener: (...args: never[]) => void) {
      listeners[name] = listener;
    },
  });
  const create = vi.fn();
  const open = vi.fn(async () => true);
  const panel = createQueuePanel({
    contextMenus: { create, onClicked: event('menu') } as never,
    commands: { onCommand: event('command') } as never,
    open,
    inBackground: (_when, work) => void work(),
  });
  const fire = (name: string, ...args: unknown[]) => (listeners[name] as (...all: unknown[]) => void)(...args);
  return { panel, create, open, fire };
}

it('given the menu of the toolbar button or the key, when the queue is asked for, then it opens within that very press, beside that window', () => {
  const { panel, create, open, fire } = given();
  panel.install();
  expect(create).toHaveBeenCalledWith({ id: OPEN_QUEUE, title: 'Open the queue', contexts: ['action'] });
  fire('menu', { menuItemId: OPEN_QUEUE }, { windowId: 7 });
  fire('command', OPEN_QUEUE, { windowId: 8 });
  // Nothing was awaited: the browser takes the call for the user's.
  expect(open.mock.calls).toEqual([[7], [8]]);
});

it('given other commands, or no window, when they are run, then nothing opens', () => {
  const { open, fire } = given();
  fire('menu', { menuItemId: 'point-at-answer' }, { windowId: 7 });
  fire('command', 'review-selection', { windowId: 7 });
  fire('command', OPEN_QUEUE);
  expect(open).not.toHaveBeenCalled();
});
