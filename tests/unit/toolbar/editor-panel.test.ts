// @vitest-environment happy-dom
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createEditorPanel } from '../../../entrypoints/toolbar/editor-panel.ts';
import type { Surface } from '../../../entrypoints/toolbar/surface.ts';
import type { Failure } from '../../../utils/errors.ts';
import type { Extension } from '../../../utils/handover.ts';

beforeEach(() => {
  vi.useFakeTimers();
  // Nothing is loaded but by the test.
  const create = document.createElement.bind(document);
  const createOther = (name: string) => create(name === 'iframe' ? 'a-frame' : name);
  vi.spyOn(document, 'createElement').mockImplementation(createOther as typeof document.createElement);
});
afterEach(() => {
  vi.useRealTimers();
  vi.restoreAllMocks();
  document.body.replaceChildren();
});

/** A panel that is being opened; its frame does what the test says. */
function opening() {
  const root = document.body.appendChild(document.createElement('div')).attachShadow({ mode: 'closed' });
  const layer = root.appendChild(document.createElement('div'));
  const extension = { id: 'x@y', url: () => 'about:blank', rootOf: () => null } as unknown as Extension;
  const panel = createEditorPanel({ layer, root } as unknown as Surface, extension, new AbortController().signal);
  const { promise: alive, resolve: sayAlive } = Promise.withResolvers<void>();
  const link = { port: new MessageChannel().port2, alive, select: async () => {}, end() {} };
  let outcome: Failure | null | 'open yet' = 'open yet';
  void panel.open('chat.example|1|a', 'a'.repeat(64), null, link).then((failure) => {
    outcome = failure;
  });
  const frame = layer.querySelector('a-frame') as HTMLIFrameElement;
  return {
    ...{ panel, sayAlive, frame },
    load: () => frame.dispatchEvent(new Event('load')),
    pass: (ms: number) => vi.advanceTimersByTimeAsync(ms),
    state: () => ({ outcome, isThere: frame.isConnected }),
  };
}

const atWork = { outcome: 'open yet', isThere: true };
const givenUp = {
  outcome: expect.objectContaining({ message: 'This page does not let the editor open.' }),
  isThere: false,
};

describe('the panel of the editor', () => {
  it('given an error page in the frame, when it says nothing, then the panel goes and says so', async () => {
    const { load, pass, state } = opening();
    load();
    await pass(9_900);
    expect(state()).toEqual(atWork);
    await pass(200);
    expect(state()).toEqual(givenUp);
  });

  it('given an editor that needs long to draw, when it has its session, then it is not taken away, and opens with its height', async () => {
    const { load, pass, state, sayAlive, panel } = opening();
    await pass(19_000);
    load();
    await pass(9_000);
    sayAlive();
    await pass(29_000);
    expect(state()).toEqual(atWork);
    panel.resize(500);
    await pass(600_000);
    expect(state()).toEqual({ outcome: null, isThere: true });
  });

  it.each([
    ['never loads', 20_100, () => {}],
    ['never draws', 30_100, (it: ReturnType<typeof opening>) => it.load() && it.sayAlive()],
  ] as const)('given a frame that %s, then the panel goes in the end', async (_what, ms, act) => {
    const it = opening();
    act(it);
    await it.pass(ms);
    expect(it.state()).toEqual(givenUp);
  });

  it('given a second document in the frame, then the panel goes', async () => {
    const { load, pass, state } = opening();
    load();
    load();
    await pass(0);
    expect(state()).toEqual({ outcome: null, isThere: false });
  });

  it('lets the editor write to the clipboard and ask the browser’s own model', () => {
    expect(opening().frame.allow).toBe('clipboard-write; language-model *');
  });
});
