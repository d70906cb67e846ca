/** The queue's items: states, filters, orders, and which comes next. */
import { describe, expect, it } from 'vitest';
import { excerptOf } from '../../../utils/queue/excerpt.ts';
import { arrange, fits, nextOpen, noFilter, type QueueItem, stateOf } from '../../../utils/queue/item.ts';

let made = 0;
function anItem(change: Partial<QueueItem> = {}): QueueItem {
  made += 1;
  return {
    ...{
      id: `q${made}`,
      site: 'https://chat.example',
      key: `key ${made}`,
      state: 'pending',
      excerpt: `Answer ${made}`,
    },
    ...{ length: 100, readingMs: 4_000, model: null, frameId: 0, place: made, settled: true, asserted: true },
    ...{ confidence: 1, variants: 1, verdict: null, labels: [], why: null, at: null, pageTitle: '' },
    ...change,
  };
}
const texts = (items: readonly QueueItem[]) => items.map(({ excerpt }) => excerpt);

describe('the state of an answer', () => {
  const review = { verdict: 'approve' as const, labels: [], createdAt: '2026-11-21T12:00:00.000Z' };
  const aside = { state: 'aside' as const, why: null, addedAt: '2026-11-21T11:00:00.000Z' };

  it('is what happened last: judged after it was set aside, or set aside after it was judged', () => {
    expect(stateOf({ review: null, hasDraft: false, queued: null })).toBe('pending');
    expect(stateOf({ review: null, hasDraft: true, queued: null })).toBe('draft');
    expect(stateOf({ review: null, hasDraft: true, queued: aside })).toBe('aside');
    expect(stateOf({ review, hasDraft: true, queued: aside })).toBe('done');
    const later = { ...aside, addedAt: '2026-11-21T13:00:00.000Z' };
    expect(stateOf({ review, hasDraft: false, queued: later })).toBe('aside');
    expect(stateOf({ review, hasDraft: false, queued: { ...later, state: 'skipped' } })).toBe('skipped');
  });
});

describe('the order', () => {
  const items = [
    anItem({ excerpt: 'second, long', place: 2, length: 900, confidence: 0.6 }),
    anItem({ excerpt: 'first, short', place: 1, length: 10, confidence: 0.9 }),
    anItem({ excerpt: 'new aside', place: null, frameId: null, state: 'aside', at: '2026-11-21', length: 50 }),
    anItem({ excerpt: 'old aside', place: null, frameId: null, state: 'aside', at: '2026-11-01', length: 40 }),
    anItem({
      excerpt: 'third, urgent',
      place: 3,
      length: 20,
      priority: { value: 0.8, asks: true, reasons: ['Customer waits'] },
    }),
  ];
  const ordered = (order: Parameters<typeof arrange>[2]) => texts(arrange(items, noFilter, order, null));

  it('is that of the page, and what is elsewhere after it, longest waiting first', () => {
    expect(ordered('page')).toEqual(['first, short', 'second, long', 'third, urgent', 'old aside', 'new aside']);
  });
  it('can be newest first', () => {
    expect(ordered('newest')).toEqual(['third, urgent', 'second, long', 'first, short', 'new aside', 'old aside']);
  });
  it('can begin with what was set aside longest ago', () => {
    expect(ordered('aside').slice(0, 3)).toEqual(['old aside', 'new aside', 'first, short']);
  });
  it('can begin with what is least surely AI, the longest, or the highest priority', () => {
    expect(ordered('unsure')[0]).toBe('second, long');
    expect(ordered('longest').slice(0, 2)).toEqual(['second, long', 'new aside']);
    expect(ordered('priority')[0]).toBe('third, urgent');
  });
  it('goes by the page where nothing has a priority', () => {
    const plain = items.map(({ priority: _, ...rest }) => rest);
    expect(texts(arrange(plain, noFilter, 'priority', null))).toEqual(ordered('page'));
  });
});

describe('the filter', () => {
  const done = anItem({ state: 'done', verdict: 'reject', labels: ['wrong'], excerpt: 'Returns take 60 days' });
  const skipped = anItem({ state: 'skipped', why: 'Not my topic', site: 'https://other.example' });
  const open = anItem({ excerpt: 'Refunds take 5 days', model: 'GPT-9' });

  it.for([
    [{ state: 'open' as const }, [open]],
    [{ state: 'skipped' as const }, [skipped]],
    [{ verdict: 'reject' as const }, [done]],
    [{ label: 'wrong' }, [done]],
    [{ site: 'https://other.example' }, [skipped]],
    [{ search: 'days  take' }, [done, open]],
    [{ search: 'topic' }, [skipped]],
    [{ search: 'gpt-9' }, [open]],
    [{ search: 'nowhere' }, []],
  ] as const)('by %o', ([change, expected]) => {
    expect([done, skipped, open].filter((item) => fits(item, { ...noFilter, ...change }))).toEqual(expected);
  });

  it('keeps the selected item in its place although it fits no more', () => {
    const shown = arrange([open, done, skipped], { ...noFilter, state: 'open' }, 'page', done.id);
    expect(shown).toContain(done);
    expect(shown).not.toContain(skipped);
  });
});

describe('what comes next', () => {
  const [one, two, three, four] = [
    anItem(),
    anItem({ state: 'done' }),
    anItem({ asserted: false }),
    anItem({ state: 'aside' }),
  ];
  const all = [one, two, three, four];

  it('is the next open answer after this one, past what is judged and what may be no answer', () => {
    expect(nextOpen(all, one.id)).toBe(four);
  });
  it('is the first open one again at the end, and none where all is done', () => {
    expect(nextOpen(all, four.id)).toBe(one);
    expect(nextOpen([one, two], one.id)).toBeNull();
    expect(nextOpen([], null)).toBeNull();
  });
});

describe('the excerpt', () => {
  it('is one line of bounded length without half a character', () => {
    expect(excerptOf('  One\n\n two\t three ')).toBe('One two three');
    const long = excerptOf(`${'a'.repeat(219)}😀 and more`);
    expect(long).toBe('a'.repeat(219));
    expect(excerptOf('x'.repeat(1_000_000))).toHaveLength(220);
  });
});
