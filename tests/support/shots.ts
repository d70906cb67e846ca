/** Screenshots for somebody to look at: only where COUNTERSIGN_SHOTS names a folder for them. */
import { join } from 'node:path';
import type { Tab } from './browser/types.ts';

/** Takes a picture of the tab as it stands. */
export async function shot(tab: Tab, name: string): Promise<void> {
  const folder = process.env.COUNTERSIGN_SHOTS;
  if (folder) await tab.page.screenshot({ path: join(folder, `${name}.png`) as `${string}.png` });
}
