import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Route, readRoute, writeRoute } from '../../../entrypoints/workbench/route.ts';

describe('the address of a view', () => {
  it('given any view, when its address is read back, then it is the same view', () => {
    const query = fc.record(
      {
        search: fc.string({ minLength: 1, unit: 'grapheme' }),
        site: fc.constantFrom('https://chatgpt.com', 'http://localhost:4173', 'https://a.example/?b=c&d#e'),
        verdict: fc.constantFrom('approve', 'correct', 'reject', 'unsure'),
        label: fc.string({ minLength: 1 }),
        from: fc.constant('2026-11-01'),
        until: fc.constant('2026-11-30'),
        delivery: fc.constantFrom('pending', 'delivered', 'dead', 'none'),
      },
      { requiredKeys: [] },
    );
    const route = fc.oneof(
      fc.constantFrom<Route>({ view: 'delivery' }, { view: 'sites' }, { view: 'settings' }, { view: 'welcome' }),
      fc.record({ view: fc.constant('reviews'), reviewId: fc.option(fc.uuid()), query }),
    );
    fc.assert(
      fc.property(route, (wanted) => {
        expect(readRoute(writeRoute(wanted as Route))).toEqual(wanted);
      }),
      { numRuns: 50 },
    );
  });

  it.each(['', '#', '#/', '#/nowhere', '#/reviews/', '#/reviews/<b>', 'x'])(
    'given the unknown address %j, then it is the list of reviews',
    (hash) => {
      expect(readRoute(hash)).toEqual({ view: 'reviews', reviewId: null, query: {} });
    },
  );

  it('given conditions that there are not, then they are left out', () => {
    const { query } = readRoute('#/reviews?verdict=great&delivery=lost&from=yesterday&site=&search=ship') as {
      query: unknown;
    };
    expect(query).toEqual({ search: 'ship' });
  });
});
