/** The toolbar button's badge: quiet unless something asks for the reviewer. */
import type { Browser } from '../../utils/browser.ts';
import { countAsking } from '../../utils/storage/asking.ts';
import type { CountersignDatabase } from '../../utils/storage/database.ts';
import { countDead } from '../../utils/storage/dead-count.ts';
import { lossOf } from '../../utils/storage/loss.ts';
import { shownSettings } from '../../utils/storage/shown-settings.ts';

/** What the badge says and why, in words for the tooltip. */
export interface Badge {
  readonly text: string;
  readonly color: string;
  readonly title: string;
}

type Action = Pick<Browser['action'], 'setBadgeText' | 'setTitle' | 'setBadgeBackgroundColor'>;

const NAME = 'Countersign';
// The tokens' attention, neutral and accent colors; a badge cannot read a style sheet.
const ALARM = '#b3261e';
const PAUSED = '#5f6673';
const ASKS = '#3f4fd1';

const plural = (n: number, one: string, more: string) => (n === 1 ? one : `${n} ${more}`);

/**
 * `!` for a database that was lost or destinations that wait for the user, a number for dead reviews, `II` while paused, else
 * how many answers ask for a review, or nothing. `now` in ms since 1970.
 */
export async function badgeOf(database: CountersignDatabase, now = Date.now()): Promise<Badge> {
  const { paused } = await shownSettings(database);
  const dead = await countDead(database);
  const stopped = (await database.destinations.toArray()).filter((row) => row.pausedBecause !== null).length;
  const lost = (await lossOf(database)) !== null;
  const asking = paused ? 0 : await countAsking(database, now);
  const reasons = [
    ...(lost ? ['the reviews that were here are gone'] : []),
    ...(stopped > 0 ? [`${plural(stopped, 'one destination', 'destinations')} paused`] : []),
    ...(dead > 0 ? [`${plural(dead, 'one review', 'reviews')} could not be delivered`] : []),
    ...(asking > 0 ? [asking === 1 ? 'one answer asks for a review' : `${asking} answers ask for a review`] : []),
    ...(paused ? ['paused everywhere'] : []),
  ];
  const alarm = stopped > 0 || lost ? '!' : dead > 0 ? String(Math.min(dead, 999)) : '';
  const text = alarm || (paused ? 'II' : asking > 0 ? String(Math.min(asking, 999)) : '');
  const color = alarm ? ALARM : paused ? PAUSED : ASKS;
  return { text, color, title: reasons.length === 0 ? NAME : `${NAME}: ${reasons.join(', ')}` };
}

/** Shows the badge as it should be now, in all tabs that have none of their own. */
export async function showBadge(action: Action, database: CountersignDatabase): Promise<void> {
  const { text, title, color } = await badgeOf(database);
  await action.setBadgeText({ text });
  await action.setTitle({ title });
  if (text !== '') await action.setBadgeBackgroundColor({ color });
}

/**
 * Shows in one tab what is wrong with its page as well; with null it shows what all tabs show. While everything is paused
 * no page is looked at. A tab that was closed meanwhile is no error.
 */
export async function showInTab(
  action: Action,
  database: CountersignDatabase,
  tabId: number,
  alarm: string | null,
): Promise<void> {
  const { text, title } = await badgeOf(database);
  const own = alarm !== null && text !== 'II';
  try {
    // Null takes the tab's own text and title away.
    await action.setBadgeText({ tabId, text: own ? '!' : (null as unknown as string) });
    await action.setTitle({
      tabId,
      title: own ? `${title}${title === NAME ? ': ' : ', '}${alarm}` : (null as unknown as string),
    });
    if (own) await action.setBadgeBackgroundColor({ tabId, color: ALARM });
  } catch {
    // Gone.
  }
}
