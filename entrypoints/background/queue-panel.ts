/** The ways to the queue that start outside of a page: a key, and the menu of the toolbar button. */
import type { Browser } from '../../utils/browser.ts';

/** Id of the command in the manifest and of the menu item. */
export const OPEN_QUEUE = 'open-queue';

interface QueuePanelParts {
  readonly contextMenus: Pick<Browser['contextMenus'], 'create' | 'onClicked'>;
  readonly commands: Pick<Browser['commands'], 'onCommand'>;
  /** Must be called within the event: browsers open a panel for nobody but the user. */
  readonly open: (windowId: number) => Promise<unknown>;
  readonly inBackground: (when: string, work: () => Promise<unknown>) => void;
}

export interface QueuePanel {
  /** Makes the menu item; call it when the menu was made anew. */
  install(): void;
}

/** Listens at once, so that a press which woke the background finds its listener. */
export function createQueuePanel({ contextMenus, commands, open, inBackground }: QueuePanelParts): QueuePanel {
  type Tab = { readonly windowId?: number | undefined } | undefined;
  const run = (when: string, tab: Tab) => {
    if (tab?.windowId !== undefined) inBackground(when, () => open(tab.windowId as number));
  };
  contextMenus.onClicked.addListener(({ menuItemId }, tab) => {
    if (menuItemId === OPEN_QUEUE) run('a menu', tab);
  });
  commands.onCommand.addListener((command: string, tab?: Tab) => {
    if (command === OPEN_QUEUE) run('a command', tab);
  });
  return {
    install() {
      contextMenus.create({ id: OPEN_QUEUE, title: 'Open the queue', contexts: ['action'] });
    },
  };
}
