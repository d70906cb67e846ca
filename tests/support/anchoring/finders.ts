/** Published quote matchers, each used as its makers do. */
import matchAll from 'approx-string-match';
import { toTextPosition } from 'dom-anchor-text-quote';
import type { Finder } from './score.ts';

/** How alike two texts are, 0 to 1, by the errors of the best match. */
function likeness(text: string, wanted: string): number {
  if (wanted === '' || text === '') return wanted === text ? 1 : 0;
  const [best] = matchAll(text, wanted, wanted.length).sort((a, b) => a.errors - b.errors);
  return best ? 1 - best.errors / wanted.length : 0;
}

/**
 * Approximate search for the quote, the matches weighed by quote, surroundings and distance from where it was, as the
 * annotation tools that use this library do. `least` of 1 is the score below which nothing is taken.
 */
export const approximate =
  (least = 0): Finder =>
  (_, spots, now) =>
    spots.map(({ quote: { exact, prefix, suffix }, utf16 }) => {
      const exactly: { start: number; end: number; errors: number }[] = [];
      for (let at = now.indexOf(exact); at >= 0; at = now.indexOf(exact, at + 1)) {
        exactly.push({ start: at, end: at + exact.length, errors: 0 });
      }
      const matches = exactly.length > 0 ? exactly : matchAll(now, exact, Math.min(256, Math.floor(exact.length / 2)));
      const weighed = matches.map(({ start, end, errors }) => {
        const parts = [
          50 * (1 - errors / exact.length),
          20 * likeness(now.slice(Math.max(0, start - prefix.length), start), prefix),
          20 * likeness(now.slice(end, end + suffix.length), suffix),
          2 * (1 - Math.abs(start - utf16.start) / now.length),
        ];
        return { start, end, score: parts.reduce((all, part) => all + part, 0) / 92 };
      });
      const best = weighed.sort((a, b) => b.score - a.score)[0];
      return best && best.score >= least ? { start: best.start, end: best.end } : null;
    });

export const domAnchor: Finder = (_, spots, now) =>
  spots.map(({ quote, utf16 }) => {
    try {
      return toTextPosition({ textContent: now } as Element, quote, { hint: utf16.start });
    } catch {
      return null;
    }
  });
