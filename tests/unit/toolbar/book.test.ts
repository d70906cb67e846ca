import { describe, expect, it } from 'vitest';
import { createBook, type Entry, viewOf } from '../../../entrypoints/toolbar/book.ts';
import type { Response } from '../../../utils/detection/types.ts';
import { failure } from '../../../utils/errors.ts';
import { aChange, aMark, aResponse } from './given.ts';

const NOW = 1_000_000;

function bookWith(...keys: string[]) {
  const book = createBook();
  book.apply(aChange({ added: keys.map((key) => aResponse(key)) }));
  const entry = (key: string) => book.get(key) as Entry;
  return { book, entry };
}

describe('what is known of each response', () => {
  it('given an open reason row, when the site renders the answer anew, then it is still open, on the new element', () => {
    const { book, entry } = bookWith('a');
    entry('a').choosingReason = true;
    const again = aResponse('a');

    book.apply(aChange({ removed: [aResponse('a')] }));
    expect(book.present()).toEqual([]);
    book.apply(aChange({ added: [again] }));

    expect(entry('a').choosingReason).toBe(true);
    expect(entry('a').response).toBe(again);
  });

  it('given a judgement under a provisional key, when the answer gets its own key, then the judgement follows', () => {
    const { book, entry } = bookWith('provisional');
    const judged = entry('provisional');
    judged.choosingReason = true;
    const response = aResponse('own');

    book.apply(aChange({ rekeyed: [{ from: 'provisional', response }], changed: [response] }));

    expect(book.get('provisional')).toBeNull();
    expect(entry('own')).toBe(judged);
    expect(judged).toMatchObject({ key: 'own', choosingReason: true, response, asked: false });
  });

  it('given a review under a provisional key, when the final key knows none, then the review stays', () => {
    const { book, entry } = bookWith('provisional');
    entry('provisional').mark = aMark('provisional');
    const response = aResponse('own');
    book.apply(aChange({ rekeyed: [{ from: 'provisional', response }], changed: [response] }));

    book.setMarks(['own'], [], NOW);

    expect(entry('own').mark).toEqual(aMark('provisional'));
  });

  it('given settled and growing answers, when the background is to be asked, then only for settled ones, and once', () => {
    const { book } = bookWith('a', 'b');
    book.apply(aChange({ added: [aResponse('growing', { settled: false })] }));

    expect(book.unasked(10)).toEqual(['a', 'b']);
    expect(book.unasked(10)).toEqual([]);

    book.apply(aChange({ changed: [aResponse('growing')] }));
    expect(book.unasked(10)).toEqual(['growing']);
    book.forgetAsked(['a']);
    expect(book.unasked(10)).toEqual(['a']);
  });

  it('given more answers than fit one question, when asked, then the newest come first and the rest next', () => {
    const { book } = bookWith('a', 'b', 'c');

    expect(book.unasked(2)).toEqual(['b', 'c']);
    expect(book.unasked(2)).toEqual(['a']);
  });

  it('given an answer from before a save, when it arrives late, then the saved mark stays', () => {
    const { book, entry } = bookWith('a', 'b');
    const saved = { mark: aMark('a', { revision: 2 }), undoUntil: NOW + 8_000 };
    Object.assign(entry('a'), { mark: saved.mark, saved, markedAt: NOW });

    book.setMarks(['a', 'b'], [aMark('b')], NOW - 5);
    expect(entry('a').mark).toBe(saved.mark);
    expect(entry('b').mark).toEqual(aMark('b'));

    book.setMarks(['a', 'b'], [], NOW + 5);
    expect(entry('a')).toMatchObject({ mark: null, saved: null });
    expect(entry('b').mark).toBeNull();
  });
});

describe('what the toolbar shows of a response that may be none', () => {
  const shown = (change: Partial<Response>, state: Partial<Entry> = {}) => {
    const book = createBook();
    book.apply(aChange({ added: [aResponse('a', change)] }));
    const entry = book.get('a') as Entry;
    return viewOf(Object.assign(entry, state), NOW);
  };

  it('given it is not sure, then it asks, about the author where there is one, and asks for no review of it', () => {
    expect(shown({ asserted: false })).toEqual({ kind: 'offer', author: null });
    expect(shown({ asserted: false, author: 'Fin' })).toEqual({ kind: 'offer', author: 'Fin' });
    const book = createBook();
    book.apply(aChange({ added: [aResponse('a', { asserted: false })] }));
    expect(book.unasked(10)).toEqual([]);
  });

  it('given the reviewer asks why, then the reasons are said, the strongest first, and what speaks against it', () => {
    const evidence = [
      { kind: 'generic', detail: 'It grew', weight: 0.2 },
      { kind: 'declared', detail: 'It is labelled "Bot"', weight: 0.5 },
      { kind: 'generic', detail: 'It has a picture of a person', weight: -0.3 },
    ] as const;
    expect(shown({ evidence, confidence: 0.4, asserted: false }, { asksWhy: true })).toEqual({
      kind: 'why',
      sure: 'Possibly an AI answer.',
      reasons: ['It is labelled "Bot"', 'Against it: It has a picture of a person', 'It grew'],
      asserted: false,
    });
  });
});

describe('what the toolbar shows', () => {
  it('given an entry, when its state changes, then the most urgent thing is shown', () => {
    const { book, entry } = bookWith('a');
    const shown = () => viewOf(entry('a'), NOW);
    expect(shown()).toEqual({ kind: 'choose', mark: null, note: '' });

    book.apply(aChange({ changed: [aResponse('a', { settled: false })] }));
    expect(shown()).toEqual({ kind: 'writing' });

    const mark = aMark('a');
    Object.assign(entry('a'), { mark, saved: { mark, undoUntil: NOW + 7_001 } });
    expect(shown()).toEqual({ kind: 'saved', mark, seconds: 8 });

    entry('a').choosingReason = true;
    expect(shown()).toEqual({ kind: 'reasons' });

    entry('a').setback = { failure: failure('storage-full'), retry: 'undo' };
    expect(shown()).toEqual({ kind: 'failed', failure: failure('storage-full') });
  });

  it('given a save, when its undo window is over, then the judgement is shown for revision', () => {
    const { entry } = bookWith('a');
    const mark = aMark('a');
    Object.assign(entry('a'), { mark, saved: { mark, undoUntil: NOW } });
    expect(viewOf(entry('a'), NOW)).toEqual({ kind: 'choose', mark, note: '' });
  });
});
