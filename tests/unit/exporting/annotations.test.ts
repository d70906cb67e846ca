import { describe, expect, it } from 'vitest';
import { annotationLines } from '../../../utils/exporting/annotations.ts';
import type { Review } from '../../../utils/review/schema.ts';
import { aFinding, aJudgement, aReview, aSnapshot } from '../../support/builders.ts';

const text = 'Hi 😀 Refunds take 14 days.';
const said = { note: 'It is 30', replacement: '30', source: 'https://a.example/terms' };

/** The lines of these reviews, and what they say. */
async function written(...reviews: Review[]) {
  const lines: string[] = [];
  for await (const line of annotationLines(reviews)) lines.push(line);
  return { lines, annotations: lines.map((line) => JSON.parse(line)) };
}

describe('findings as web annotations', () => {
  it('have both selectors, in code points, and all that was said in the purposes that the standard has for it', async () => {
    const findings = [aFinding(text, '14', said)];
    const review = aReview({ snapshot: aSnapshot({ text }), judgement: aJudgement({ findings }) });
    const [annotation] = (await written(review)).annotations;
    expect(annotation).toEqual({
      '@context': 'http://www.w3.org/ns/anno.jsonld',
      type: 'Annotation',
      id: `urn:uuid:${review.id}#finding-19-21;revision=1`,
      created: review.createdAt,
      creator: { type: 'Person', id: 'urn:countersign:installation-1' },
      motivation: ['assessing', 'editing', 'commenting'],
      body: [
        { type: 'TextualBody', value: 'wrong', purpose: 'classifying', format: 'text/plain' },
        { type: 'TextualBody', value: 'major', purpose: 'assessing', format: 'text/plain' },
        { type: 'TextualBody', value: 'It is 30', purpose: 'commenting', format: 'text/plain' },
        { type: 'TextualBody', value: '30', purpose: 'editing', format: 'text/plain' },
        { type: 'SpecificResource', source: 'https://a.example/terms', purpose: 'linking' },
      ],
      target: {
        source: 'https://chat.example/c/1',
        selector: [
          { type: 'TextQuoteSelector', exact: '14', prefix: 'Hi 😀 Refunds take ', suffix: ' days.' },
          { type: 'TextPositionSelector', start: 18, end: 20 },
        ],
      },
    });
  });

  it('say of words that are gone only what they were', async () => {
    const findings = [aFinding('Another text.', 'Another', { orphan: true })];
    const [annotation] = (await written(aReview({ judgement: aJudgement({ findings }) }))).annotations;
    expect(annotation?.target.selector).toEqual([
      { type: 'TextQuoteSelector', exact: 'Another', prefix: '', suffix: ' text.' },
    ]);
  });

  it('of a review without findings are none, and each is one line', async () => {
    const noted = aJudgement({ findings: [aFinding(aSnapshot().text, '14', { note: 'a\u2028b\nc' })] });
    const { lines } = await written(aReview(), aReview({ judgement: noted }), aReview({ judgement: noted }));
    expect(lines).toHaveLength(2);
    expect(lines.every((line) => /^[^\n\u2028]+\n$/.test(line))).toBe(true);
  });
});
