import { describe, expect, it } from 'vitest';
import { leavesOf, treatmentOf } from '../../../utils/privacy/fields.ts';
import { redactReview } from '../../../utils/privacy/redact-review.ts';
import { SNAPSHOT_TEXT_LIMIT } from '../../../utils/review/limits.ts';
import { reviewSchema } from '../../../utils/review/schema.ts';
import { aFinding, aJudgement, aReview, aSnapshot } from '../../support/builders.ts';

const regions = ['US'];

describe('redactReview', () => {
  it('given a value in several fields, gives it one placeholder in all of them', () => {
    const review = aReview({
      snapshot: aSnapshot({
        text: 'Write to jane@example.com.',
        markdown: 'Write to **jane@example.com**.',
        prompt: 'I am bob@example.com, who is jane@example.com?',
        pageTitle: 'Chat with jane@example.com',
      }),
      judgement: aJudgement({ correction: 'Write to JANE@example.com.', comment: 'bob@example.com is the customer' }),
    });
    const { review: redacted, counts } = redactReview(review);
    expect(redacted.snapshot).toMatchObject({
      text: 'Write to [EMAIL_1].',
      markdown: 'Write to **[EMAIL_1]**.',
      prompt: 'I am [EMAIL_2], who is [EMAIL_1]?',
      pageTitle: 'Chat with [EMAIL_1]',
    });
    expect(redacted.judgement).toMatchObject({
      correction: 'Write to [EMAIL_1].',
      comment: '[EMAIL_2] is the customer',
    });
    expect(counts).toEqual({ email: 7 });
    expect(reviewSchema.safeParse(redacted).success).toBe(true);
  });

  it('leaves the stored review as it was', () => {
    const review = aReview({ snapshot: aSnapshot({ text: 'jane@example.com' }) });
    const before = structuredClone(review);
    redactReview(review);
    expect(review).toEqual(before);
  });

  it('numbers the answer first, so that it reads the same whoever commented on it', () => {
    const snapshot = aSnapshot({ text: 'a@example.com', markdown: 'a@example.com', prompt: null });
    const one = redactReview(aReview({ snapshot, judgement: aJudgement({ comment: 'z@example.com' }) }));
    const two = redactReview(aReview({ snapshot, judgement: aJudgement({ comment: null }) }));
    expect(one.review.snapshot.text).toBe(two.review.snapshot.text);
  });

  it('sends of an address only origin and path, and checks the path', () => {
    const address = (pageUrl: string) =>
      redactReview(aReview({ snapshot: aSnapshot({ pageUrl }) })).review.snapshot.pageUrl;
    expect(address('https://u:p@chat.example:8443/c/1?token=abc#top')).toBe('https://chat.example:8443/c/1');
    expect(address('https://chat.example/u/jane%40example.com/c/2')).toBe('https://chat.example/u/[EMAIL_1]/c/2');
    expect(address('https://chat.example/c/550e8400-e29b-41d4-a716-446655440000')).toContain('550e8400');
    expect(address('http://10.20.30.40/help')).toBe('http://10.20.30.40/help');
    expect(address('data:text/html,jane@example.com')).toBe('data:');
    expect(address('not an address?jane@example.com')).toBe('not an address');
  });

  it('names identities with something personal in them, and leaves the others', () => {
    const { personalIdentities } = redactReview(
      aReview({
        responseKey: 'chat.example|jane%40example.com|m:1',
        snapshot: aSnapshot({ conversationKey: 'c-4155550132', messageId: 'msg_01890a5d' }),
      }),
      { regions },
    );
    expect(personalIdentities).toEqual(['responseKey']);
  });

  it('tells for each text field what was found where, for a preview', () => {
    const { fields } = redactReview(aReview({ snapshot: aSnapshot({ text: 'to jane@example.com' }) }));
    const text = fields.find(({ path }) => path === 'snapshot.text');
    expect(text).toMatchObject({ original: 'to jane@example.com', redacted: 'to [EMAIL_1]' });
    expect(text?.recognized).toEqual([{ kind: 'email', placeholder: '[EMAIL_1]', start: 3, end: 19 }]);
    expect(text?.offsets.toRedacted({ start: 3, end: 19 })).toEqual({ start: 3, end: 12 });
    expect(fields.map(({ path }) => path)).toEqual(
      expect.arrayContaining(['snapshot.markdown', 'snapshot.prompt', 'snapshot.pageUrl', 'judgement.correction']),
    );
  });

  it('given a field that it does not know, treats it as text', () => {
    const review = aReview();
    Object.assign(review.judgement, { remark: [{ words: 'ask jane@example.com', label: 'wrong' }] });
    const { review: redacted } = redactReview(review);
    expect(JSON.stringify(redacted)).toContain('ask [EMAIL_1]');
  });

  it('leaves no string of a review out of account', () => {
    // Whoever adds a string to the schema decides here, or it is redacted as text.
    const text = aSnapshot().text;
    const rating = { dimension: 'quality', value: 'clear', reason: 'It is' };
    const compared = { responseKey: 'k', origin: 'o', model: 'm', text, rank: 1, ratings: [rating] };
    const judgement = aJudgement({
      ratings: [rating],
      findings: [aFinding(text, '14', { note: 'n', replacement: 'r', source: 'https://example.com' })],
      preference: { shown: [compared, compared], outcome: 'ranked', strength: 'clear' },
    });
    const whole = { previousHash: 'c'.repeat(64), reviewer: { id: 'i', name: 'n' }, guidelines: '1', judgement };
    const kept = leavesOf(aReview(whole))
      .filter(({ shape }) => treatmentOf(shape) === 'keep')
      .map(({ shape }) => shape);
    expect(new Set(kept)).toEqual(
      new Set([
        'id',
        'previousHash',
        'hash',
        'contentHash',
        'origin',
        'surface',
        'visibility',
        'createdAt',
        'snapshot.capturedAt',
        'snapshot.foundBy.site',
        'snapshot.foundBy.version',
        'snapshot.foundBy.variant',
        'judgement.verdict',
        'judgement.labels.*',
        'judgement.ratings.*.dimension',
        'judgement.findings.*.id',
        'judgement.findings.*.label',
        'judgement.findings.*.severity',
        'judgement.preference.outcome',
        'judgement.preference.strength',
        'judgement.preference.shown.*.origin',
        'judgement.preference.shown.*.ratings.*.dimension',
        'guidelines',
        'rubric.id',
        'rubric.version',
        'reviewer.id',
        'reviewer.name',
      ]),
    );
  });

  it('given placeholders longer than what they replace, stays within the limits and cuts none in two', {
    timeout: 60_000,
  }, () => {
    let text = '';
    for (let n = 0; text.length < SNAPSHOT_TEXT_LIMIT - 16; n += 1) {
      text += `${1 + (n % 9)}.${n % 10}.${Math.floor(n / 10) % 10}.${Math.floor(n / 100) % 10} `;
    }
    const snapshot = aSnapshot({ text, markdown: '', prompt: null });
    const { review } = redactReview(aReview({ snapshot }));
    expect(review.snapshot.text.length).toBeLessThanOrEqual(SNAPSHOT_TEXT_LIMIT);
    expect(review.snapshot.truncated).toBe(true);
    expect(review.snapshot.text).toMatch(/\[IP_\d+\] ?$/);
    expect(reviewSchema.safeParse(review).success).toBe(true);
  });
});
