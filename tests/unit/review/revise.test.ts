import { describe, expect, it } from 'vitest';
import { idempotencyKey } from '../../../utils/review/ids.ts';
import { nextRevision, type RevisionContext, verifyChain, withTyped } from '../../../utils/review/revise.ts';
import { defaultRubric } from '../../../utils/review/rubric.ts';
import { type Finding, type Review, reviewSchema } from '../../../utils/review/schema.ts';
import { aDraft, aFinding, aJudgement, aSnapshot } from '../../support/builders.ts';

const context: RevisionContext = {
  origin: 'https://chat.example',
  reviewer: { id: 'installation-1', name: 'Kim' },
  rubric: defaultRubric,
  now: Date.parse('2026-11-21T09:00:00.000Z'),
};

/** A review with this many revisions. */
async function aChain(length: number): Promise<Review[]> {
  const first = aDraft();
  const chain: Review[] = [];
  for (let basedOn = 0; basedOn < length; basedOn += 1) {
    const judgement = aJudgement({ comment: `revision ${basedOn + 1}` });
    chain.push(await nextRevision({ ...first, basedOn, judgement }, chain.at(-1) ?? null, context));
  }
  return chain;
}

const failing = (field: string) => ({ failure: { code: 'invalid', field } });

describe('the next revision', () => {
  it('given a first draft, is revision 1 of the shape that travels, by whom and where the background says', async () => {
    const draft = aDraft();
    const review = await nextRevision(draft, null, context);
    expect(reviewSchema.parse(review)).toEqual(review);
    expect(review).toMatchObject({ id: draft.id, revision: 1, previousHash: null, origin: context.origin });
    expect(review).toMatchObject({ reviewer: context.reviewer, createdAt: '2026-11-21T09:00:00.000Z' });
    expect(review.contentHash).toMatch(/^[0-9a-f]{64}$/);
  });

  it('given a revision before, names its hash', async () => {
    const [first, second] = await aChain(2);
    expect(second?.previousHash).toBe(first?.hash);
    expect(second && idempotencyKey(second)).toBe(`${first?.id}:2`);
  });

  it('given a draft that builds on an older revision, is refused as a conflict', async () => {
    const chain = await aChain(2);
    const draft = aDraft({ id: chain[0]?.id as string, basedOn: 1 });
    await expect(nextRevision(draft, chain[1] as Review, context)).rejects.toMatchObject({
      failure: { code: 'conflict' },
    });
  });

  it('given a revision made on another origin, is forbidden', async () => {
    const [first] = await aChain(1);
    const draft = aDraft({ id: first?.id as string, basedOn: 1 });
    const elsewhere = { ...context, origin: 'https://other.example' };
    await expect(nextRevision(draft, first as Review, elsewhere)).rejects.toMatchObject({
      failure: { code: 'forbidden' },
    });
  });

  it.each([
    ['a label that the rubric does not have', { labels: ['wrong', 'invented'] }, 'judgement.labels.1'],
    ['an unknown dimension', { ratings: [{ dimension: 'beauty', value: 1 }] }, 'judgement.ratings.0'],
    ['a rating beyond the scale', { ratings: [{ dimension: 'quality', value: 6 }] }, 'judgement.ratings.0'],
    ['a word on a numeric scale', { ratings: [{ dimension: 'quality', value: 'good' }] }, 'judgement.ratings.0'],
  ])('given %s, is refused with the field named', async (_, change, field) => {
    const draft = aDraft({ judgement: aJudgement(change) });
    await expect(nextRevision(draft, null, context)).rejects.toMatchObject(failing(field));
  });

  it('given lone surrogates and NUL, keeps the text otherwise and replaces them, so that it can travel and be stored anywhere', async () => {
    const text = 'half \ud83d, whole 😀, null \0, override \u202e';
    const review = await nextRevision(
      aDraft({ snapshot: aSnapshot({ text }), judgement: aJudgement({ comment: '\udc00' }) }),
      null,
      context,
    );
    expect(review.snapshot.text).toBe('half \ufffd, whole 😀, null \ufffd, override \u202e');
    expect(review.judgement.comment).toBe('\ufffd');
    expect(await verifyChain([JSON.parse(JSON.stringify(review))])).toEqual({ ok: true, value: null });
  });
});

describe('a judgement from the toolbar', () => {
  const typed = aJudgement({ comment: 'See the handbook.' });

  it('given a revision with typed text, keeps that text', () => {
    const toolbar = aJudgement({ verdict: 'reject', labels: ['policy'], ratings: [], correction: null, comment: null });
    expect(withTyped(toolbar, typed)).toEqual({ ...typed, verdict: 'reject', labels: ['policy'] });
  });

  it('given an approval, drops the correction', () => {
    const toolbar = aJudgement({ verdict: 'approve', labels: [], ratings: [], correction: null, comment: null });
    expect(withTyped(toolbar, typed)).toMatchObject({ verdict: 'approve', correction: null, comment: typed.comment });
  });

  it('given nothing before, stays as it is', () => {
    expect(withTyped(typed, null)).toBe(typed);
  });
});

describe('the chain', () => {
  it('given untouched revisions, holds, also after a round through JSON in another key order', async () => {
    const chain = await aChain(4);
    const shuffled = chain.map((review) => Object.fromEntries(Object.entries(review).reverse()) as unknown as Review);
    expect(await verifyChain(JSON.parse(JSON.stringify(shuffled)))).toEqual({ ok: true, value: null });
  });

  const change = (chain: Review[], index: number, by: Partial<Review>) =>
    chain.map((review, at) => (at === index ? { ...review, ...by } : review));

  it.each<[string, (chain: Review[]) => Review[], number, string]>([
    ['an altered comment', (c) => change(c, 1, { judgement: aJudgement({ comment: 'nicer' }) }), 2, 'hash'],
    ['an altered answer', (c) => change(c, 1, { snapshot: aSnapshot({ text: 'Other.' }) }), 2, 'content'],
    ['a revision taken out', (c) => c.filter((_, at) => at !== 1), 3, 'order'],
    ['a revision of another review', (c) => change(c, 2, { id: aDraft().id }), 3, 'order'],
    ['another predecessor', (c) => change(c, 2, { previousHash: 'c'.repeat(64) }), 3, 'link'],
    ['an invented predecessor', (c) => change(c, 0, { previousHash: 'c'.repeat(64) }), 1, 'link'],
    ['a changed date', (c) => change(c, 0, { createdAt: '2020-01-01T00:00:00.000Z' }), 1, 'hash'],
  ])('given %s, breaks there', async (_, alter, revision, why) => {
    expect(await verifyChain(alter(await aChain(3)))).toEqual({ ok: false, error: { revision, why } });
  });
});

describe('findings in a revision', () => {
  const text = 'Refunds 😀 take 14 days.';
  const snapshot = aSnapshot({ text });
  const withFindings = (...findings: Finding[]) =>
    nextRevision(aDraft({ snapshot, judgement: aJudgement({ findings }) }), null, context);

  it('are stored where they say what stands there, gone or not', async () => {
    const found = [aFinding(text, '14'), aFinding(text, 3), aFinding('Another text.', 'Another', { orphan: true })];
    const review = await withFindings(...found);
    expect(review.judgement.findings).toEqual(found);
    expect((await verifyChain([review])).ok).toBe(true);
  });

  it.each([
    [
      'another quote',
      { ...aFinding(text, '14'), quote: { ...aFinding(text, '14').quote, exact: '15' } },
      '0.quote.exact',
    ],
    [
      'words around it that are not there',
      { ...aFinding(text, '14'), quote: { ...aFinding(text, '14').quote, prefix: 'x' } },
      '0.quote.prefix',
    ],
    ['offsets of another kind', { ...aFinding(text, '14'), position: aFinding(text, '14').utf16 }, '0.position'],
    ['a place behind the end', aFinding(`${text} More.`, 'More'), '0.utf16'],
    ['half a character', { ...aFinding(text, '14'), utf16: { start: 9, end: 17 } }, '0.utf16'],
  ])('are refused with %s', async (_what, finding, field) => {
    await expect(withFindings(finding)).rejects.toMatchObject({
      failure: { code: 'invalid', field: `judgement.findings.${field}` },
    });
  });

  it('are refused with one id twice', async () => {
    await expect(withFindings(aFinding(text, '14'), aFinding(text, '14'))).rejects.toMatchObject({
      failure: { field: 'judgement.findings.1.id' },
    });
  });

  it('stay when the toolbar revises', () => {
    const typed = aJudgement({ findings: [aFinding(text, '14')] });
    const toolbar = aJudgement({ verdict: 'approve', labels: [], correction: null });
    expect(withTyped(toolbar, typed).findings).toEqual(typed.findings);
    expect(withTyped(toolbar, aJudgement())).not.toHaveProperty('findings');
  });
});
