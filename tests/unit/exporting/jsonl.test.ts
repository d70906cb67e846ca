import { describe, expect, it } from 'vitest';
import {
  exportFileName,
  inPieces,
  jsonLine,
  reviewLine,
  reviewLines,
  undeliveredLine,
} from '../../../utils/exporting/jsonl.ts';
import type { Review } from '../../../utils/review/schema.ts';

/** A review whose fields matter only as data: an export must not look into it. */
function aReview(change: Partial<Review> = {}): Review {
  return {
    id: '0190f3c2-0000-7000-8000-000000000001',
    revision: 1,
    previousHash: null,
    hash: 'a'.repeat(64),
    responseKey: 'demo|thread|1',
    judgement: { verdict: 'approve', labels: [], ratings: [], correction: null, comment: null },
    createdAt: '2026-11-21T09:00:00.000Z',
    ...change,
  } as Review;
}

const withComment = (comment: string) =>
  aReview({ judgement: { verdict: 'unsure', labels: [], ratings: [], correction: null, comment } });

/** What any reader does with a JSON Lines file. */
const read = (file: string) =>
  file
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line));

describe('a line of an export', () => {
  it('given text with every kind of line end, when it is written, then it is one line to every reader, and the text comes back', () => {
    const text = 'a\nb\r\nc\rd\u2028e\u2029f\u0085g\vh\fi\u001cj';
    const line = jsonLine(withComment(text));
    // The line ends of Python's str.splitlines, the most eager reader.
    for (const end of ['\n', '\r', '\v', '\f', '\u001c', '\u0085', '\u2028', '\u2029']) {
      expect(line.slice(0, -1)).not.toContain(end);
    }
    expect(line.endsWith('\n')).toBe(true);
    expect(JSON.parse(line).judgement.comment).toBe(text);
  });

  it('given odd characters, when the file goes through UTF-8, then each comes back as it was', () => {
    const texts = [
      '\ud83d half a pair',
      'the other half \udc4d',
      '\0',
      '👩🏽‍⚕️',
      '‮right to left',
      'é',
      '\ufeff',
      '\\u2028',
      '"}',
    ];
    const file = texts.map((text) => jsonLine(withComment(text))).join('');
    const fromDisk = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(new TextEncoder().encode(file));
    expect(read(fromDisk).map((review) => review.judgement.comment)).toEqual(texts);
  });
});

describe('the line of a review', () => {
  const first = aReview();
  const second = aReview({ revision: 2, previousHash: first.hash, hash: 'b'.repeat(64) });

  it('given two revisions, when the newest is asked for, then the line is that revision', () => {
    expect(JSON.parse(reviewLine([first, second], 'newest'))).toEqual(second);
  });

  it('given two revisions, when all are asked for, then the line holds both, oldest first', () => {
    expect(JSON.parse(reviewLine([first, second], 'all'))).toEqual({ id: first.id, revisions: [first, second] });
  });

  it('given no revision, then there is no line, and it says so', () => {
    expect(() => reviewLine([], 'newest')).toThrow(RangeError);
  });
});

describe('the lines of many reviews', () => {
  async function linesOf(reviews: readonly Review[], choice: 'newest' | 'all') {
    const lines: unknown[] = [];
    for await (const line of reviewLines(reviews, choice)) lines.push(JSON.parse(line));
    return lines;
  }
  const other = aReview({ id: 'other' });
  const stored = [aReview(), aReview({ revision: 2 }), other];

  it('given two reviews of which one was revised, when all revisions are asked for, then there are two lines with all three', async () => {
    expect(await linesOf(stored, 'all')).toEqual([
      { id: stored[0]?.id, revisions: [stored[0], stored[1]] },
      { id: 'other', revisions: [other] },
    ]);
  });

  it('given the same, when the newest is asked for, then each review is there once, as it stands now', async () => {
    expect(await linesOf(stored, 'newest')).toEqual([stored[1], other]);
  });

  it('given nothing, then there is nothing', async () => {
    expect(await linesOf([], 'all')).toEqual([]);
  });
});

describe('the line of what could not be delivered', () => {
  it('given an entry, then the reason, the destination and exactly what would have been sent are there', () => {
    const entry = { key: 'r:1', destination: 'Team', reason: 'the endpoint said: too big', attempts: 3, event: null };
    expect(JSON.parse(undeliveredLine({ ...entry, event: null }))).toEqual(entry);
  });
});

describe('a large export', () => {
  async function piecesOf(lines: readonly string[], size: number) {
    const pieces: string[] = [];
    for await (const piece of inPieces(lines, size)) pieces.push(piece);
    return pieces;
  }

  it('given many lines, when they are written in pieces, then no piece is much longer than asked for and nothing is lost', async () => {
    const lines = Array.from({ length: 1000 }, (_, index) => jsonLine({ index }));
    const pieces = await piecesOf(lines, 500);
    expect(pieces.join('')).toBe(lines.join(''));
    expect(pieces.length).toBeGreaterThan(20);
    expect(Math.max(...pieces.map((piece) => piece.length))).toBeLessThan(520);
  });

  it('given no lines, then there is no piece', async () => {
    expect(await piecesOf([], 500)).toEqual([]);
  });
});

it('given an evening west of Greenwich, when a file is named, then it bears the reviewer’s own date', () => {
  expect(exportFileName('reviews', new Date(2026, 0, 5, 23, 30))).toBe('countersign-reviews-2026-01-05.jsonl');
});
