/**
 * How fast a reviewer judges, and whether that is worth a word: hasty against their own past, hasty against the time that
 * reading takes, or long at it without a pause. Everything is said with the numbers that it is concluded from.
 *
 * Sources. Reading: see `reading.ts`. Pauses: a short one each hour is better than a long one each second
 * hour; 5 to 10 minutes after 50 to 60 at a screen (Health and Safety Executive, "Work with display screen equipment",
 * L26). All other thresholds are this project's own, set so that the stories in the tests come out as told.
 */

/** One judgement, as the pace needs it. */
export interface Judged {
  /** When it was saved, in ms since 1970. */
  readonly at: number;
  /** Active time, in ms. */
  readonly spentMs: number;
  /** Of the answer, in UTF-16 code units. */
  readonly length: number;
  /** About how long reading the answer takes, in ms. */
  readonly readingMs: number;
  readonly verdict: 'approve' | 'correct' | 'reject' | 'unsure';
}

/** Median seconds per judgement with their number. */
export interface Median {
  readonly ms: number;
  readonly n: number;
}

export interface Pace {
  /** This session's judgements, oldest first: without a gap of half an hour. */
  readonly session: readonly Judged[];
  /** When it began, in ms since 1970; null where none is under way. */
  readonly since: number | null;
  readonly here: Median | null;
  /** Of all before this session. */
  readonly usual: Median | null;
  readonly nudge: Nudge | null;
}

/** Something worth a word, with the evidence for it in words. */
export interface Nudge {
  readonly kind: 'hasty' | 'unread' | 'long';
  readonly evidence: string;
  /** What one could do. */
  readonly advice: string;
}

/** After so long without a judgement a session is over, in ms. */
const SESSION_GAP_MS = 30 * 60_000;
/** After so long without one, it was a pause. */
const PAUSE_MS = 5 * 60_000;
/** So long without a pause is long. */
const LONG_MS = 50 * 60_000;
/** Judgements that are looked at together. */
const WINDOW = 8;
/** Judgements of answers about as long (half to twice) that a usual time is told from. */
const LEAST_ALIKE = 8;
/** Below this share of the usual time the window's median is hasty; and this many of the window must be below the other. */
const HASTY = 1 / 3;
const HASTY_EACH = 1 / 2;
const HASTY_MOST = 6;
/** An answer that takes so long to read is long, in ms; approved in less than this share of that it was hardly read. */
const LONG_READ_MS = 20_000;
const UNREAD = 1 / 5;
const UNREAD_LEAST = 4;

/** The middle one; null of none. */
export function medianOf(values: readonly number[]): number | null {
  if (values.length === 0) return null;
  const sorted = [...values].sort((one, other) => one - other);
  const middle = sorted.length >> 1;
  const upper = sorted[middle] as number;
  return sorted.length % 2 === 1 ? upper : ((sorted[middle - 1] as number) + upper) / 2;
}

function medianTime(judged: readonly Judged[]): Median | null {
  const ms = medianOf(judged.map(({ spentMs }) => spentMs));
  return ms === null ? null : { ms, n: judged.length };
}

const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0);

/** `4 s`, `1 min 5 s`. */
export function durationWords(ms: number): string {
  const seconds = ms < 950 ? Math.max(0.1, Math.round(ms / 100) / 10) : Math.round(ms / 1000);
  if (seconds < 60) return `${seconds} s`;
  const rest = seconds % 60;
  return rest === 0 ? `${(seconds - rest) / 60} min` : `${(seconds - rest) / 60} min ${rest} s`;
}

/** The time that this reviewer used to spend on answers about as long; null where there are too few. */
function usualFor(length: number, past: readonly Judged[]): Median | null {
  const alike = past.filter((one) => one.length >= length / 2 && one.length <= length * 2);
  return alike.length < LEAST_ALIKE ? null : medianTime(alike);
}

/** Time that passed over these judgements, since the one before them: nobody can have looked longer. */
const elapsed = (window: readonly Judged[], before: Judged) => (window.at(-1)?.at ?? 0) - before.at;

function hasty(window: readonly Judged[], before: Judged, past: readonly Judged[]): Nudge | null {
  const known = window.map((one) => ({ one, usual: usualFor(one.length, past) }));
  if (known.some(({ usual }) => usual === null)) return null;
  const shares = known.map(({ one, usual }) => one.spentMs / Math.max(1, (usual as Median).ms));
  const usualMs = medianOf(known.map(({ usual }) => (usual as Median).ms)) as number;
  const isHasty =
    (medianOf(shares) as number) < HASTY &&
    shares.filter((share) => share < HASTY_EACH).length >= HASTY_MOST &&
    // Whoever read all of it first, and then judged it in one go, was not hasty.
    elapsed(window, before) < usualMs * window.length * HASTY_EACH;
  if (!isHasty) return null;
  const each = medianOf(window.map(({ spentMs }) => spentMs)) as number;
  const n = Math.min(...known.map(({ usual }) => (usual as Median).n));
  return {
    kind: 'hasty',
    evidence: `The last ${window.length} took ${durationWords(each)} each; your usual is ${durationWords(usualMs)} for answers this long (from ${n} or more).`,
    advice: 'If they were easy, all is well. If not, look again at the last few.',
  };
}

function unread(window: readonly Judged[], before: Judged): Nudge | null {
  // A wrong answer can show by its first line; a right one has to be read.
  const long = window.filter((one) => one.verdict === 'approve' && one.readingMs >= LONG_READ_MS);
  const fast = long.filter((one) => one.spentMs < one.readingMs * UNREAD);
  const isUnread =
    fast.length >= UNREAD_LEAST &&
    fast.length * 2 > window.length &&
    elapsed(window, before) < sum(window.map((one) => one.readingMs)) * UNREAD;
  if (!isUnread) return null;
  const took = medianOf(fast.map(({ spentMs }) => spentMs)) as number;
  const reading = medianOf(fast.map((one) => one.readingMs)) as number;
  return {
    kind: 'unread',
    evidence: `${fast.length} of the last ${window.length} are approvals of long answers made in ${durationWords(took)} each; reading one takes about ${durationWords(reading)}.`,
    advice: 'If you know these answers, all is well. If not, look again at the last few.',
  };
}

function long(session: readonly Judged[], now: number): Nudge | null {
  let start = session.length - 1;
  const last = session[start];
  if (!last || now - last.at >= PAUSE_MS) return null;
  const began = (one: Judged) => one.at - one.spentMs;
  while (start > 0 && began(session[start] as Judged) - (session[start - 1] as Judged).at < PAUSE_MS) start -= 1;
  const since = now - began(session[start] as Judged);
  if (since < LONG_MS) return null;
  const count = session.length - start;
  return {
    kind: 'long',
    evidence: `You have judged for ${Math.floor(since / 60_000)} minutes without a pause of 5, ${count} answers.`,
    advice: 'Judgements get less sure when one is tired. A pause of 5 to 10 minutes an hour helps.',
  };
}

/**
 * The pace of these judgements (oldest first, of one reviewer) at `now`, in ms since 1970. `silent` are the kinds of nudges
 * that are not wanted now.
 */
export function paceOf(judged: readonly Judged[], now: number, silent: readonly Nudge['kind'][] = []): Pace {
  let start = judged.length;
  const follows = (at: number, next: number) => next - at < SESSION_GAP_MS;
  while (start > 0 && follows((judged[start - 1] as Judged).at, judged[start]?.at ?? now)) start -= 1;
  const [past, session] = [judged.slice(0, start), judged.slice(start)];
  const [first] = session;

  const window = session.slice(-WINDOW);
  // The first of a session may have been looked at since whenever: it only says where the clock begins.
  const before = session.at(-WINDOW - 1);
  const all = [
    ...(before && window.length === WINDOW ? [hasty(window, before, past), unread(window, before)] : []),
    long(session, now),
  ];
  return {
    session,
    since: first ? first.at - first.spentMs : null,
    here: medianTime(session),
    usual: medianTime(past),
    nudge: all.find((one) => one !== null && !silent.includes(one.kind)) ?? null,
  };
}
