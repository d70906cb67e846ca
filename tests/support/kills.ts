/**
 * Kills a real browser with SIGKILL at random moments of saving and sending, again and again on one profile on the disk,
 * and then counts: what was said to be saved, what is stored, and what a real collector behind a slow line has.
 */
import { existsSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { uuidv7 } from '../../utils/review/ids.ts';
import type { ReviewDraft } from '../../utils/review/schema.ts';
import type { RevisionRow } from '../../utils/storage/database.ts';
import { type ChatServer, chatPage, startChats } from '../fixtures/chats/server.ts';
import { until } from './browser/poll.ts';
import { startSession } from './browser/session.ts';
import type { BrowserName, Session } from './browser/types.ts';
import { overlayOf } from './browser/ui.ts';
import { openChat } from './chat.ts';
import { Inside } from './extension.ts';
import { sessionOptions } from './given.ts';
import { approveOrder } from './judge.ts';
import { type Relay, startRelay } from './relay.ts';
import { startTeam, type Team } from './team.ts';

export interface KillOptions {
  readonly browser: BrowserName;
  readonly times: number;
  /** Begins the series of random moments; the same number draws the same series. */
  readonly seed: number;
  /** Told after each kill. */
  readonly log?: (line: string) => void;
}

export interface KillFigures {
  readonly kills: number;
  /** Kills while a save was asked for and not answered. */
  readonly whileSaving: number;
  /** Kills while a batch was on its way, and while one was stored but not acknowledged. */
  readonly whileSending: number;
  readonly whileUnacknowledged: number;
  /** Judgements that the page had shown as saved, and revisions whose save had been answered. */
  readonly shown: number;
  readonly answered: number;
  /** Revisions in the browser's database at the end; more than were answered, where a kill came before the answer. */
  readonly stored: number;
  /** Events that the collector has; `sent` counts them as often as they came. */
  readonly received: number;
  readonly sent: number;
  /** What must not be, in words; empty where nothing was lost and nothing doubled. */
  readonly wrong: readonly string[];
}

/** ms: the lease of a killed browser runs out by itself (`LEASE_MS`), and what waits is then sent over the slow line. */
const DELIVERED_WITHIN = 300_000;
/** ms that a request is held back, at most, before and again after it is stored. */
const SLOW_MS = 800;
/** ms: a kill comes at some moment before. */
const LONGEST_LIFE = 7_000;

/** Mulberry32: a small generator of numbers in [0, 1) that can be seeded. */
export function seeded(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

/** What was said to be saved, as somebody outside of the browser heard it. */
class Promised {
  /** Texts of the answers whose judgement the page showed as saved. */
  readonly shown: string[] = [];
  /** Comment by idempotency key, of every save that was answered. */
  readonly answered = new Map<string, string>();
  /** Saves that are asked for and not answered. */
  asked = 0;
}

/** A conversation of its own, with one answer that nobody has judged. */
function serveAnswer(chats: ChatServer, round: number): { readonly conversation: string; readonly text: string } {
  const conversation = `kill-${round}`;
  const text = `Order ${5000 + round} will be with you by Thursday.`;
  const messages = JSON.stringify(
    JSON.stringify([
      { role: 'user', text: `When will my order ${5000 + round} arrive?` },
      { role: 'ai', text },
    ]),
  );
  const head = `<script>localStorage.setItem('chat:deep-chat:${conversation}', ${messages})</script>`;
  chats.serve(`/deep-chat/c/${conversation}`, { html: chatPage('deep-chat', head) });
  return { conversation, text };
}

/** Judges one answer on its page, then saves one revision of it after another, until the browser is gone. */
async function saveUntilKilled(
  session: Session,
  inside: Inside,
  chats: ChatServer,
  round: number,
  promised: Promised,
  random: () => number,
): Promise<void> {
  const { conversation, text } = serveAnswer(chats, round);
  const chat = await openChat(session, chats, 'deep-chat', conversation);
  promised.asked += 1;
  await approveOrder({ chat, tab: chat.tab, toolbar: overlayOf(chat.tab) });
  promised.asked -= 1;
  promised.shown.push(text);
  const { revisions } = await inside.stored();
  const first = revisions.find(({ review }) => review.snapshot.text.includes(text))?.review;
  if (!first) throw new Error(`The page says that it saved its judgement of "${text}", and it is not stored`);
  for (let revision = first.revision; ; revision += 1) {
    const comment = `round ${round}, save ${revision}`;
    const draft: ReviewDraft = {
      id: first.id,
      basedOn: revision,
      saveId: uuidv7(),
      responseKey: first.responseKey,
      snapshot: first.snapshot,
      judgement: { ...first.judgement, comment },
      surface: 'workbench',
      visibility: first.visibility,
      spentMs: 10,
    };
    promised.asked += 1;
    const { mark } = await inside.call('saveReview', draft);
    promised.asked -= 1;
    promised.answered.set(`${mark.reviewId}:${mark.revision}`, comment);
    await pause(random() * 80);
  }
}

/** A random moment: of saving, or after a batch has come in at the endpoint. */
async function randomMoment(relay: Relay, random: () => number): Promise<void> {
  const longest = pause(random() * LONGEST_LIFE);
  if (random() < 0.5) return void (await longest);
  await Promise.race([relay.nextBatch(), pause(LONGEST_LIFE)]);
  await pause(random() * SLOW_MS * 2);
}

/** What was said to be saved and is not there, in words. */
function lostOf(promised: Promised, rows: readonly RevisionRow[]): string[] {
  const lost: string[] = [];
  const stored = new Map(rows.map((row) => [row.key, row.review]));
  const texts = [...new Set(rows.map(({ review }) => review.snapshot.text))];
  for (const text of promised.shown) {
    if (!texts.some((each) => each.includes(text))) lost.push(`shown as saved, and lost: ${text}`);
  }
  for (const [key, comment] of promised.answered) {
    if (stored.get(key)?.judgement.comment !== comment) lost.push(`answered as saved, and lost: ${key}`);
  }
  return lost;
}

/** What of all this is not as it must be, in words. */
function faults(
  promised: Promised,
  rows: readonly RevisionRow[],
  events: Awaited<ReturnType<Team['export']>>,
): string[] {
  const wrong = lostOf(promised, rows);
  const stored = new Map(rows.map((row) => [row.key, row.review]));
  const received = new Map<string, number>();
  for (const { event } of events) {
    received.set(event.id, (received.get(event.id) ?? 0) + 1);
    const review = stored.get(event.id);
    if (!review) wrong.push(`received, and not stored: ${event.id}`);
    else if (JSON.stringify(sorted(event.data)) !== JSON.stringify(sorted(review)))
      wrong.push(`received otherwise than it is stored: ${event.id}`);
  }
  for (const key of stored.keys()) {
    const times = received.get(key) ?? 0;
    if (times !== 1) wrong.push(`stored, and received ${times} times: ${key}`);
  }
  return wrong;
}

/** The same value with the keys of every object in order. */
function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (value === null || typeof value !== 'object') return value;
  return Object.fromEntries(
    Object.entries(value)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, each]) => [key, sorted(each)]),
  );
}

/** Kills a browser so many times, then lets it live until all is delivered, and counts. */
export async function killAgainAndAgain({ browser, times, seed, log = () => {} }: KillOptions): Promise<KillFigures> {
  const random = seeded(seed);
  const promised = new Promised();
  const team = await startTeam();
  const chats = await startChats();
  const relay = await startRelay(team.endpoint, SLOW_MS, random);
  // Not named like other profiles of tests, which somebody may clear away while this runs for a quarter of an hour.
  const profile = await mkdtemp(join(tmpdir(), 'countersign-kills-'));
  const canary = join(profile, 'canary');
  await writeFile(canary, 'If this is gone, somebody removed the profile, and not the browser.');
  let session: Session | null = null;
  let kept: string | null = null;
  let [whileSaving, whileSending, whileUnacknowledged] = [0, 0, 0];
  try {
    for (let round = 0; round < times; round += 1) {
      session = await startSession(browser, sessionOptions(browser, profile));
      const inside = await Inside.open(session);
      if (round === 0) await inside.deliverTo({ url: relay.url, token: team.token, sends: 'text' });
      promised.asked = 0;
      const lost = lostOf(promised, (await inside.stored()).revisions);
      if (!existsSync(canary)) throw new Error(`Somebody removed the profile ${profile} during the run`);
      if (lost.length > 0) {
        kept = profile;
        throw new Error(`Lost after kill ${round} (the profile is kept in ${profile}):\n${lost.join('\n')}`);
      }
      let broken: unknown = null;
      const saving = saveUntilKilled(session, inside, chats, round, promised, random).catch((error: unknown) => {
        broken = error;
      });
      // Before the first save there is nothing to lose, and a busy machine takes its time to come there.
      if (round === 0) await until('something is saved', () => promised.shown.length > 0 || broken !== null);
      await randomMoment(relay, random);
      if (broken !== null) throw new Error(`Round ${round} went wrong before the kill`, { cause: broken });
      const { received, stored } = relay.underWay();
      whileSaving += promised.asked > 0 ? 1 : 0;
      whileSending += received > 0 ? 1 : 0;
      whileUnacknowledged += stored > 0 ? 1 : 0;
      await session.kill();
      await Promise.race([saving, session.ended.then(() => pause(1_000))]);
      log(
        `${browser} kill ${round + 1} of ${times}: ${promised.shown.length} shown, ${promised.answered.size} answered, ` +
          `${relay.events} events sent`,
      );
    }
    session = await startSession(browser, sessionOptions(browser, profile));
    const inside = await Inside.open(session);
    const { revisions } = await until(
      'all is delivered',
      async () => {
        await inside.call('deliverNow', {});
        const stored = await inside.stored();
        return stored.outbox.length === 0 && stored;
      },
      { timeoutMs: DELIVERED_WITHIN, everyMs: 2_000 },
    );
    const events = await team.export();
    return {
      kills: times,
      ...{ whileSaving, whileSending, whileUnacknowledged },
      shown: promised.shown.length,
      answered: promised.answered.size,
      stored: revisions.length,
      received: events.length,
      sent: relay.events,
      wrong: faults(promised, revisions, events),
    };
  } finally {
    await session?.close().catch(() => {});
    await Promise.all([relay.close(), chats.close()]);
    await team.remove();
    if (kept === null) await rm(profile, { recursive: true, force: true, maxRetries: 10, retryDelay: 200 });
  }
}
