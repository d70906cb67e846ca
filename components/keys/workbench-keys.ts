/** The keys of the workbench, in words. */
import type { KeySection } from './key-rows.tsx';

export function workbenchKeySections(keys: { readonly help: string }): readonly KeySection[] {
  return [
    {
      title: 'Reviews',
      rows: [
        [['/'], 'Search'],
        [['↑', '↓'], 'The review before or after, in the list'],
        [['Home', 'End'], 'The first and the last of the list'],
        [['Enter'], 'Into the review that is selected'],
        [['Escape'], 'Back into the list'],
      ],
    },
    {
      title: 'Revising a review',
      rows: [
        [['1', '–', '9'], 'Labels, or the rating while it has the focus'],
        [['Ctrl+Enter'], 'Save'],
        [['Escape'], 'Close; what is unsaved is kept as a draft'],
      ],
    },
    { title: 'Everywhere', rows: [[[keys.help], 'These keys']] },
  ];
}
