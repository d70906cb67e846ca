/** Tells the background of settled responses, a few at a time while the page is idle, to learn which of them ask for a review. */
import type { Detector, Response } from '../../utils/detection/types.ts';
import type { Call } from '../../utils/messaging/client.ts';
import type { ContentCalls, PageState } from '../../utils/messaging/contract.ts';
import type { Book } from './book.ts';

/** In one call; the background takes 20. */
const AT_ONCE = 20;
/** Characters of an answer, of what was said before it, and of a turn of the user's. */
const TEXT = 100_000;
const BEFORE = 6_000;
const TURN = 4_000;
/** Characters in one call, about. */
const CALL = 300_000;
/** How many earlier answers are told with one. */
const EARLIER = 2;
/** How many of the newest answers of a page are looked at. */
const NEWEST = 200;
/** Answers of which it is remembered what was told. */
const REMEMBERED = 2_000;
/** Silence before the first look, and how long one may take, in ms. */
const QUIET_MS = 300;
const SLICE_MS = 8;

type Told = Parameters<ContentCalls['triage']>[0]['answers'][number];

interface Read {
  /** Tells this text from others, as far as that matters here. */
  readonly hash: number;
  readonly text: string;
  readonly prompt: string | null;
}

interface TriageParts {
  readonly detector: Detector;
  readonly book: Book;
  readonly call: Call<ContentCalls>;
  readonly page: () => Pick<PageState, 'promptLimit'>;
  readonly signal: AbortSignal;
  /** Answers ask for a review, or no longer. */
  readonly onChange: () => void;
}

/** FNV-1a. */
function hashOf(text: string): number {
  let hash = 0x811c9dc5;
  for (let at = 0; at < text.length; at += 1) hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193);
  return hash >>> 0;
}

/** A function that plans a look; called whenever something changed, it costs nothing where nothing did. */
export function createTriage({ detector, book, call, page, signal, onChange }: TriageParts): () => void {
  /** By the detector's own object: it makes another one with each change. */
  const readings = new WeakMap<Response, Read>();
  /** By key: the text, and whether the next turn was known. */
  const told = new Map<string, string>();
  let timer: ReturnType<typeof setTimeout> | undefined;
  let asking = false;

  function read(response: Response): Read {
    const known = readings.get(response);
    if (known) return known;
    const { text, prompt } = detector.capture(response, Math.min(page().promptLimit, TURN));
    const cut = text.slice(0, TEXT).toWellFormed();
    const reading = {
      text: cut,
      hash: hashOf(`${prompt}\n${cut}`),
      prompt: prompt?.slice(0, TURN).toWellFormed() ?? null,
    };
    if (response.settled) readings.set(response, reading);
    return reading;
  }

  /** Without the next turn there may be news of it; with it there is none any more. */
  const nameOf = ({ hash }: Read, next: string | null) => `${hash} ${next === null ? '' : hashOf(next)}`;

  function tell(list: readonly Response[], at: number): Told | null {
    const response = list[at] as Response;
    const follower = list[at + 1];
    const own = read(response);
    const isNext = follower && follower.conversationKey === response.conversationKey;
    const nextPrompt = isNext ? read(follower).prompt : null;
    // Another answer to the same prompt is no next turn.
    const next = nextPrompt === own.prompt || response.variantOf !== null ? null : nextPrompt;
    const name = nameOf(own, next);
    if (own.text === '' || told.get(response.key) === name) return null;
    told.delete(response.key);
    told.set(response.key, name);
    const oldest = told.keys().next();
    if (told.size > REMEMBERED && !oldest.done) told.delete(oldest.value);
    const before = list
      .slice(Math.max(0, at - EARLIER), at)
      .filter(({ conversationKey }) => conversationKey === response.conversationKey)
      .map((earlier) => read(earlier))
      .filter(({ prompt }) => prompt !== own.prompt || prompt === null)
      .map(({ text, prompt }) => `${prompt ?? ''}\n${text}`)
      .join('\n')
      .slice(-BEFORE)
      .toWellFormed();
    const { key: responseKey, confidence, author } = response;
    return {
      responseKey,
      text: own.text,
      prompt: own.prompt,
      before,
      next,
      confidence,
      author: author?.slice(0, 200) ?? null,
    };
  }

  /** What is new, the newest answers first, as far as the time goes. */
  function collect(): { readonly answers: Told[]; readonly more: boolean } {
    const until = performance.now() + SLICE_MS;
    const list = detector.responses().filter(({ asserted }) => asserted);
    const answers: Told[] = [];
    let chars = 0;
    for (let at = list.length - 1; at >= Math.max(0, list.length - NEWEST); at -= 1) {
      if (answers.length >= AT_ONCE || chars > CALL || performance.now() > until) return { answers, more: true };
      const answer = list[at]?.settled ? tell(list, at) : null;
      if (!answer) continue;
      answers.unshift(answer);
      chars += answer.text.length + answer.before.length;
    }
    return { answers, more: false };
  }

  async function look() {
    if (signal.aborted || asking) return;
    const { answers, more } = collect();
    if (answers.length > 0) {
      asking = true;
      const askedAt = Date.now();
      const answer = await call('triage', { answers });
      asking = false;
      const keys = answers.map(({ responseKey }) => responseKey);
      if (signal.aborted) return;
      if (answer.ok) {
        book.setTriage(keys, answer.value, askedAt);
        onChange();
      } else {
        for (const key of keys) told.delete(key);
        return;
      }
    }
    if (more) plan();
  }

  function plan() {
    clearTimeout(timer);
    timer = setTimeout(() => requestIdleCallback(() => void look(), { timeout: 2_000 }), QUIET_MS);
  }

  signal.addEventListener('abort', () => clearTimeout(timer));
  return plan;
}
