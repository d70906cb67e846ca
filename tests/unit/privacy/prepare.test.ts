import { beforeEach, describe, expect, it, vi } from 'vitest';
import { type PrepareOptions, prepareForDestination } from '../../../utils/privacy/prepare.ts';
import { sha256 } from '../../../utils/review/hash.ts';
import { nextRevision } from '../../../utils/review/revise.ts';
import { defaultRubric } from '../../../utils/review/rubric.ts';
import type { Review } from '../../../utils/review/schema.ts';
import { reviewEventSchema, toEvent } from '../../../utils/review/wire.ts';
import { aDraft, aJudgement, anEvent, aReview, aSnapshot } from '../../support/builders.ts';

const secret = 'a-random-key-of-this-installation';
const withOptions = (change: Partial<PrepareOptions> = {}): PrepareOptions => ({
  level: 'redacted',
  secret,
  ...change,
});

async function prepared(review: Review, change: Partial<PrepareOptions> = {}) {
  const result = await prepareForDestination(toEvent(review), withOptions(change));
  if (!result.ok) throw new Error(result.error.message);
  expect(reviewEventSchema.safeParse(result.value.event).success).toBe(true);
  return result.value;
}

const personal = () =>
  aReview({
    previousHash: 'c'.repeat(64),
    snapshot: aSnapshot({
      text: 'Your card 4111 1111 1111 1111 was charged.',
      markdown: 'Your card `4111 1111 1111 1111` was charged.',
      prompt: 'I am jane@example.com',
      conversationKey: 'jane@example.com',
    }),
    judgement: aJudgement({ correction: 'Card 4111 1111 1111 1111 was not charged.', comment: 'call +1 415 555 0132' }),
  });
const raw = ['4111', 'jane', '415'];

describe('prepareForDestination', () => {
  it('at level text lets the event go as it is', async () => {
    const review = personal();
    expect((await prepared(review, { level: 'text' })).event).toEqual(toEvent(review));
  });

  it('at level redacted lets nothing recognised go, in no field and in no envelope', async () => {
    const { event, fields } = await prepared(personal());
    const sent = JSON.stringify(event);
    for (const value of raw) expect(sent).not.toContain(value);
    expect(event.data.snapshot.text).toBe('Your card [CARD_1] was charged.');
    expect(event.data.judgement.correction).toBe('Card [CARD_1] was not charged.');
    expect(event.data.redaction).toMatchObject({
      level: 'redacted',
      counts: { card: 3, email: 1, phone: 1 },
      leftOut: [],
    });
    expect(fields.length).toBeGreaterThan(4);
  });

  it('at level hashes lets no text go, but names what was there', async () => {
    const review = { ...aReview(), contentHash: await sha256(aSnapshot().text) };
    const { event, fields } = await prepared(review, { level: 'hashes' });
    expect(event.data.contentHash).toBe(review.contentHash);
    expect(event.data.snapshot).toMatchObject({
      text: '',
      markdown: '',
      prompt: null,
      pageTitle: '',
      pageUrl: review.origin,
    });
    expect(event.data.judgement).toMatchObject({ verdict: 'correct', labels: ['wrong'], correction: null });
    expect(event.data.redaction?.leftOut).toContain('judgement.correction');
    expect(event.data.redaction?.leftOut).not.toContain('judgement.comment');
    expect(fields).toEqual([]);
  });

  it('at level ratings lets nothing go that is derived from text', async () => {
    const review = { ...personal(), responseKey: 'chat.example||f:12345678abcdef' };
    const { event } = await prepared(review, { level: 'ratings' });
    const sent = JSON.stringify(event);
    for (const value of [...raw, review.contentHash, review.hash, 'f:12345678abcdef'])
      expect(sent).not.toContain(value);
    expect(event.data.judgement.ratings).toEqual(review.judgement.ratings);
    expect(event.subject).toBe(event.data.responseKey);
  });

  it('redacts who wrote it, who agreed and why a person was asked; without texts, only that it was so stays', async () => {
    const review = {
      ...aReview({ snapshot: aSnapshot({ author: 'bot@example.com' }) }),
      oversight: {
        gate: { outcome: 'overridden' as const, reason: 'jane@example.com waits' },
        approver: 'Grace, grace@example.com',
        asked: { priority: 0.8, reasons: ['names jane@example.com'] },
        policies: [{ id: 'refund', demand: 'approver' as const, severity: 'major' as const }],
        recurrence: { reviewId: aReview().id, similarity: 0.9, state: 'same' as const },
      },
    };
    const { data } = (await prepared(review)).event;
    expect(JSON.stringify(data)).not.toContain('@example.com');
    expect(data.snapshot.author).toBe('[EMAIL_1]');
    expect(data.oversight).toEqual({
      ...review.oversight,
      gate: { outcome: 'overridden', reason: '[EMAIL_2] waits' },
      approver: 'Grace, [EMAIL_3]',
      asked: { priority: 0.8, reasons: ['names [EMAIL_2]'] },
    });
    for (const level of ['hashes', 'ratings'] as const) {
      const bare = (await prepared(review, { level })).event.data;
      expect(bare.snapshot).not.toHaveProperty('author');
      expect(bare.oversight).toEqual({
        gate: { outcome: 'overridden', reason: null },
        asked: { priority: 0.8, reasons: [] },
        policies: review.oversight.policies,
        recurrence: review.oversight.recurrence,
      });
      expect(bare.redaction?.leftOut).toEqual(
        expect.arrayContaining([
          'snapshot.author',
          'oversight.gate.reason',
          'oversight.approver',
          'oversight.asked.reasons',
        ]),
      );
    }
  });

  it('leaves the prompt out where it is not to be sent', async () => {
    for (const level of ['text', 'redacted'] as const) {
      const { event } = await prepared(personal(), { level, sendPrompt: false });
      expect(event.data.snapshot.prompt).toBeNull();
      expect(event.data.redaction?.leftOut).toEqual(['snapshot.prompt']);
    }
  });

  it('keeps the chain of revisions checkable without giving the hashes of the unredacted text away', async () => {
    const context = {
      origin: 'https://chat.example',
      reviewer: { id: 'installation-1', name: null },
      rubric: defaultRubric,
      now: 0,
    };
    const draft = aDraft({ snapshot: aSnapshot({ text: 'jane@example.com' }) });
    const first = await nextRevision(draft, null, context);
    const second = await nextRevision({ ...draft, basedOn: 1 }, first, context);
    const [one, two] = [(await prepared(first)).event.data, (await prepared(second)).event.data];
    expect(two.previousHash).toBe(one.hash);
    expect(one.hash).not.toBe(first.hash);
    expect(one.contentHash).toBe(await sha256('[EMAIL_1]'));
    const elsewhere = (await prepared(first, { secret: 'another-key-of-16-or-more' })).event.data;
    expect(elsewhere.hash).not.toBe(one.hash);
  });

  it('given an answer with nothing to redact, keeps its content hash, by which others find it', async () => {
    const review = { ...aReview(), contentHash: await sha256(aSnapshot().text) };
    expect((await prepared(review)).event.data.contentHash).toBe(review.contentHash);
  });

  it('gives a personal conversation key the same pseudonym each time', async () => {
    const one = (await prepared(personal())).event.data.snapshot.conversationKey;
    const two = (await prepared(personal())).event.data.snapshot.conversationKey;
    expect(one).toMatch(/^x:[0-9a-f]{32}$/);
    expect(two).toBe(one);
  });

  it('applies the rules of the team', async () => {
    const review = aReview({ snapshot: aSnapshot({ text: 'CUST-000001 called' }) });
    const customerRules = [{ id: 'customer', pattern: 'CUST-\\d{6}' }];
    expect((await prepared(review, { customerRules })).event.data.snapshot.text).toBe('[CUSTOMER_ID_1] called');
  });

  describe('withholds, and never sends raw', () => {
    beforeEach(() => {
      vi.spyOn(console, 'warn').mockImplementation(() => {});
    });

    it('what could not be checked in time', async () => {
      let clock = 0;
      const now = () => {
        clock += 150;
        return clock;
      };
      const result = await prepareForDestination(anEvent(), withOptions({ now }));
      expect(result).toMatchObject({ ok: false, error: { reason: 'over-budget' } });
    });

    it('what cannot be checked because a rule is broken', async () => {
      const customerRules = [{ id: 'mine', pattern: '(?=x)' }];
      const result = await prepareForDestination(anEvent(), withOptions({ customerRules }));
      expect(result).toMatchObject({ ok: false, error: { reason: 'rules' } });
      expect(result.ok || result.error.message).toContain('Rule mine');
    });

    it('what a detector failed on', async () => {
      const find = () => {
        throw new Error('jane@example.com');
      };
      const broken = { kind: 'email', find } as const;
      const result = await prepareForDestination(anEvent(), withOptions({ detectors: [broken] }));
      expect(result).toMatchObject({ ok: false, error: { reason: 'failed' } });
      expect(JSON.stringify(result)).not.toContain('jane');
    });

    it('anything, where there is no key to hash with', async () => {
      const result = await prepareForDestination(anEvent(), withOptions({ secret: 'too short' }));
      expect(result).toMatchObject({ ok: false, error: { reason: 'failed' } });
    });
  });
});
