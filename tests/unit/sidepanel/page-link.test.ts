/** The panel's line to a tab: whom it listens to, what it loads, and that nothing is asked again and again. */
import { beforeEach, expect, it, vi } from 'vitest';
import { createPageLink, type PageLink } from '../../../entrypoints/sidepanel/store/page-link.ts';
import { type FromPanel, HELLO, type ListedResponse, PORT, type ToPanel } from '../../../utils/queue/protocol.ts';
import { aSnapshot } from '../../support/builders.ts';

const ID = 'countersign';
const SITE = 'https://chat.example';
const anAnswer = (key: string): ListedResponse => ({
  ...{ key, excerpt: `Answer ${key}`, length: 8, readingMs: 300, settled: true, asserted: true, confidence: 1 },
  ...{ draft: false, author: null, model: null, variants: 1 },
});

class FakePort {
  readonly sent: FromPanel[] = [];
  heard: (told: ToPanel) => void = () => {};
  gone: () => void = () => {};
  readonly postMessage = (message: FromPanel) => void this.sent.push(message);
  readonly disconnect = vi.fn();
  readonly onMessage = {
    addListener: (listener: (told: ToPanel) => void) => {
      this.heard = listener;
    },
  };
  readonly onDisconnect = {
    addListener: (listener: () => void) => {
      this.gone = listener;
    },
  };
}

let link: PageLink;
let ports: { tabId: number; frameId: number; name: string; port: FakePort }[];
let loaded: object[];
let say: (message: unknown, sender: object) => void;
const frame = (frameId: number, tabId = 3, origin = SITE) => ({
  ...{ id: ID, url: `${origin}/c/1`, origin, tab: { id: tabId }, frameId, documentId: `d${frameId}` },
});

beforeEach(async () => {
  [ports, loaded] = [[], []];
  link = createPageLink(
    {
      tabs: {
        connect(tabId: number, { name, frameId }: { name: string; frameId: number }) {
          const port = new FakePort();
          ports.push({ tabId, frameId, name, port });
          return port;
        },
      } as never,
      scripting: { executeScript: async (what: object) => void loaded.push(what) } as never,
      runtime: {
        id: ID,
        getURL: () => `chrome-extension://${ID}/`,
        onMessage: {
          addListener(listener: typeof say) {
            say = listener;
          },
          removeListener() {},
        },
      } as never,
      patienceMs: 20,
    },
    new AbortController().signal,
  );
  await link.turnTo(3);
});

it('given a tab, when the panel turns to it, then the listing script goes into its frames, once', () => {
  expect(loaded).toEqual([{ target: { tabId: 3, allFrames: true }, files: ['lister.js'] }]);
  expect(link.asked.value).toBe(true);
});

it('given a frame that lists, when it calls out, then the panel connects to it alone, and knows its origin from the browser', () => {
  say(HELLO, frame(0));
  say(HELLO, frame(5, 3, 'https://widget.example'));
  expect(ports.map(({ tabId, frameId, name }) => ({ tabId, frameId, name }))).toEqual([
    { tabId: 3, frameId: 0, name: PORT },
    { tabId: 3, frameId: 5, name: PORT },
  ]);
  ports[1]?.port.heard({ say: 'list', order: ['w'], changed: [anAnswer('w')] });
  ports[0]?.port.heard({ say: 'list', order: ['b', 'a'], changed: [anAnswer('a'), anAnswer('b')] });
  ports[0]?.port.heard({ say: 'list', order: ['a'], changed: [{ ...anAnswer('a'), excerpt: 'Changed' }] });
  expect(link.frames.value.map(({ site, answers }) => [site, answers.map(({ excerpt }) => excerpt)])).toEqual([
    [SITE, ['Changed']],
    ['https://widget.example', ['Answer w']],
  ]);
});

it.for([
  ['another tab', HELLO, frame(0, 4)],
  ['another extension', HELLO, { ...frame(0), id: 'stranger' }],
  ['an editor frame', HELLO, { id: ID, url: `chrome-extension://${ID}/editor.html`, tab: { id: 3 }, frameId: 9 }],
  ['a sandboxed document', HELLO, { ...frame(0), origin: 'null' }],
  ['other words', { countersignQueue: 'there' }, frame(0)],
] as const)('given %s, when it calls out, then the panel does not connect', ([, message, sender]) => {
  say(message, sender);
  expect(ports).toEqual([]);
});

it('given a page whose first answer comes late, when its overlay asks the background for the toolbar, then the panel hears that and loads the listing', () => {
  say({ countersign: 1, call: 'openPage', body: { responseKeys: [], draws: true } }, frame(2));
  expect(loaded.at(-1)).toEqual({ target: { tabId: 3, frameIds: [2] }, files: ['lister.js'] });
  say(HELLO, frame(2));
  const before = loaded.length;
  say({ countersign: 1, call: 'openPage', body: { responseKeys: [] } }, frame(2));
  expect(loaded).toHaveLength(before);
});

it('given a page that goes, when its port closes, then its answers are gone; of the next tab nothing is kept', async () => {
  say(HELLO, frame(0));
  ports[0]?.port.heard({ say: 'list', order: ['a'], changed: [anAnswer('a')] });
  ports[0]?.port.gone();
  expect(link.frames.value).toEqual([]);
  say(HELLO, frame(0));
  await link.turnTo(4);
  expect(ports[1]?.port.disconnect).toHaveBeenCalledOnce();
  expect(link.frames.value).toEqual([]);
});

it('given an answer, when it is captured, then the page answers with a snapshot; a page that does not is waited for no longer than it may take', async () => {
  say(HELLO, frame(0));
  const port = ports[0]?.port as FakePort;
  const captured = link.capture(0, 'a');
  expect(port.sent).toEqual([{ ask: 'capture', number: 1, key: 'a' }]);
  port.heard({ say: 'captured', number: 1, snapshot: aSnapshot() });
  expect(await captured).toEqual(aSnapshot());
  expect(await link.capture(0, 'a')).toBeNull();
  expect(await link.capture(9, 'a')).toBeNull();
});
