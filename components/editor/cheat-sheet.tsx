import { type KeyRow, KeyRows } from '../keys/key-rows.tsx';
import { verdictOrder, verdicts } from '../review/verdicts.ts';
import { actions } from '../settings/keys.ts';
import type { HelpProps } from './help.tsx';

/** Actions that mean something on the page only. */
const onPage = ['next', 'previous', 'more', 'finding', 'compare', 'aside', 'pin'] as const;

/** All keys, as they are set: of the page, of the editor, of the comparison, of text fields. Loaded when it is first shown. */
export function CheatSheet({ keys, singleKeys, chord, saveKeys }: HelpProps) {
  const verdictNames = verdictOrder.map((verdict) => verdicts[verdict].action).join(', ');
  const here: readonly KeyRow[] = [
    [verdictOrder.map((verdict) => keys[verdict]), verdictNames],
    [[saveKeys], 'Save, from anywhere'],
    [[keys.undo], 'Take the save back, for a few seconds'],
    [['Ctrl+Z', 'Ctrl+Y'], 'Undo and redo a change'],
    [['1', '–', '9'], 'Labels, or the rating while it has the focus'],
    [['F6'], 'Next part; with Shift, the one before'],
    [['←', '→'], 'Another verdict or rating, while it has the focus'],
    [[keys.finding], 'Point at a part of the answer'],
    [[keys.compare], 'Compare with other answers'],
    [['Escape'], 'Close; what is unsaved is kept as a draft'],
    [[keys.help], 'These keys'],
  ];
  const answer: readonly KeyRow[] = [
    [['↑', '↓'], 'The sentence before or after; with Shift, one more or less'],
    [['←', '→'], 'The word before or after; with Shift, one more or less'],
    [['1', '–', '9'], 'A finding with that label'],
    [['Enter'], 'A finding without one; in its fields: done'],
    [['I'], 'Something is missing behind what is selected'],
    [['+', '-'], 'More or less severe'],
    [['Delete'], 'Remove the finding'],
  ];
  const comparing: readonly KeyRow[] = [
    [['A', 'B', 'C'], 'That answer is better; of more than two, press them in order of preference'],
    [['E'], 'Equal; between two letters, the next is as good as the last'],
    [['X', 'N'], 'None is good'],
    [['1', '2', '3'], 'Slightly, clearly, much better'],
    [[keys.undo], 'Take the last press back'],
    [['W'], 'Show what differs'],
    [[keys.compare], 'To the review'],
  ];
  const page = onPage.map(
    (action): KeyRow => [[keys[action]], actions.find((one) => one.action === action)?.does ?? ''],
  );
  return (
    <>
      <p class="quiet small">
        {singleKeys
          ? `Single keys work while you do not type; ${chord} with the key works anywhere.`
          : `Single keys are off: press ${chord} with the key.`}{' '}
        They can be changed in the settings.
      </p>
      <KeyRows title="Here" rows={here} />
      <KeyRows title="In the answer" rows={answer} />
      <KeyRows title="Comparing" rows={comparing} />
      <KeyRows
        title="In text fields"
        rows={[
          [[';', 'Tab'], 'List your text blocks'],
          [[';name', 'Tab'], 'Put that text block in'],
        ]}
      />
      <KeyRows title="On the page" rows={page} />
      <p class="quiet small">
        The page around this frame cannot read what you type here. Nothing is sent while you write.
      </p>
    </>
  );
}
