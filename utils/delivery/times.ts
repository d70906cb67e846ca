/** How long things may take in delivery, and times read by a clock that may have gone back since. */

/** How long an entry in flight belongs to its sender, in ms: three times the longest request. */
export const LEASE_MS = 60_000;
/** The longest delay of a whole destination, in ms; a time further ahead means that the clock went back. */
export const LONGEST_DELAY_MS = 86_400_000;
/** The longest delay of one entry, in ms: the longest backoff. */
export const LONGEST_WAIT_MS = 3_600_000;

/** A time that a delay of at most `longest` can have set, else `now`: the clock went back since. */
export const plausible = (time: number, now: number, longest: number) => (time > now + longest ? now : time);

/** When a destination may next be asked, by a clock that may have gone back since. */
export function askableAt(
  { notBefore, waitingSince }: { readonly notBefore: number; readonly waitingSince?: number },
  now: number,
): number {
  const wentBack = waitingSince !== undefined && now < waitingSince;
  return wentBack ? now : plausible(notBefore, now, LONGEST_DELAY_MS);
}
