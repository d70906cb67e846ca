import { describe, expect, it, vi } from 'vitest';
import { createBook, type Entry } from '../../../entrypoints/toolbar/book.ts';
import { createSaver, draftOf } from '../../../entrypoints/toolbar/save.ts';
import { failure } from '../../../utils/errors.ts';
import type { Call } from '../../../utils/messaging/client.ts';
import type { ContentCalls } from '../../../utils/messaging/contract.ts';
import { err, ok } from '../../../utils/result.ts';
import type { ReviewDraft } from '../../../utils/review/schema.ts';
import { aSnapshot } from '../../support/builders.ts';
import { aChange, aMark, aResponse } from './given.ts';

const NOW = 1_000_000;

/** A background that answers what the test puts in its mouth. */
function aBackground() {
  const answers: unknown[] = [];
  const asked: { verb: string; body: unknown }[] = [];
  const call = (async (verb: string, body: unknown) => {
    asked.push({ verb, body });
    return answers.shift();
  }) as unknown as Call<ContentCalls>;
  const onStale = vi.fn();
  const saver = createSaver({ call, onChange: () => {}, onSlow: () => {}, onStale, now: () => NOW });
  return { saver, answers, asked, onStale };
}

function entriesFor(...keys: string[]): Entry[] {
  const book = createBook();
  book.apply(aChange({ added: keys.map((key) => aResponse(key)) }));
  return book.present();
}

const approval = { verdict: 'approve', labels: [], snapshot: aSnapshot(), visibility: 'verified' } as const;
const saved = (key: string, revision = 1) => ({ mark: aMark(key, { revision }), undoUntil: NOW + 8_000 });

describe('what is sent to be stored', () => {
  it('given an answer without a review, when judged, then it is the first revision of a new one', () => {
    const [entry] = entriesFor('a') as [Entry];
    entry.spentMs = 1234.6;
    const draft = draftOf(entry, approval);
    expect(draft).toMatchObject({ basedOn: 0, responseKey: 'a', surface: 'toolbar', spentMs: 1235 });
    expect(draft.judgement).toEqual({ verdict: 'approve', labels: [], ratings: [], correction: null, comment: null });
  });

  it('given an answer with a review, when judged again, then it revises that one', () => {
    const [entry] = entriesFor('a') as [Entry];
    entry.mark = aMark('a', { reviewId: 'r', revision: 3 });
    expect(draftOf(entry, approval)).toMatchObject({ id: 'r', basedOn: 3 });
  });
});

describe('saving from the toolbar', () => {
  it('given a save, when the background has stored it, then the entry knows its mark and for how long it can be undone', async () => {
    const { saver, answers } = aBackground();
    const [entry] = entriesFor('a') as [Entry];
    entry.choosingReason = true;
    answers.push(ok(saved('a')));

    await saver.save(entry, draftOf(entry, approval));

    expect(entry).toMatchObject({
      mark: aMark('a'),
      saved: saved('a'),
      choosingReason: false,
      saving: false,
      spentMs: 0,
    });
  });

  it('given a full disk, when a save fails, then the judgement stays and is sent again under the same save id', async () => {
    const { saver, answers, asked } = aBackground();
    const [entry] = entriesFor('a') as [Entry];
    answers.push(err(failure('storage-full')), ok(saved('a')));
    const draft = draftOf(entry, approval);

    await saver.save(entry, draft);
    expect(entry.setback).toEqual({ failure: failure('storage-full'), retry: draft });
    expect(entry.mark).toBeNull();

    await saver.save(entry, entry.setback?.retry as ReviewDraft);
    expect(asked.map(({ body }) => (body as ReviewDraft).saveId)).toEqual([draft.saveId, draft.saveId]);
    expect(entry).toMatchObject({ setback: null, mark: aMark('a') });
  });

  it('given a revision made elsewhere, when a save conflicts, then fresh marks are asked for', async () => {
    const { saver, answers, onStale } = aBackground();
    const [entry] = entriesFor('a') as [Entry];
    answers.push(err(failure('conflict')));
    await saver.save(entry, draftOf(entry, approval));
    expect(onStale).toHaveBeenCalledOnce();
  });

  it('given a save that is under way, when a second one comes, then one is sent', async () => {
    const { saver, answers, asked } = aBackground();
    const [entry] = entriesFor('a') as [Entry];
    answers.push(ok(saved('a')), ok(saved('a')));
    await Promise.all([saver.save(entry, draftOf(entry, approval)), saver.save(entry, draftOf(entry, approval))]);
    expect(asked).toHaveLength(1);
  });
});

describe('taking a judgement back', () => {
  it('given two saves, when undone at another answer, then the newest is taken back, and at its own answer its own', async () => {
    const { saver, answers, asked } = aBackground();
    const [a, b, other] = entriesFor('a', 'b', 'other') as [Entry, Entry, Entry];
    saver.learn(a, saved('a'));
    saver.learn(b, saved('b', 2));
    expect(saver.undoable(other)).toBe(b);
    expect(saver.undoable(a)).toBe(a);

    answers.push(ok({ mark: aMark('b') }));
    saver.undo(other);
    await vi.waitFor(() => expect(b.saved).toBeNull());
    expect(asked).toEqual([{ verb: 'undoReview', body: { reviewId: 'review of b', revision: 2 } }]);
    expect(b.mark).toEqual(aMark('b'));
  });

  it('given a window that has closed, when undone, then nothing is asked', () => {
    const { saver, asked } = aBackground();
    const [entry] = entriesFor('a') as [Entry];
    saver.learn(entry, { ...saved('a'), undoUntil: NOW });
    expect(saver.undoable(entry)).toBeNull();
    saver.undo(entry);
    expect(asked).toEqual([]);
  });

  it('given a window that closes on the way, when the background refuses, then that is said', async () => {
    const { saver, answers } = aBackground();
    const [entry] = entriesFor('a') as [Entry];
    saver.learn(entry, saved('a'));
    answers.push(err(failure('too-late')));
    saver.undo(entry);
    await vi.waitFor(() => expect(entry.setback?.failure.code).toBe('too-late'));
    expect(entry.mark).toEqual(aMark('a'));
  });
});
