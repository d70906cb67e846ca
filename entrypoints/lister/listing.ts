/** What is known of a document's answers, read a few at a time, and told to whoever is connected. */
import type { DetectionChange, Detector, Response } from '../../utils/detection/types.ts';
import type { OverlayView } from '../../utils/handover.ts';
import { excerptOf } from '../../utils/queue/excerpt.ts';
import type { FromPanel, ListedResponse, ToPanel } from '../../utils/queue/protocol.ts';
import { readingMs } from '../../utils/review/reading.ts';

/** As much of a port as is needed. */
export interface PortLike {
  postMessage(message: ToPanel): void;
  disconnect(): void;
  readonly onMessage: { addListener(listener: (message: FromPanel) => void): void };
  readonly onDisconnect: { addListener(listener: () => void): void };
}

interface ListingParts {
  readonly detector: Pick<Detector, 'responses' | 'capture'>;
  readonly view: () => OverlayView | null;
  readonly signal: AbortSignal;
  readonly now?: () => number;
  /** Between two looks, in ms: an answer that is being written changes often. */
  readonly pauseMs?: number;
}

export interface Listing {
  readonly onChange: (change: DetectionChange) => void;
  readonly connect: (port: PortLike) => void;
}

/** Reading may hold the page up so long at a time, in ms. */
const SLICE_MS = 8;
const PAUSE_MS = 300;

type Facts = Pick<ListedResponse, 'excerpt' | 'length' | 'readingMs' | 'model'>;
const unread: Facts = { excerpt: '', length: 0, readingMs: 0, model: null };

export function createListing(parts: ListingParts): Listing {
  const { detector, view, signal, now = () => performance.now(), pauseMs = PAUSE_MS } = parts;
  const ports = new Set<PortLike>();
  const facts = new Map<string, Facts>();
  const stale = new Set<string>();
  let told = new Map<string, string>();
  let timer: ReturnType<typeof setTimeout> | undefined;

  function listed(response: Response, variants: number): ListedResponse {
    const { key, settled, asserted, confidence, role, author } = response;
    const known = facts.get(key) ?? unread;
    return { key, ...known, settled, asserted, confidence, draft: role === 'draft', author, variants };
  }

  function all(): ListedResponse[] {
    const responses = detector.responses();
    const counts = new Map<string, number>();
    for (const { variantOf } of responses)
      if (variantOf !== null) counts.set(variantOf, (counts.get(variantOf) ?? 0) + 1);
    return responses.map((one) => listed(one, one.variantOf === null ? 1 : (counts.get(one.variantOf) ?? 1)));
  }

  const post = (port: PortLike, message: ToPanel) => {
    try {
      port.postMessage(message);
    } catch {
      // It closed a moment ago.
      ports.delete(port);
    }
  };

  function readOne(response: Response) {
    const { text, length, model } = detector.capture(response, 0);
    facts.set(response.key, { excerpt: excerptOf(text), length, readingMs: readingMs(text), model });
    stale.delete(response.key);
  }

  /** Reads what was not read yet, as far as a slice goes; true where there is more. */
  function read(): boolean {
    const begun = now();
    const responses = detector.responses();
    const here = new Set(responses.map(({ key }) => key));
    for (const key of facts.keys()) if (!here.has(key)) facts.delete(key);
    for (const response of responses) {
      const { key } = response;
      if (facts.has(key) && !stale.has(key)) continue;
      if (now() - begun > SLICE_MS) return true;
      readOne(response);
    }
    stale.clear();
    return false;
  }

  function tell() {
    const list = all();
    const before = told;
    told = new Map(list.map((one) => [one.key, JSON.stringify(one)]));
    const changed = list.filter(({ key }) => told.get(key) !== before.get(key));
    const order = list.map(({ key }) => key);
    if (changed.length === 0 && [...before.keys()].join('\n') === order.join('\n')) return;
    for (const port of ports) post(port, { say: 'list', order, changed });
  }

  function work() {
    timer = undefined;
    if (signal.aborted || ports.size === 0) return;
    const more = read();
    tell();
    if (more) timer = setTimeout(work, 0);
  }
  const plan = (afterMs: number) => {
    timer ??= setTimeout(work, afterMs);
  };

  /**
   * The reviewer is at this one: it is read before all others, and told. Browsers let a page that is not in front read
   * a slice in a second or more, and whoever judges by keys is faster.
   */
  function readFirst(key: string) {
    if (facts.has(key) && !stale.has(key)) return;
    const response = detector.responses().find((one) => one.key === key);
    if (!response) return;
    readOne(response);
    tell();
  }

  function answer(port: PortLike, asked: FromPanel) {
    const drawn = view();
    readFirst(asked.key);
    if (asked.ask === 'capture') {
      post(port, { say: 'captured', number: asked.number, snapshot: drawn?.capture(asked.key) ?? null });
    } else drawn?.onPush({ push: 'showResponse', responseKey: asked.key, edit: asked.edit });
  }

  signal.addEventListener('abort', () => {
    clearTimeout(timer);
    for (const port of ports) port.disconnect();
    ports.clear();
  });

  return {
    onChange({ changed, added }) {
      for (const { key } of [...changed, ...added]) stale.add(key);
      if (ports.size > 0) plan(pauseMs);
    },
    connect(port) {
      ports.add(port);
      port.onMessage.addListener((asked) => answer(port, asked));
      port.onDisconnect.addListener(() => ports.delete(port));
      // Whoever comes knows nothing; the others do no harm by hearing it again.
      const list = all();
      post(port, { say: 'list', order: list.map(({ key }) => key), changed: list });
      plan(0);
    },
  };
}
