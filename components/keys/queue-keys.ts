/** The keys of the queue, in words. */
import type { QueueKeys } from '../queue/view.ts';
import type { KeySection } from './key-rows.tsx';

export function queueKeySections(keys: QueueKeys): readonly KeySection[] {
  return [
    {
      title: 'The answer that is selected',
      rows: [
        [[keys.approve], 'Approve it'],
        [[keys.reject], 'Reject it; then a digit says why, or Enter alone'],
        [[keys.correct], 'Correct it, in the editor on its page'],
        [[keys.unsure], 'Say that you cannot tell'],
        [[keys.aside], 'Set it aside, or take it back from there'],
        ...(keys.skip === null ? [] : ([[[keys.skip], 'Skip it; a digit says why, or your own words']] as const)),
        [[keys.undo], 'Take the last judgement back'],
        [['Enter'], 'Show it on its page'],
      ],
    },
    {
      title: 'Getting around',
      rows: [
        [[keys.next, keys.previous], 'The next answer, the one before; arrows do the same'],
        [['/'], 'Search'],
        [['Escape'], 'Out of a question, or of the search'],
        [[keys.help], 'These keys'],
      ],
    },
  ];
}
