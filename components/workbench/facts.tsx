import './facts.css';
import type { Review } from '../../utils/review/schema.ts';
import { traceWords } from '../../utils/review/trace-id.ts';
import { Disclosure } from '../controls/disclosure.tsx';
import { spentWords } from './measures.ts';
import { fullTime } from './wording.ts';

const surfaces = {
  toolbar: 'the toolbar',
  editor: 'the editor',
  workbench: 'the workbench',
  sidepanel: 'the side panel',
  composer: 'the reply field',
} as const;

/** Everything else that is stored of a review. */
export function Facts({ review }: { readonly review: Review }) {
  const { snapshot, visibility, surface, rubric, reviewer } = review;
  const { foundBy } = snapshot;
  const facts: readonly (readonly [string, string | null])[] = [
    ['Page', snapshot.pageUrl],
    ['Model', snapshot.model ?? 'Not named by the page'],
    ['Author', snapshot.author ?? null],
    ['Captured', fullTime(snapshot.capturedAt)],
    ['Judged in', `${surfaces[surface]}, ${spentWords(review.spentMs)}`],
    [
      'Control',
      visibility === 'verified' ? 'The browser proved that it was visible' : 'Not proved visible by the browser',
    ],
    [
      'Found by',
      foundBy
        ? `Site rule ${foundBy.site} ${foundBy.version}${foundBy.variant ? `, ${foundBy.variant}` : ''}`
        : 'The reviewer selected it',
    ],
    ['Rubric', `${rubric.id}, version ${rubric.version}`],
    ['Reviewer', reviewer.id],
    [
      'Trace',
      snapshot.trace ? `${traceWords(snapshot.trace)}${snapshot.trace.byHand ? ', said by the reviewer' : ''}` : null,
    ],
    ['Conversation', snapshot.conversationKey],
    ['Review', `${review.id}, revision ${review.revision}`],
    ['Hash', review.hash],
  ];
  return (
    <Disclosure summary="What else is stored">
      <dl class="wb-facts">
        {facts.map(
          ([name, value]) =>
            value !== null && (
              <div key={name}>
                <dt>{name}</dt>
                <dd class="captured">{value}</dd>
              </div>
            ),
        )}
      </dl>
    </Disclosure>
  );
}
