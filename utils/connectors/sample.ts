/** A made-up review to try a destination with: always the same, so that sending it again leaves no second one. */
import { nextRevision } from '../review/revise.ts';
import { defaultRubric } from '../review/rubric.ts';
import type { Trace } from '../review/schema.ts';
import { selectorsOf } from '../review/selectors.ts';
import { type ReviewEvent, toEvent } from '../review/wire.ts';

const ID = '01900000-0000-7000-8000-5a4d504c4500';
const MADE_AT = Date.parse('2026-01-05T09:00:00Z');
const ORIGIN = 'https://sample.invalid';
const ANSWER = 'This is a sample answer. Refunds take 14 days.';

/** The sample as an event, hung on `trace` where one is given. It holds nothing of the user's. */
export async function sampleEvent(trace: Trace | null): Promise<ReviewEvent> {
  const at = ANSWER.indexOf('14 days');
  const review = await nextRevision(
    {
      id: ID,
      basedOn: 0,
      saveId: ID,
      responseKey: 'sample|conversation|m:answer',
      snapshot: {
        text: ANSWER,
        markdown: ANSWER,
        prompt: 'How long does a refund take?',
        model: null,
        conversationKey: 'sample',
        messageId: 'sample',
        ...(trace === null ? {} : { trace }),
        pageUrl: `${ORIGIN}/`,
        pageTitle: 'Countersign sample',
        foundBy: null,
        truncated: false,
        length: ANSWER.length,
        settled: true,
        capturedAt: new Date(MADE_AT).toISOString(),
      },
      judgement: {
        verdict: 'correct',
        labels: [],
        ratings: [],
        correction: ANSWER.replace('14', '30'),
        comment: 'Countersign sample: it shows what a review looks like here, and can be deleted.',
        findings: [
          {
            id: 'sample',
            ...selectorsOf(ANSWER, at, at + '14 days'.length),
            ...{ label: null, severity: 'major', note: 'It is 30 days.', replacement: '30 days', source: null },
          },
        ],
      },
      surface: 'workbench',
      visibility: 'verified',
      spentMs: 0,
    },
    null,
    { origin: ORIGIN, reviewer: { id: 'sample', name: null }, rubric: defaultRubric, now: MADE_AT },
  );
  return toEvent(review);
}
