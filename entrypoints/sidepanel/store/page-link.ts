/**
 * The line to the answers of one tab. The panel loads the listing script into the tab's frames and connects to each that
 * calls out; who that is the browser says. Nothing is polled: a frame in which answers appear later asks the background for
 * its toolbar, which the panel hears as well.
 */
import { type ReadonlySignal, signal } from '@preact/signals';
import type { Browser, Runtime } from '../../../utils/browser.ts';
import { type RawSender, recognise, type Self } from '../../../utils/messaging/sender.ts';
import { type FromPanel, type ListedResponse, PORT, type ToPanel } from '../../../utils/queue/protocol.ts';
import type { Snapshot } from '../../../utils/review/schema.ts';

/** One frame of the tab with its answers, in page order. */
export interface FrameList {
  readonly frameId: number;
  /** As the browser names it. */
  readonly site: string;
  readonly answers: readonly ListedResponse[];
}

interface LinkParts {
  readonly tabs: Pick<Browser['tabs'], 'connect'>;
  readonly scripting: Pick<Browser['scripting'], 'executeScript'>;
  readonly runtime: Pick<Browser['runtime'], 'id' | 'getURL' | 'onMessage'>;
  /** How long the page may take to capture an answer, in ms. */
  readonly patienceMs?: number;
}

export interface PageLink {
  /** The frames of the tab, the page itself first. */
  readonly frames: ReadonlySignal<readonly FrameList[]>;
  /** The tab was asked whether there is anything. */
  readonly asked: ReadonlySignal<boolean>;
  /** Turns to another tab, or looks again at the same; null for none. */
  readonly turnTo: (tabId: number | null) => Promise<void>;
  /** What the page's overlay captures of an answer now; null where it cannot. */
  readonly capture: (frameId: number, key: string) => Promise<Snapshot | null>;
  readonly show: (frameId: number, key: string, edit: boolean) => void;
}

interface Line {
  readonly port: Runtime.Port;
  readonly site: string;
  readonly known: Map<string, ListedResponse>;
  order: readonly string[];
}

const FILE = 'lister.js';
const PATIENCE_MS = 8_000;

export function createPageLink(parts: LinkParts, stop: AbortSignal): PageLink {
  const { tabs, scripting, runtime, patienceMs = PATIENCE_MS } = parts;
  const frames = signal<readonly FrameList[]>([]);
  const asked = signal(false);
  const self: Self = { id: runtime.id, url: runtime.getURL('') };
  const lines = new Map<number, Line>();
  const waiting = new Map<number, (snapshot: Snapshot | null) => void>();
  let current: number | null = null;
  let number = 0;

  function show() {
    frames.value = [...lines]
      .sort(([one], [other]) => one - other)
      .map(([frameId, { site, known, order }]) => ({
        ...{ frameId, site },
        answers: order.flatMap((key) => known.get(key) ?? []),
      }));
  }

  function hear(line: Line, told: ToPanel) {
    if (told.say === 'captured') {
      waiting.get(told.number)?.(told.snapshot);
      waiting.delete(told.number);
      return;
    }
    for (const answer of told.changed) line.known.set(answer.key, answer);
    line.order = told.order;
    show();
  }

  function drop(frameId: number) {
    const line = lines.get(frameId);
    if (!line) return;
    lines.delete(frameId);
    line.port.disconnect();
  }

  function connect(tabId: number, frameId: number, site: string) {
    drop(frameId);
    const port = tabs.connect(tabId, { name: PORT, frameId });
    const line: Line = { port, site, known: new Map(), order: [] };
    lines.set(frameId, line);
    port.onMessage.addListener((told: unknown) => hear(line, told as ToPanel));
    port.onDisconnect.addListener(() => {
      if (lines.get(frameId) !== line) return;
      lines.delete(frameId);
      show();
    });
  }

  async function load(tabId: number, frameId?: number): Promise<void> {
    const target = frameId === undefined ? { tabId, allFrames: true } : { tabId, frameIds: [frameId] };
    // A page of the browser, a site that is off, a tab that is gone.
    await scripting.executeScript({ target, files: [FILE] }).catch(() => {});
  }

  /** Frames call out when they list; and they ask the background for their toolbar when a first answer is there. */
  function onMessage(message: unknown, sender: unknown): undefined {
    const known = recognise(sender as RawSender, self);
    if (known?.kind !== 'content' || known.from.tabId !== current || typeof message !== 'object' || !message) return;
    const { tabId, frameId, origin } = known.from;
    const { countersignQueue, call } = message as { countersignQueue?: unknown; call?: unknown };
    if (countersignQueue === 'here') connect(tabId, frameId, origin);
    else if (call === 'openPage' && !lines.has(frameId)) void load(tabId, frameId);
  }

  runtime.onMessage.addListener(onMessage as Runtime.OnMessageListener);
  stop.addEventListener('abort', () => {
    runtime.onMessage.removeListener(onMessage as Runtime.OnMessageListener);
    for (const frameId of [...lines.keys()]) drop(frameId);
  });

  const post = (frameId: number, message: FromPanel) => {
    const line = lines.get(frameId);
    line?.port.postMessage(message);
    return line !== undefined;
  };

  return {
    ...{ frames, asked },
    async turnTo(tabId) {
      if (tabId !== current) {
        current = tabId;
        asked.value = false;
        for (const frameId of [...lines.keys()]) drop(frameId);
        show();
      }
      if (tabId !== null) await load(tabId);
      if (tabId === current) asked.value = true;
    },
    capture(frameId, key) {
      number += 1;
      const own = number;
      return new Promise((resolve) => {
        waiting.set(own, resolve);
        setTimeout(() => {
          waiting.delete(own);
          resolve(null);
        }, patienceMs);
        if (!post(frameId, { ask: 'capture', number: own, key })) {
          waiting.delete(own);
          resolve(null);
        }
      });
    },
    show: (frameId, key, edit) => void post(frameId, { ask: 'show', key, edit }),
  };
}
