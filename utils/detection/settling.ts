/**
 * Whether a response has stopped growing: a vote of signals, because every single one was seen to lie. The verdict can be
 * revoked: when the text grows again, the vote is asked again.
 */

/** A stop button that stays without any growth for this long is stuck. In ms. */
export const busyWedge = 10_000;
/** A streaming mark of the message itself is trusted longer: tools and searches make pauses. In ms. */
export const streamingWedge = 30_000;

export interface Signals {
  /** The message's own mark that it grows is there. */
  readonly streaming: boolean;
  /** The mark was there once; that it is gone now is the fastest sign of all. */
  readonly streamed: boolean;
  /** The site's stop button is there, and this is the newest response. */
  readonly busy: boolean;
  /** What the site shows after a complete message is there. */
  readonly done: boolean;
  /** The site can say `streaming` or `busy`; without, `done` alone is not believed. */
  readonly flagged: boolean;
  /** How long ago the text last grew, in ms. */
  readonly stillMs: number;
  /** How long it must stand still where nothing native ends it, in ms. */
  readonly quietMs: number;
}

/** `again`: in how many ms to ask again if nothing happens before; null where only an event can change the answer. */
export type Verdict = { readonly settled: true } | { readonly settled: false; readonly again: number };

/** Counts the votes. */
export function vote(signals: Signals): Verdict {
  const { stillMs } = signals;
  const wedge = signals.streaming ? streamingWedge : signals.busy ? busyWedge : 0;
  if (wedge > 0) return stillMs >= wedge ? { settled: true } : { settled: false, again: wedge - stillMs };
  if (signals.streamed || (signals.done && signals.flagged)) return { settled: true };
  return stillMs >= signals.quietMs ? { settled: true } : { settled: false, again: signals.quietMs - stillMs };
}
