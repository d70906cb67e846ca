/** Opens the queue beside the page: Chromium's side panel, Firefox's sidebar. Browsers allow it within a press only. */
import { ownChrome } from './runtime.ts';

/** Chromium's part, which the polyfill does not know. */
interface SidePanel {
  open(where: { readonly windowId: number }): Promise<void>;
}

/** Call it before anything is awaited: afterwards the press is over. False where the browser has no such place. */
export async function openSidePanel(windowId: number): Promise<boolean> {
  const own = ownChrome() as ReturnType<typeof ownChrome> & { readonly sidePanel?: SidePanel };
  if (own.sidePanel) await own.sidePanel.open({ windowId });
  else if (own.sidebarAction) await own.sidebarAction.open();
  else return false;
  return true;
}
