import { describe, expect, it } from 'vitest';
import { sizeWords, spentWords } from '../../../components/workbench/measures.ts';
import { countWords, shortTime, siteName, timeWords } from '../../../components/workbench/wording.ts';

/** In the time zone of whoever runs this. */
const at = (day: number, hours: number, minutes = 0, month = 10, year = 2026) =>
  new Date(year, month, day, hours, minutes).getTime();
const now = at(21, 14, 30);

describe('counts', () => {
  it('are said as people say them', () => {
    expect([0, 1, 2, 12_345].map((count) => countWords(count, 'review'))).toEqual([
      'no reviews',
      '1 review',
      '2 reviews',
      '12,345 reviews',
    ]);
    expect(countWords(2, 'delivery', 'deliveries')).toBe('2 deliveries');
  });
});

describe('times', () => {
  it.each([
    [at(21, 0, 5), '00:05', 'at 00:05'],
    [at(21, 23, 59), '23:59', 'at 23:59'],
    [at(20, 23, 59), 'yesterday', 'yesterday at 23:59'],
    [at(22, 9), '22 Nov', 'tomorrow at 09:00'],
    [at(19, 9), '19 Nov', 'on 19 Nov at 09:00'],
    [at(31, 9, 5, 11, 2025), '31 Dec 2025', 'on 31 Dec 2025 at 09:05'],
  ])('given %d, then it is %j in a column and %j in a sentence', (time, short, sentence) => {
    expect(shortTime(time, now)).toBe(short);
    expect(timeWords(new Date(time).toISOString(), now)).toBe(sentence);
  });

  it('given the hour that summer time skips or repeats, then yesterday stays yesterday', () => {
    const midnight = new Date(2026, 2, 30).getTime();
    expect(timeWords(midnight - 60_000, midnight + 60_000)).toMatch(/^yesterday/);
  });
});

it('names a site by its host, and says where it is not https', () => {
  expect(siteName('https://chatgpt.com')).toBe('chatgpt.com');
  expect(siteName('https://www.copilot.com')).toBe('copilot.com');
  expect(siteName('http://localhost:4173')).toBe('http://localhost:4173');
});

it('says sizes and durations with as many digits as matter', () => {
  expect([0, 999, 1000, 1_234_567, 120_000_000_000].map(sizeWords)).toEqual([
    '0 bytes',
    '999 bytes',
    '1.0 kB',
    '1.2 MB',
    '120 GB',
  ]);
  expect([0, 400, 59_000, 90_000].map(spentWords)).toEqual(['1 s', '1 s', '59 s', '2 min']);
});
