/**
 * Findings as W3C Web Annotations (Web Annotation Data Model, 2017): one JSON-LD object per finding, with a
 * TextQuoteSelector and a TextPositionSelector, whose offsets are in code points as that asks for.
 */

import type { Finding, Review } from '../review/schema.ts';
import { jsonLine } from './jsonl.ts';

/** One annotation, as JSON-LD. */
interface Annotation {
  readonly '@context': 'http://www.w3.org/ns/anno.jsonld';
  readonly type: 'Annotation';
  /** `urn:uuid:` of the review, with the finding's id and the revision that it was read from. */
  readonly id: string;
  readonly created: string;
  readonly creator: { readonly type: 'Person'; readonly id: string; readonly name?: string };
  readonly motivation: readonly ('assessing' | 'editing' | 'commenting')[];
  readonly body: readonly object[];
  readonly target: { readonly source: string; readonly selector: readonly object[] };
}

function bodiesOf({ label, severity, note, replacement, source }: Finding): object[] {
  const words = (value: string, purpose: string) => ({ type: 'TextualBody', value, purpose, format: 'text/plain' });
  return [
    ...(label === null ? [] : [words(label, 'classifying')]),
    words(severity, 'assessing'),
    ...(note === null ? [] : [words(note, 'commenting')]),
    ...(replacement === null ? [] : [words(replacement, 'editing')]),
    ...(source === null ? [] : [{ type: 'SpecificResource', source, purpose: 'linking' }]),
  ];
}

/** A line for each finding of these revisions, the newest of each review. */
export async function* annotationLines(reviews: AsyncIterable<Review> | Iterable<Review>): AsyncGenerator<string> {
  for await (const review of reviews) for (const annotation of annotationsOf(review)) yield jsonLine(annotation);
}

/** The annotations of one revision, in the order of its findings. An orphan has its quote only. */
function annotationsOf({ id, revision, judgement, snapshot, reviewer, createdAt }: Review): Annotation[] {
  return (judgement.findings ?? []).map((finding) => {
    const { position, quote, orphan, note, replacement } = finding;
    const placed = { type: 'TextPositionSelector', start: position.start, end: position.end };
    return {
      '@context': 'http://www.w3.org/ns/anno.jsonld',
      type: 'Annotation',
      id: `urn:uuid:${id}#${encodeURIComponent(finding.id)};revision=${revision}`,
      created: createdAt,
      creator: {
        type: 'Person',
        id: `urn:countersign:${reviewer.id}`,
        ...(reviewer.name !== null && { name: reviewer.name }),
      },
      motivation: [
        'assessing',
        ...(replacement === null ? [] : (['editing'] as const)),
        ...(note === null ? [] : (['commenting'] as const)),
      ],
      body: bodiesOf(finding),
      target: {
        source: snapshot.pageUrl,
        selector: [{ type: 'TextQuoteSelector', ...quote }, ...(orphan ? [] : [placed])],
      },
    };
  });
}
