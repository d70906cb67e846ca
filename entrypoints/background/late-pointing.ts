/** The menu and the keys that start outside of a page; what they do loads when one of them is used. */
import type { Browser } from '../../utils/browser.ts';
import { late } from '../../utils/late.ts';
import type { Pointing, What } from './pointing.ts';

/** Ids of the menu items and of the commands in the manifest. */
export const REVIEW_SELECTION = 'review-selection';
export const POINT = 'point-at-answer';

interface Parts {
  readonly contextMenus: Pick<Browser['contextMenus'], 'onClicked'>;
  readonly commands: Pick<Browser['commands'], 'onCommand'>;
  readonly tabs: Pick<Browser['tabs'], 'query'>;
  /** Runs work that nobody waits for. */
  readonly inBackground: (when: string, work: () => Promise<unknown>) => void;
  readonly load: () => Promise<Pointing>;
}

const whatOf = (id: unknown): What | null =>
  id === POINT ? 'pick' : id === REVIEW_SELECTION ? 'reviewSelection' : null;

/** Listens at once, so that a click which woke the background finds its listener. */
export function createLatePointing({
  contextMenus,
  commands,
  tabs,
  inBackground,
  load,
}: Parts): Omit<Pointing, 'begin'> {
  const pointing = late(load);
  contextMenus.onClicked.addListener(({ menuItemId, frameId }, tab) => {
    const what = whatOf(menuItemId);
    const tabId = tab?.id;
    if (what && tabId !== undefined) inBackground('a menu', async () => (await pointing()).begin(what, tabId, frameId));
  });
  commands.onCommand.addListener((command) => {
    const what = whatOf(command);
    if (!what) return;
    inBackground('a command', async () => {
      const [tab] = await tabs.query({ active: true, lastFocusedWindow: true });
      if (tab?.id !== undefined) await (await pointing()).begin(what, tab.id);
    });
  });
  return {
    install: async () => (await pointing()).install(),
    pick: async (tabId) => (await pointing()).pick(tabId),
  };
}
