// @vitest-environment happy-dom
import { describe, expect, it } from 'vitest';
import { firstClaim } from '../../../entrypoints/editor/claim.ts';

const token = 'ab'.repeat(32);
const other = 'cd'.repeat(32);

/** A frame whose parent posts messages; `events` are what the page can make arrive. */
function aFrame() {
  const parent = {};
  const hearers = new Set<(event: MessageEvent) => void>();
  const frame = {
    parent,
    addEventListener: (_type: string, hear: (event: MessageEvent) => void) => hearers.add(hear),
    removeEventListener: (_type: string, hear: (event: MessageEvent) => void) => hearers.delete(hear),
  };
  const post = (data: unknown, change: object = {}) => {
    for (const hear of [...hearers]) hear({ isTrusted: true, source: parent, data, ...change } as MessageEvent);
  };
  let heard: string | null = null;
  let port: unknown = null;
  void firstClaim(frame as unknown as Window).then((found) => {
    heard = found.token;
    port = found.port;
  });
  const soon = () => Promise.resolve().then(() => heard);
  return { post, soon, frame, hearers, port: () => soon().then(() => port) };
}

describe('the token of an editor frame', () => {
  it('is the first that the parent posts, and nothing is heard after it', async () => {
    const { post, soon, hearers } = aFrame();
    post({ countersign: 'claim', token });
    post({ countersign: 'claim', token: other });
    expect(await soon()).toBe(token);
    expect(hearers.size).toBe(0);
  });

  it.each([
    ['something else', 'hello'],
    ['nothing', null],
    ['another purpose', { countersign: 'init', token }],
    ['no token', { countersign: 'claim' }],
    ['a token that is no text', { countersign: 'claim', token: { toString: () => token } }],
    ['a token of another shape', { countersign: 'claim', token: `${token} ` }],
  ])('is not found in %s', async (_what, data) => {
    const { post, soon } = aFrame();
    post(data);
    expect(await soon()).toBeNull();
    post({ countersign: 'claim', token });
    expect(await soon()).toBe(token);
  });

  it('brings the line to the page along, which no other message can bring', async () => {
    const { post, port } = aFrame();
    const [own, forged] = [{ own: true }, { forged: true }];
    post({ countersign: 'findings' }, { ports: [forged] });
    post({ countersign: 'claim', token: 'guessed' }, { ports: [forged] });
    post({ countersign: 'claim', token }, { ports: [own, forged] });
    post({ countersign: 'claim', token }, { ports: [forged] });
    expect(await port()).toBe(own);
  });

  it('brings no line where none came with it', async () => {
    const { post, port } = aFrame();
    post({ countersign: 'claim', token }, { ports: [] });
    expect(await port()).toBeNull();
  });

  it('is not taken from another window, nor from an event that a script made', async () => {
    const { post, soon } = aFrame();
    post({ countersign: 'claim', token }, { source: {} });
    post({ countersign: 'claim', token }, { source: null });
    post({ countersign: 'claim', token }, { isTrusted: false });
    expect(await soon()).toBeNull();
  });

  it('is not taken in a page that is its own parent', async () => {
    const { frame, post, soon } = aFrame();
    Object.assign(frame, { parent: frame });
    post({ countersign: 'claim', token }, { source: frame });
    expect(await soon()).toBeNull();
  });
});
