import { expect, test } from 'vitest';
import { retryAfterMs } from '../../../utils/connectors/retry-after.ts';

const NOW = Date.parse('2026-11-21T08:00:00Z');
const reading = (headers: Record<string, string>) => retryAfterMs(new Headers(headers), NOW);

test('seconds are seconds', () => {
  expect(reading({ 'retry-after': '120' })).toBe(120_000);
});

test('a date counts from the clock of the server that sent it, not from ours', () => {
  const headers = { 'retry-after': 'Sat, 21 Nov 2026 09:02:00 GMT', date: 'Sat, 21 Nov 2026 09:00:00 GMT' };
  expect(reading(headers)).toBe(120_000);
});

test('a date without a Date header counts from our clock', () => {
  expect(reading({ 'retry-after': 'Sat, 21 Nov 2026 08:01:00 GMT' })).toBe(60_000);
});

test('the two obsolete forms of a date are read too', () => {
  expect(reading({ 'retry-after': 'Saturday, 21-Nov-26 08:01:00 GMT' })).toBe(60_000);
  expect(reading({ 'retry-after': 'Sat Nov 21 08:01:00 2026' })).toBe(60_000);
});

test.each([
  ['0', 1000],
  ['999999999', 86_400_000],
  ['Fri, 20 Nov 2026 08:00:00 GMT', 1000],
  ['Sat, 21 Nov 2037 08:00:00 GMT', 86_400_000],
])('%s is brought between 1 s and 24 h', (text, wait) => {
  expect(reading({ 'retry-after': text })).toBe(wait);
});

test.each(['-5', 'abc', '', '1.5', '2026-11-21', 'Sat, 99 Foo 2026 08:00:00 GMT'])(
  'nothing is read from %o',
  (text) => {
    expect(reading({ 'retry-after': text })).toBeNull();
  },
);
