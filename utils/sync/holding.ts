/** When delivery waits although something is due: in the reviewer's quiet hours, and on a connection that costs. */
import type { Settings } from '../storage/settings-shape.ts';

/** What a browser may tell of the connection (Network Information API; Firefox tells nothing). */
export interface Connection {
  readonly saveData?: boolean;
  readonly type?: string;
}

/** ms until the connection is looked at again; the alarm asks more often anyway. */
const LOOK_AGAIN_MS = 10 * 60_000;
const MINUTE = 60_000;

const minutesOf = (text: string) => Number(text.slice(0, 2)) * 60 + Number(text.slice(3, 5));

/** When the quiet hours that are going on now end, in ms since 1970, by the local clock; null outside of them. */
export function quietUntil(quietHours: Settings['quietHours'], now: number): number | null {
  if (quietHours === null) return null;
  const [from, until] = quietHours.split('-').map(minutesOf) as [number, number];
  const date = new Date(now);
  const minute = date.getHours() * 60 + date.getMinutes();
  const within = from <= until ? minute >= from && minute < until : minute >= from || minute < until;
  if (!within) return null;
  const end = new Date(now);
  end.setHours(Math.floor(until / 60), until % 60, 0, 0);
  if (end.getTime() <= now) end.setDate(end.getDate() + 1);
  // A clock that skips the hour in which they end, in spring, must not make them a day longer.
  return Math.min(end.getTime(), now + 24 * 60 * MINUTE);
}

/** Whether the browser says that the connection is paid by volume, or that the user wants to save data. */
export const isMetered = (connection: Connection | undefined): boolean =>
  connection?.saveData === true || connection?.type === 'cellular';

/** Until when nothing is sent, in ms since 1970; null where nothing holds delivery. */
export function heldUntil(
  { quietHours, holdOnMetered }: Pick<Settings, 'quietHours' | 'holdOnMetered'>,
  now: number,
  connection: Connection | undefined = (globalThis.navigator as { connection?: Connection } | undefined)?.connection,
): number | null {
  const quiet = quietUntil(quietHours, now);
  const metered = holdOnMetered && isMetered(connection) ? now + LOOK_AGAIN_MS : null;
  return quiet === null && metered === null ? null : Math.max(quiet ?? 0, metered ?? 0);
}
