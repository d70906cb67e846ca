/** Reads what depends on the browser's permissions now and after each change of them. */
import type { Browser } from '../../../utils/browser.ts';

/** Calls `read` at once and whenever a permission comes or goes, until `stop` aborts. `read` must not reject. */
export function followPermissions(
  permissions: Browser['permissions'],
  read: () => Promise<void>,
  stop: AbortSignal,
): void {
  const follow = () => void read();
  permissions.onAdded.addListener(follow);
  permissions.onRemoved.addListener(follow);
  stop.addEventListener('abort', () => {
    permissions.onAdded.removeListener(follow);
    permissions.onRemoved.removeListener(follow);
  });
  follow();
}
