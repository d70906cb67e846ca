import 'fake-indexeddb/auto';
import { afterEach, describe, expect, it, vi } from 'vitest';
import type { PrivacyLevel } from '../../../utils/connectors/types.ts';
import type { Review } from '../../../utils/review/schema.ts';
import { counts } from '../../../utils/storage/counters.ts';
import type { CountersignDatabase } from '../../../utils/storage/database.ts';
import { saveDestination } from '../../../utils/storage/destinations.ts';
import { leaseBatch } from '../../../utils/storage/leases.ts';
import { deliverEarlier, resend } from '../../../utils/storage/outbox.ts';
import { saveRevision } from '../../../utils/storage/save.ts';
import { undoRevision } from '../../../utils/storage/undo.ts';
import { aDestinationRow } from '../../support/builders.ts';
import { destinationOf } from '../../support/outbox.ts';
import { aPersonalDraft, harmless, planted } from '../../support/personal.ts';
import { aContext, NOON, openDatabase, revisionAfter } from '../../support/stored.ts';

const LATER = NOON + 60_000;
const limits = { items: 50, bytes: 1_000_000 };
const sending = (sends: PrivacyLevel) => aDestinationRow({ id: sends, name: sends, sends });

/** A destination from before there was a choice. */
function anOldRow() {
  const { sends: _, ...row } = aDestinationRow();
  return row;
}

const outboxText = async (database: CountersignDatabase) => JSON.stringify(await database.outbox.toArray());
const leased = async (database: CountersignDatabase, id = 'team') =>
  (await leaseBatch(database, id, limits, LATER))?.rows.map(({ event }) => event) ?? [];

function expectNone(text: string, values: readonly string[]): void {
  for (const value of values) expect(text).not.toContain(value);
}

async function save(database: CountersignDatabase, draft = aPersonalDraft()) {
  await saveRevision(database, draft, aContext());
  return draft;
}

/** As on a computer so slow that no check ends in time. */
function withoutTime(): void {
  let clock = 0;
  vi.spyOn(performance, 'now').mockImplementation(() => {
    clock += 5_000;
    return clock;
  });
}
afterEach(() => vi.restoreAllMocks());

describe('what is owed', () => {
  it('given a destination that gets redacted texts, holds nothing personal; the stored review holds all', async () => {
    const database = await openDatabase(sending('redacted'));
    const draft = await save(database);
    const text = await outboxText(database);
    expectNone(text, planted);
    for (const words of harmless) expect(text).toContain(words);
    const [row] = await database.revisions.toArray();
    expect(row?.review).toMatchObject({ snapshot: draft.snapshot, judgement: draft.judgement });
  });

  it('given a destination from before there was a choice, is redacted', async () => {
    const database = await openDatabase(anOldRow());
    await save(database);
    expectNone(await outboxText(database), planted);
  });

  it('given destinations of every level, holds for each its own', async () => {
    const levels = ['text', 'redacted', 'hashes', 'ratings'] as const;
    const database = await openDatabase(...levels.map(sending));
    const draft = await save(database);
    const [row] = await database.revisions.toArray();
    for (const { destinationId, event, state } of await database.outbox.toArray()) {
      expect(state).toBe('pending');
      expect(event?.data).toMatchObject({ judgement: { verdict: draft.judgement.verdict } });
      if (destinationId === 'text') expect(event?.data).toEqual(row?.review);
      else expect(event?.data).toMatchObject({ redaction: { level: destinationId } });
      if (destinationId === 'hashes' || destinationId === 'ratings') {
        expectNone(JSON.stringify(event), [...planted, ...harmless]);
      }
      if (destinationId === 'ratings') expectNone(JSON.stringify(event), [row?.review.contentHash as string]);
    }
  });

  it('given revisions, keeps their chain under a key of this installation that is in no entry', async () => {
    const database = await openDatabase(sending('redacted'));
    const draft = await save(database);
    await save(database, revisionAfter(draft));
    const [first, second] = (await database.outbox.toArray()).map(({ event }) => event?.data as Review);
    expect(second?.previousHash).toBe(first?.hash);
    const key = (await database.values.get('privacy-secret'))?.value as string;
    expect(key).toMatch(/^[0-9a-f]{64}$/);
    expectNone(await outboxText(database), [key]);
  });

  it('given a repeated save, is owed once; given an undo, not at all', async () => {
    const database = await openDatabase(sending('redacted'));
    const draft = await save(database);
    await save(database, draft);
    expect(await counts(database)).toMatchObject({ owed: 1 });
    await undoRevision(database, { reviewId: draft.id, revision: 1, origin: null, now: NOON });
    expect(await counts(database)).toMatchObject({ owed: 0, reviews: 0 });
  });

  it('given a level that changes while the review is prepared, gets the new one', async () => {
    const database = await openDatabase(aDestinationRow({ sends: 'redacted' }));
    const sign = crypto.subtle.sign.bind(crypto.subtle);
    vi.spyOn(crypto.subtle, 'sign').mockImplementationOnce(async (...args) => {
      await database.destinations.update('team', { sends: 'ratings' });
      return sign(...args);
    });
    await save(database);
    const [entry, ...others] = await database.outbox.toArray();
    expect(entry?.event?.data).toMatchObject({ redaction: { level: 'ratings' } });
    expect(others).toEqual([]);
    expect(await counts(database)).toMatchObject({ owed: 1, revisions: 1 });
  });
});

describe('what is owed already', () => {
  it('given another level, is prepared anew before it leaves, and meanwhile is not kept as it was', async () => {
    const database = await openDatabase(aDestinationRow({ sends: 'text' }));
    const draft = await save(database);
    const { token: _, ...input } = await destinationOf(database);
    await saveDestination(database, { ...input, sends: 'redacted' });
    expectNone(await outboxText(database), planted);
    const [event] = await leased(database);
    expect(event).toMatchObject({ id: `${draft.id}:1`, data: { redaction: { level: 'redacted' } } });
    expectNone(JSON.stringify(event), planted);
    expect(await counts(database)).toMatchObject({ owed: 1 });
  });

  it('given raw entries from before there was redaction, is redacted before it leaves', async () => {
    const database = await openDatabase(aDestinationRow({ sends: 'text' }));
    await save(database);
    await database.destinations.put(anOldRow());
    const events = await leased(database);
    expect(events).toHaveLength(1);
    expectNone(JSON.stringify(events), planted);
  });

  it('given an address that moved, goes to the new one as redacted as before', async () => {
    const database = await openDatabase(aDestinationRow({ sends: 'redacted' }));
    await save(database);
    const moved = { ...(await destinationOf(database)), url: 'https://elsewhere.example/v1/events', token: 'new' };
    await saveDestination(database, moved, 'move');
    expectNone(await outboxText(database), planted);
    expectNone(JSON.stringify(await leased(database)), planted);
  });

  it('given a form that does not say what is sent, stays at the level it had', async () => {
    const database = await openDatabase(aDestinationRow({ sends: 'ratings' }));
    const { sends: _, ...input } = await destinationOf(database);
    await saveDestination(database, input);
    expect(await destinationOf(database)).toMatchObject({ sends: 'ratings' });
    const id = await saveDestination(database, { ...input, id: null });
    expect(await destinationOf(database, id)).toMatchObject({ sends: 'redacted' });
  });

  it('given reviews from before the destination, each is redacted before it leaves', async () => {
    const database = await openDatabase();
    for (let index = 0; index < 45; index += 1) await save(database, aPersonalDraft());
    await database.destinations.put(sending('redacted'));
    expect(await deliverEarlier(database, 'redacted', LATER, 10)).toBe(45);
    expectNone(await outboxText(database), planted);
    const events = await leased(database, 'redacted');
    expect(events).toHaveLength(45);
    expectNone(JSON.stringify(events), planted);
    expect(await counts(database)).toMatchObject({ owed: 45, dead: 0 });
  });
});

describe('a review that could not be checked', () => {
  it('is saved, not sent, and says why; and can be undone', async () => {
    withoutTime();
    const database = await openDatabase(sending('redacted'), sending('text'));
    const draft = await save(database);
    const [withheld, raw] = await database.outbox.toArray();
    expect(withheld).toMatchObject({
      state: 'dead',
      event: null,
      attempts: 0,
      reason: expect.stringMatching(/^Not sent:/),
    });
    expect(raw).toMatchObject({ state: 'pending' });
    expect(await counts(database)).toMatchObject({ reviews: 1, owed: 1, dead: 1 });
    expect(await leased(database, 'redacted')).toEqual([]);
    await undoRevision(database, { reviewId: draft.id, revision: 1, origin: null, now: NOON });
    expect(await counts(database)).toMatchObject({ reviews: 0, owed: 0, dead: 0 });
  });

  it('given a resend, is checked again: withheld again, or sent redacted', async () => {
    const database = await openDatabase(sending('redacted'));
    withoutTime();
    await save(database);
    await resend(database, { destinationId: 'redacted' }, NOON);
    expect(await database.outbox.toArray()).toMatchObject([{ state: 'pending', dueAt: NOON + 8_000, event: null }]);
    expect(await leased(database, 'redacted')).toEqual([]);
    expect(await counts(database)).toMatchObject({ owed: 0, dead: 1 });
    vi.restoreAllMocks();
    await resend(database, { destinationId: 'redacted' }, LATER);
    const events = await leased(database, 'redacted');
    expect(events).toHaveLength(1);
    expectNone(JSON.stringify(events), planted);
  });
});
