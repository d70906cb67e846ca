/** Taking everything back: afterwards the extension is as it was when it was installed. */
import type { Browser } from '../../utils/browser.ts';
import { report } from '../../utils/errors.ts';
import { webPatterns } from '../../utils/messaging/site-pattern.ts';
import type { CountersignDatabase } from '../../utils/storage/database.ts';
import { forgetNote, noticeLoss } from '../../utils/storage/loss.ts';
import { removeAll } from '../../utils/storage/remove-all.ts';
import type { Room } from './room.ts';

interface RemovingParts extends Pick<Room, 'pushes' | 'sites' | 'showBadge' | 'now'> {
  readonly browser: Pick<Browser, 'storage' | 'alarms' | 'permissions'>;
  readonly database: CountersignDatabase;
}

/** Takes back what the user has permitted: all sites and, in Firefox, that data is sent. */
async function giveUpPermissions({ permissions }: Pick<Browser, 'permissions'>): Promise<void> {
  const all = (await permissions.getAll()) as { origins?: string[]; data_collection?: string[] };
  const origins = webPatterns(all.origins);
  const { data_collection = [] } = all;
  if (origins.length > 0) await permissions.remove({ origins });
  if (data_collection.length > 0) await permissions.remove({ data_collection } as object);
}

/**
 * Stops in all documents, empties database, session and notes, clears the alarms and gives the permissions back, with which
 * the registered scripts go. What a browser keeps of deleted data on the disk is out of its reach.
 */
export async function removeEverything(parts: RemovingParts): Promise<void> {
  const { browser, database, pushes, sites, showBadge, now } = parts;
  const { storage, alarms } = browser;
  await forgetNote(storage.local);
  // While there is permission to find them.
  await pushes.toAll({ push: 'stop' });
  await removeAll(database);
  await Promise.all([storage.session.clear(), storage.local.clear(), alarms.clearAll()]);
  // A browser that keeps a permission back, as a policy can make it, leaves it on: then that is how it was installed.
  await giveUpPermissions(browser).catch((thrown: unknown) => report(thrown, 'giving permissions back'));
  await sites.reconcile();
  await noticeLoss(database, storage.local, now());
  await showBadge();
}
