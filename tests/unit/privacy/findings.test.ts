import { describe, expect, it } from 'vitest';
import { prepareForDestination } from '../../../utils/privacy/prepare.ts';
import { redactReview } from '../../../utils/privacy/redact-review.ts';
import { SNAPSHOT_TEXT_LIMIT } from '../../../utils/review/limits.ts';
import type { Finding, Judgement, Preference, Review } from '../../../utils/review/schema.ts';
import { reviewSchema } from '../../../utils/review/schema.ts';
import { aFinding, aJudgement, anEvent, aReview, aSnapshot } from '../../support/builders.ts';

const secret = 'a secret of the installation';
const text = 'Hi 😀 write to jane@example.com or to joe@example.com. Refunds 😀 take 14 days.';

const aReviewWith = (findings: Finding[], of = text): Review =>
  aReview({ snapshot: aSnapshot({ text: of, markdown: of }), judgement: aJudgement({ findings }) });
const redactedFindings = (findings: Finding[], of = text) => {
  const { review } = redactReview(aReviewWith(findings, of));
  return { sent: review.snapshot.text, findings: review.judgement.findings ?? [], review };
};
/** What a finding points at in a text, by its code points, as a reader in another language would. */
const pointedAt = (sent: string, { position }: Finding) => [...sent].slice(position.start, position.end).join('');

/** A random number generator that gives the same numbers every time (mulberry32). */
function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}

describe('a finding in a redacted review', () => {
  it('points at the same words of the text that is sent, and quotes that text', () => {
    const { sent, findings } = redactedFindings([aFinding(text, 'take 14'), aFinding(text, 'Hi 😀')]);
    expect(sent).toBe('Hi 😀 write to [EMAIL_1] or to [EMAIL_2]. Refunds 😀 take 14 days.');
    expect(findings.map((one) => pointedAt(sent, one))).toEqual(['take 14', 'Hi 😀']);
    expect(findings[0]?.quote).toEqual({
      exact: 'take 14',
      prefix: sent.slice(sent.indexOf('take') - 32, sent.indexOf('take')),
      suffix: ' days.',
    });
    expect(JSON.stringify(findings)).not.toMatch(/jane|joe/);
  });

  it('takes in the whole placeholder where it cuts into what was replaced', () => {
    const cutting = ['to jane', 'com or', 'example', 'jane@example.com or to joe'].map((quote) =>
      aFinding(text, quote),
    );
    const { sent, findings } = redactedFindings(cutting);
    expect(findings.map((one) => pointedAt(sent, one))).toEqual([
      'to [EMAIL_1]',
      '[EMAIL_1] or',
      '[EMAIL_1]',
      '[EMAIL_1] or to [EMAIL_2]',
    ]);
    expect(findings.map(({ quote }) => quote.exact)).toEqual(findings.map((one) => pointedAt(sent, one)));
  });

  it('keeps the place where something is missing, and the whole answer whole', () => {
    const places = [text.indexOf(' take'), 0, text.length, text.indexOf('example')].map((at) => aFinding(text, at));
    const { sent, findings } = redactedFindings([...places, aFinding(text, text)]);
    expect(
      findings.slice(0, 4).map(({ utf16 }) => [utf16.end - utf16.start, sent.slice(utf16.end, utf16.end + 5)]),
    ).toEqual([
      [0, ' take'],
      [0, 'Hi 😀'],
      [0, ''],
      [0, '[EMAI'],
    ]);
    expect(findings[4]?.quote.exact).toBe(sent);
  });

  it('has its note, its replacement and its source redacted, with the same placeholders', () => {
    const said = {
      note: 'ask joe@example.com',
      replacement: 'joe@example.com',
      source: 'https://example.com/joe@example.com',
    };
    const { findings, review } = redactedFindings([aFinding(text, '14', said)]);
    expect(findings[0]).toMatchObject({
      note: 'ask [EMAIL_2]',
      replacement: '[EMAIL_2]',
      source: 'https://example.com/[EMAIL_2]',
    });
    expect(reviewSchema.safeParse(review).success).toBe(true);
  });

  it('whose words are gone keeps its quote, redacted', () => {
    const gone = { ...aFinding(text, 'jane@example.com'), orphan: true as const };
    const other = 'Another answer.';
    const { findings } = redactedFindings([gone], other);
    expect(findings[0]).toMatchObject({ orphan: true, utf16: gone.utf16 });
    expect(JSON.stringify(findings)).not.toMatch(/jane|joe/);
  });

  it('whose place is cut off at the limit becomes an orphan, with its quote redacted', { timeout: 60_000 }, () => {
    let long = '';
    for (let n = 0; long.length < SNAPSHOT_TEXT_LIMIT - 40; n += 1)
      long += `${1 + (n % 9)}.${n % 10}.${Math.floor(n / 10) % 10}.${Math.floor(n / 100) % 10} `;
    long += 'mail jane@example.com';
    const { sent, findings, review } = redactedFindings(
      [aFinding(long, 'mail jane@example.com'), aFinding(long, 0), aFinding(long, long)],
      long,
    );
    expect(sent).not.toContain('mail');
    expect(findings[0]).toMatchObject({ orphan: true, quote: { exact: 'mail [EMAIL_1]' } });
    expect(findings.slice(1).map(({ orphan }) => orphan)).toEqual([undefined, undefined]);
    expect(findings[2]?.quote.exact).toBe(sent);
    expect(reviewSchema.safeParse(review).success).toBe(true);
  });

  it('given any text and any span, points at the same words, those replaced as their placeholders', {
    timeout: 60_000,
  }, () => {
    const pieces = [
      '😀',
      'é',
      ' ',
      'Ref. ',
      'jane@example.com',
      '4111 1111 1111 1111',
      '192.168.7.12',
      'x',
      '\n',
      '👩‍👩‍👧',
      '漢字',
    ];
    for (let seed = 1; seed <= 150; seed++) {
      const random = seeded(seed);
      const any = (below: number) => Math.floor(random() * below);
      const of = Array.from({ length: 4 + any(30) }, () => pieces[any(pieces.length)]).join(' ');
      const spans = Array.from({ length: 6 }, (_, id) => {
        const [a, b] = [any(of.length + 1), any(of.length + 1)].sort((x, y) => x - y) as [number, number];
        return { ...aFinding(of, of.slice(a, b) || a), id: `f${id}` };
      });
      const { review, fields } = redactReview(aReviewWith(spans, of));
      const sent = review.snapshot.text;
      const field = fields.find(({ path }) => path === 'snapshot.text');
      const replaced = field?.recognized ?? [];
      for (const [index, before] of spans.entries()) {
        const after = review.judgement.findings?.[index] as Finding;
        expect(sent.slice(after.utf16.start, after.utf16.end)).toBe(after.quote.exact);
        expect(pointedAt(sent, after)).toBe(after.quote.exact);
        const { start, end } = before.utf16;
        // What a person would get by hand: the span, each replaced value in it as its placeholder.
        const touched = replaced.filter((one) =>
          start === end ? one.start < start && one.end > start : one.start < end && one.end > start,
        );
        let byHand = '';
        let at = start;
        for (const one of touched) {
          byHand += of.slice(at, Math.max(at, one.start)) + one.placeholder;
          at = one.end;
        }
        byHand += of.slice(at, Math.max(at, end));
        expect(after.quote.exact).toBe(start === end ? '' : byHand);
      }
    }
  });
});

describe('what leaves without texts', () => {
  const said = { note: 'why', replacement: 'thirty', source: 'https://example.com/a' };
  const rating = { dimension: 'quality', value: 'in my own words', reason: 'because' };
  const compared = (responseKey: string) => ({
    responseKey,
    origin: 'https://chat.example',
    model: null,
    text,
    rank: 1,
    ratings: [rating],
  });
  const preference: Preference = { shown: [compared('a|m:1'), compared('b|f:abc')], outcome: 'tie', strength: null };
  const judgement = (): Judgement =>
    aJudgement({
      findings: [aFinding(text, '14', said)],
      ratings: [rating, { dimension: 'ok', value: 'up' }],
      preference,
    });
  const snapshot = aSnapshot({ text, markdown: text });

  it.each(['hashes', 'ratings'] as const)(
    'at the level "%s" has no text of findings, reasons and comparisons',
    async (level) => {
      const made = await prepareForDestination(anEvent({ snapshot, judgement: judgement() }), { level, secret });
      if (!made.ok) throw new Error(made.error.message);
      const { judgement: sent, redaction } = made.value.event.data;
      expect(JSON.stringify(sent)).not.toMatch(/why|thirty|example\.com|own words|because|Refunds|f:abc/);
      expect(sent.ratings).toEqual([{ dimension: 'ok', value: 'up' }]);
      expect(sent.findings).toEqual([
        expect.objectContaining({ label: 'wrong', severity: 'major', note: null, replacement: null, source: null }),
      ]);
      expect(sent.preference).toMatchObject({
        outcome: 'tie',
        shown: [
          { text: '', rank: 1 },
          { text: '', rank: 1 },
        ],
      });
      expect(redaction?.leftOut).toEqual(
        expect.arrayContaining([
          'judgement.findings.*.quote',
          'judgement.findings.*.note',
          'judgement.findings.*.replacement',
          'judgement.findings.*.source',
          'judgement.ratings.*.value',
          'judgement.ratings.*.reason',
          'judgement.preference.shown.*.text',
        ]),
      );
    },
  );

  it('says where the findings are with the hash of the text, and with nothing but ratings not even that', async () => {
    const event = anEvent({ snapshot, judgement: judgement() });
    const hashes = await prepareForDestination(event, { level: 'hashes', secret });
    const sent = 'Hi 😀 write to [EMAIL_1] or to [EMAIL_2]. Refunds 😀 take 14 days.';
    const [finding] = hashes.ok ? (hashes.value.event.data.judgement.findings ?? []) : [];
    expect(finding && pointedAt(sent, finding)).toBe('14');
    const ratings = await prepareForDestination(event, { level: 'ratings', secret });
    expect(ratings.ok && ratings.value.event.data.judgement.findings?.[0]).toMatchObject({
      position: { start: 0, end: 0 },
      utf16: { start: 0, end: 0 },
      orphan: true,
    });
  });

  it('leaves all as it is at the level "text"', async () => {
    const event = anEvent({ snapshot, judgement: judgement() });
    const made = await prepareForDestination(event, { level: 'text', secret });
    expect(made.ok && made.value.event.data.judgement).toEqual(judgement());
  });
});
