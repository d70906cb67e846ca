import 'fake-indexeddb/auto';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ReviewDraft, Verdict } from '../../../utils/review/schema.ts';
import { counts, recount } from '../../../utils/storage/counters.ts';
import type { CountersignDatabase, OutboxRow } from '../../../utils/storage/database.ts';
import { removeDestination, saveDestination } from '../../../utils/storage/destinations.ts';
import { changeEntries, deliverEarlier, resend } from '../../../utils/storage/outbox.ts';
import { deleteReviews } from '../../../utils/storage/remove.ts';
import { saveRevision } from '../../../utils/storage/save.ts';
import { undoRevision } from '../../../utils/storage/undo.ts';
import { aDestinationRow, aDraft, aJudgement } from '../../support/builders.ts';
import { acknowledged } from '../../support/outbox.ts';
import { aContext, NOON, openDatabase, revisionAfter, SITE } from '../../support/stored.ts';

const SITES = [SITE, 'https://help.example', 'https://bot.example'];
const VERDICTS: Verdict[] = ['approve', 'correct', 'reject', 'unsure'];
const pick = fc.nat({ max: 9 });

/** One thing that a reviewer, the sender or the lead may do; numbers pick what it is done to. */
const step = fc.oneof(
  { weight: 4, arbitrary: fc.record({ do: fc.constant('save' as const), what: pick, site: fc.nat({ max: 2 }) }) },
  { weight: 4, arbitrary: fc.record({ do: fc.constant('revise' as const), what: pick, verdict: fc.nat({ max: 3 }) }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('undo' as const), what: pick }) },
  {
    weight: 3,
    arbitrary: fc.record({
      do: fc.constant('settle' as const),
      what: pick,
      state: fc.constantFrom('delivered' as const, 'dead' as const, 'leased' as const),
    }),
  },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('resend' as const) }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('delete' as const), what: pick }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('delete site' as const), what: fc.nat({ max: 2 }) }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('delete all' as const) }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('add destination' as const), earlier: fc.boolean() }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('remove destination' as const) }) },
);
type Step = typeof step extends fc.Arbitrary<infer S> ? S : never;

async function run(steps: readonly Step[]) {
  const database = await openDatabase(aDestinationRow());
  const drafts: ReviewDraft[] = [];
  const chosen = (what: number) => drafts[what % Math.max(1, drafts.length)];
  const origins = new Map<string, string>();
  const save = async (draft: ReviewDraft, origin: string) => {
    await saveRevision(database, draft, aContext({ origin }));
    origins.set(draft.id, origin);
    drafts.unshift(draft);
  };
  const perform = async (one: Step) => {
    switch (one.do) {
      case 'save':
        return save(aDraft({ responseKey: `response-${one.what}` }), SITES[one.site] as string);
      case 'revise': {
        const draft = chosen(one.what);
        if (!draft) return;
        const judgement = aJudgement({ verdict: VERDICTS[one.verdict] as Verdict });
        return save(revisionAfter(draft, { judgement }), origins.get(draft.id) as string);
      }
      case 'undo': {
        const draft = chosen(one.what);
        if (!draft) return;
        const request = { reviewId: draft.id, revision: draft.basedOn + 1, origin: null, now: NOON };
        return undoRevision(database, request);
      }
      case 'settle':
        return settle(database, await database.outbox.limit(1 + one.what).toArray(), one.state);
      case 'resend':
        return resend(database, { destinationId: 'team' }, NOON);
      case 'delete':
        return deleteReviews(database, { ids: [chosen(one.what)?.id ?? 'none'] });
      case 'delete site':
        return deleteReviews(database, { site: SITES[one.what] as string }, { chunk: 2 });
      case 'delete all':
        return deleteReviews(database, { all: true });
      case 'add destination': {
        const { token: _, ...row } = aDestinationRow({ id: 'second' });
        await saveDestination(database, { ...row, id: null }, undefined, () => 'second');
        return one.earlier ? deliverEarlier(database, 'second', NOON, 3) : 0;
      }
      case 'remove destination':
        return removeDestination(database, 'second');
    }
  };
  for (const one of steps) {
    // Refusals are part of the game: a conflict, a window that closed. What counts is that they change no counter.
    await perform(one).catch((thrown) => expect(thrown).toHaveProperty('failure'));
  }
  return database;
}

async function settle(
  database: CountersignDatabase,
  rows: readonly OutboxRow[],
  state: 'delivered' | 'dead' | 'leased',
): Promise<void> {
  if (state === 'delivered') return acknowledged(database, rows);
  await database.transaction('rw', database.outbox, database.counters, () =>
    changeEntries(database, rows, () => ({ state })),
  );
}

describe('the counters', () => {
  it('given any sequence of changes, equal what a count of all rows says', { timeout: 60_000 }, async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 25 }), async (steps) => {
        const database = await run(steps);
        const kept = { rows: await database.counters.toArray(), counts: await counts(database) };
        await recount(database);
        expect(kept).toEqual({ rows: await database.counters.toArray(), counts: await counts(database) });
        await database.delete();
      }),
      { numRuns: 60 },
    );
  });

  it('given a review, its revisions and destinations, tell each apart', async () => {
    const database = await run([
      { do: 'save', what: 1, site: 0 },
      { do: 'revise', what: 0, verdict: 2 },
      { do: 'save', what: 2, site: 0 },
      { do: 'save', what: 1, site: 1 },
      { do: 'settle', what: 1, state: 'dead' },
    ]);
    expect(await counts(database)).toEqual({
      reviews: 3,
      revisions: 4,
      sites: [
        { site: SITES[0], reviews: 2 },
        { site: SITES[1], reviews: 1 },
      ],
      verdicts: { approve: 0, correct: 2, reject: 1, unsure: 0 },
      owed: 2,
      delivered: 0,
      dead: 2,
      destinations: { team: { owed: 2, delivered: 0, dead: 2 } },
    });
  });
});
