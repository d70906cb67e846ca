// @vitest-environment happy-dom
import { beforeEach, describe, expect, it } from 'vitest';
import { readTrace, type TraceSource } from '../../../utils/page/trace.ts';
import { snapshotSchema } from '../../../utils/review/schema.ts';
import { aSnapshot } from '../../support/builders.ts';

const trace = '5b8efff798038103d269b633813fc60c';
const address = `https://chat.example/c/7?trace=${trace}&span=eee19b7ec3c1b174#end`;

beforeEach(() => {
  document.body.innerHTML = `
    <meta name="trace" content="page-trace">
    <article data-turn="turn-1"><div id="answer" data-trace="t-1">Yes. <code class="id"> inside-1 </code></div></article>
    <div id="bare">No.</div>`;
});

const source = (change: Partial<TraceSource>): TraceSource => ({
  ...{ from: 'answer', selector: null, attribute: null, pattern: null },
  ...change,
});
const readFrom = (change: Partial<TraceSource>, id = 'answer') =>
  readTrace(source(change), { element: document.getElementById(id) as Element, messageId: 'run:42' }, address);

describe('where a trace stands', () => {
  it.each([
    ['on the answer', { attribute: 'data-trace' }, { id: 't-1' }],
    ['in the answer', { selector: '.id' }, { id: 'inside-1' }],
    ['around the answer', { selector: 'article', attribute: 'data-turn', pattern: '^turn-(\\d+)$' }, { id: '1' }],
    ['on the page', { from: 'page', selector: 'meta[name=trace]', attribute: 'content' }, { id: 'page-trace' }],
    ['in the address', { from: 'address', pattern: 'trace=([0-9a-f]{32})' }, { id: trace }],
    [
      'with its span',
      { from: 'address', pattern: 'trace=(\\w+)&span=(\\w+)' },
      { id: trace, span: 'eee19b7ec3c1b174' },
    ],
    ['in the id of the message', { from: 'message-id', pattern: '^run:(.+)$' }, { id: '42' }],
    ['as that id', { from: 'message-id' }, { id: 'run:42' }],
  ] as const)('%s', (_, change, expected) => {
    const found = readFrom(change);
    expect(found).toEqual(expected);
    expect(snapshotSchema.safeParse(aSnapshot({ ...(found && { trace: found }) })).success).toBe(true);
  });

  it.each([
    ['an answer without it', { attribute: 'data-trace' }, 'bare'],
    ['a whole sentence', { selector: null }, 'answer'],
    ['a page without a selector', { from: 'page' }, 'answer'],
    ['a selector that is none', { selector: '[[' }, 'answer'],
    ['a pattern that is none', { from: 'address', pattern: '(' }, 'answer'],
    ['a pattern that finds nothing', { from: 'address', pattern: 'run=(\\w+)' }, 'answer'],
    ['a pattern without brackets', { from: 'address', pattern: 'trace' }, 'answer'],
    ['an address as a whole', { from: 'address' }, 'answer'],
  ] as const)('given %s, there is none, and nothing is thrown', (_, change, id) => {
    expect(readFrom(change, id)).toBeNull();
  });

  it.each(['.', '..', '...'])(
    'given “%s”, a way in an address rather than an id, there is none, and no review has it',
    (id) => {
      document.getElementById('answer')?.setAttribute('data-trace', id);
      expect(readFrom({ attribute: 'data-trace' })).toBeNull();
      for (const given of [{ id }, { id: 'run-7', span: id }]) {
        expect(snapshotSchema.safeParse(aSnapshot({ trace: given })).success).toBe(false);
      }
    },
  );

  it('given no source, there is none', () => {
    expect(readTrace(undefined, { element: document.body, messageId: 'x' }, address)).toBeNull();
  });
});
