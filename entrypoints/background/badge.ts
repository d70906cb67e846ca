/** The toolbar button's badge: quiet unless something asks for the reviewer. */
import type { Browser } from '../../utils/browser.ts';
import { counts } from '../../utils/storage/counters.ts';
import type { CountersignDatabase } from '../../utils/storage/database.ts';
import { readSettings } from '../../utils/storage/settings.ts';

/** What the badge says and why, in words for the tooltip. */
export interface Badge {
  readonly text: string;
  readonly title: string;
}

const plural = (n: number, one: string, more: string) => (n === 1 ? one : `${n} ${more}`);

/** `!` for destinations that wait for the user, a number for dead reviews, `II` while paused, else nothing. */
export async function badgeOf(database: CountersignDatabase): Promise<Badge> {
  const { settings } = await readSettings(database);
  const { dead } = await counts(database);
  const stopped = (await database.destinations.toArray()).filter((row) => row.pausedBecause !== null).length;
  const reasons = [
    ...(stopped > 0 ? [`${plural(stopped, 'one destination', 'destinations')} paused`] : []),
    ...(dead > 0 ? [`${plural(dead, 'one review', 'reviews')} could not be delivered`] : []),
    ...(settings.paused ? ['paused everywhere'] : []),
  ];
  const alarm = stopped > 0 ? '!' : dead > 0 ? String(Math.min(dead, 999)) : '';
  const text = alarm || (settings.paused ? 'II' : '');
  return { text, title: reasons.length === 0 ? 'Countersign' : `Countersign: ${reasons.join(', ')}` };
}

/** Shows the badge as it should be now. */
export async function showBadge(action: Browser['action'], database: CountersignDatabase): Promise<void> {
  const { text, title } = await badgeOf(database);
  await action.setBadgeText({ text });
  await action.setTitle({ title });
  // The tokens' attention and neutral colors; a badge cannot read a style sheet.
  if (text !== '') await action.setBadgeBackgroundColor({ color: text === 'II' ? '#5f6673' : '#b3261e' });
}
