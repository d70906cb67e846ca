/** The script that lists answers: what it tells, when, and that it neither repeats itself nor holds the page up. */
import { expect, it, vi } from 'vitest';
import { createListing, type PortLike } from '../../../entrypoints/lister/listing.ts';
import type { DetectionChange, Response } from '../../../utils/detection/types.ts';
import type { FromPanel, ListedResponse, ToPanel } from '../../../utils/queue/protocol.ts';
import { aSnapshot } from '../../support/builders.ts';

const aResponse = (key: string, change: Partial<Response> = {}): Response => ({
  ...{ key, element: {} as Element, body: [], settled: true, role: 'assistant', evidence: [], confidence: 0.9 },
  ...{ asserted: true, author: null, variantOf: null, messageId: null, conversationKey: null },
  foundBy: { site: 'example', version: '1', variant: null },
  ...change,
});
const nothing: DetectionChange = { rekeyed: [], added: [], changed: [], removed: [], conversationKey: null };

function given(initial: readonly Response[]) {
  let responses = initial;
  const texts = new Map<string, string>();
  const textOf = ({ key }: Response) => texts.get(key) ?? `Answer ${key}`;
  const capture = vi.fn((response: Response) => {
    const text = textOf(response);
    return { text, markdown: text, truncated: false, length: text.length, prompt: null, model: 'GPT-9' };
  });
  const view = { capture: vi.fn(() => aSnapshot()), onPush: vi.fn(), onChange: vi.fn(), traces: () => [] };
  const run = new AbortController();
  let clock = 0;
  const listing = createListing({
    detector: { responses: () => responses, capture },
    view: () => view,
    signal: run.signal,
    // Each reading takes 3 ms.
    now() {
      clock += 3;
      return clock;
    },
    pauseMs: 0,
  });
  const told: ToPanel[] = [];
  let ask: (asked: FromPanel) => void = () => {};
  let leave = () => {};
  const port: PortLike = {
    postMessage: (message) => void told.push(structuredClone(message)),
    disconnect: vi.fn(),
    onMessage: {
      addListener(listener) {
        ask = listener;
      },
    },
    onDisconnect: {
      addListener(listener) {
        leave = listener;
      },
    },
  };
  /** What a panel would know from all that it was told. */
  const known = () => {
    const facts = new Map<string, ListedResponse>();
    let order: readonly string[] = [];
    for (const one of told) {
      if (one.say !== 'list') continue;
      for (const item of one.changed) facts.set(item.key, item);
      order = one.order;
    }
    return order.map((key) => facts.get(key) as ListedResponse);
  };
  const change = (next: readonly Response[], what: Partial<DetectionChange>) => {
    responses = next;
    listing.onChange({ ...nothing, ...what });
  };
  return {
    listing,
    port,
    told,
    known,
    change,
    texts,
    capture,
    view,
    run,
    ask: (asked: FromPanel) => ask(asked),
    leave: () => leave(),
  };
}

it('given answers, when a panel connects, then their order is told at once, and their texts as they are read, a few at a time', async () => {
  const page = given(
    Array.from({ length: 12 }, (_, n) => aResponse(`k${n}`, { variantOf: n < 2 ? 'prompt 1' : null })),
  );
  page.listing.connect(page.port);
  expect(page.known().map(({ excerpt }) => excerpt)).toEqual(Array(12).fill(''));
  await vi.waitFor(() => expect(page.known().at(-1)?.excerpt).toBe('Answer k11'));
  expect(page.told.length).toBeGreaterThan(3);
  expect(page.known()[0]).toMatchObject({ key: 'k0', length: 9, model: 'GPT-9', variants: 2, confidence: 0.9 });
  expect(page.known()[2]?.variants).toBe(1);
  expect(page.capture).toHaveBeenCalledTimes(12);
});

it('given a page that is read slowly, when the reviewer comes to an answer that was not read, then it is read and told before all others', () => {
  const page = given(Array.from({ length: 12 }, (_, n) => aResponse(`k${n}`)));
  page.listing.connect(page.port);
  page.ask({ ask: 'show', key: 'k9', edit: false });
  expect(page.known().map(({ excerpt }) => excerpt)).toEqual([...Array(9).fill(''), 'Answer k9', '', '']);
  page.ask({ ask: 'capture', number: 1, key: 'k10' });
  // In this order: whoever judges compares what was told with what is captured.
  expect(page.told.slice(-2)).toMatchObject([{ changed: [{ excerpt: 'Answer k10' }] }, { say: 'captured', number: 1 }]);
  page.ask({ ask: 'show', key: 'k9', edit: false });
  expect(page.capture).toHaveBeenCalledTimes(2);
  // It says something else by now: whoever looks again sees that.
  page.texts.set('k9', 'Other words');
  page.listing.onChange({ ...nothing, changed: [aResponse('k9')] });
  page.ask({ ask: 'capture', number: 2, key: 'k9' });
  expect(page.told.slice(-2)).toMatchObject([
    { changed: [{ excerpt: 'Other words' }] },
    { say: 'captured', number: 2 },
  ]);
});

it('given a list that is told, when one answer changes and one goes, then only that is read and told again', async () => {
  const [one, two, three] = ['a', 'b', 'c'].map((key) => aResponse(key)) as [Response, Response, Response];
  const page = given([one, two, three]);
  page.listing.connect(page.port);
  await vi.waitFor(() => expect(page.known()[2]?.excerpt).toBe('Answer c'));
  const before = page.told.length;
  page.texts.set('b', 'Another answer');
  page.change([two, three], { changed: [two], removed: [one] });
  await vi.waitFor(() => expect(page.known().map(({ excerpt }) => excerpt)).toEqual(['Another answer', 'Answer c']));
  expect(page.told).toHaveLength(before + 1);
  expect(page.told.at(-1)).toMatchObject({ order: ['b', 'c'], changed: [{ key: 'b' }] });
  expect(page.capture).toHaveBeenCalledTimes(4);
});

it('given nobody who listens, when the page changes, then nothing is read', () => {
  const page = given([aResponse('a')]);
  page.change([aResponse('a'), aResponse('b')], { added: [aResponse('b')] });
  page.listing.connect(page.port);
  page.leave();
  page.change([], { removed: [aResponse('a')] });
  expect(page.capture).not.toHaveBeenCalled();
});

it('given a question of the panel, when the page draws, then it captures as the toolbar does, and shows', () => {
  const page = given([aResponse('a')]);
  page.listing.connect(page.port);
  page.ask({ ask: 'capture', number: 7, key: 'a' });
  expect(page.told.at(-1)).toMatchObject({ say: 'captured', number: 7, snapshot: { text: aSnapshot().text } });
  page.ask({ ask: 'show', key: 'a', edit: true });
  expect(page.view.onPush).toHaveBeenCalledWith({ push: 'showResponse', responseKey: 'a', edit: true });
});

it('given a site that is turned off, when the run ends, then the panel is let go', () => {
  const page = given([aResponse('a')]);
  page.listing.connect(page.port);
  page.run.abort();
  expect(page.port.disconnect).toHaveBeenCalledOnce();
});
