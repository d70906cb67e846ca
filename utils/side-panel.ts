/** Opens the queue beside the page: Chromium's side panel, Firefox's sidebar. Browsers allow it within a press only. */
import { browser } from './browser.ts';

/** Chromium's part, which the polyfill does not know. */
interface SidePanel {
  open(where: { readonly windowId: number }): Promise<void>;
}

const sidePanel = () => (globalThis as { chrome?: { sidePanel?: SidePanel } }).chrome?.sidePanel;

/** Call it before anything is awaited: afterwards the press is over. False where the browser has no such place. */
export async function openSidePanel(windowId: number): Promise<boolean> {
  const panel = sidePanel();
  if (panel) await panel.open({ windowId });
  else if (browser.sidebarAction) await browser.sidebarAction.open();
  else return false;
  return true;
}
