import { describe, expect, test } from 'vitest';
import { paceMs } from '../../../utils/connectors/rate-limit.ts';

const NOW = Date.parse('2026-11-21T08:00:00Z');
const DATE = 'Sat, 21 Nov 2026 09:00:00 GMT';
const AN_HOUR_AHEAD = String(Date.parse('2026-11-21T09:01:00Z') / 1000);

describe('the pace that a server asks for', () => {
  test.each<[string, Record<string, string>, number]>([
    ['says nothing', {}, 0],
    ['has plenty left', { ratelimit: '"default";r=90;t=30', 'ratelimit-policy': '"default";q=100;w=60' }, 0],
    ['has nothing left', { ratelimit: '"default";r=0;t=30' }, 30_000],
    ['has nothing left and tells the window only', { ratelimit: 'd;r=0', 'ratelimit-policy': 'd;q=10;w=7' }, 7000],
    ['has a fifth left', { ratelimit: '"d";r=19;t=60', 'ratelimit-policy': '"d";q=100;w=60' }, 3000],
    ['has little left of an unknown lot', { ratelimit: '"d";r=1;t=60' }, 0],
    [
      'has several limits, one of which is used up',
      { ratelimit: '"burst";r=5;t=1, "day";r=0;t=600', 'ratelimit-policy': '"burst";q=10;w=1, "day";q=500;w=86400' },
      600_000,
    ],
    ['has a name with a comma', { ratelimit: '"a,b;r=0";r=0;t=4' }, 4000],
    ['writes the dictionary of an earlier draft', { ratelimit: 'limit=100, remaining=0, reset=12' }, 12_000],
    ['writes separate fields', { 'ratelimit-remaining': '0', 'ratelimit-reset': '9', 'ratelimit-limit': '10' }, 9000],
    [
      'writes a limit with its policy',
      { 'ratelimit-limit': '10, 10;w=1', 'ratelimit-remaining': '4', 'ratelimit-reset': '5' },
      1000,
    ],
    ['writes them with X-', { 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': '3' }, 3000],
    [
      'writes the reset as a time by its own clock',
      { 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': AN_HOUR_AHEAD, date: DATE },
      60_000,
    ],
    ['asks for a year', { ratelimit: '"d";r=0;t=31536000' }, 86_400_000],
    ['writes nonsense', { ratelimit: '"";;;r=;t=x, r=0', 'ratelimit-remaining': '-1', 'x-ratelimit-reset': '1e9' }, 0],
  ])('given one that %s', (_what, headers, ms) => {
    expect(paceMs(new Headers(headers), NOW)).toBe(ms);
  });

  test('given 100 KB of it, is read in no time', () => {
    const began = performance.now();
    paceMs(new Headers({ ratelimit: '"a";r=1,'.repeat(12_500), 'ratelimit-policy': '"\\'.repeat(50_000) }), NOW);
    expect(performance.now() - began).toBeLessThan(2000);
  });
});
