import { Kbd } from '../controls/kbd.tsx';
import { verdictOrder, verdicts } from '../review/verdicts.ts';
import type { VerdictKeys } from './view.ts';

export const HELP_ID = 'ed-help';

interface HelpProps {
  readonly verdictKeys: VerdictKeys;
  readonly chord: string;
  readonly saveKeys: string;
}

/** The keys of the editor, in a popover. */
export function Help({ verdictKeys, chord, saveKeys }: HelpProps) {
  const rows: [keys: readonly string[], does: string][] = [
    [[saveKeys], 'Save, from anywhere'],
    [['Escape'], 'Close; what is unsaved is kept as a draft'],
    [['F6'], 'Next part; with Shift, the one before'],
    [['1', '–', '9'], 'Labels, or the rating while it has the focus. Not while you type'],
    [['←', '→'], 'Another verdict or rating, while it has the focus'],
  ];
  return (
    <div id={HELP_ID} class="ed-help" popover="auto" role="dialog" aria-label="Keys and hints">
      <h2>Keys</h2>
      <dl>
        {verdictKeys !== null && (
          <div>
            <dt>
              {verdictOrder.map((verdict) => (
                <Kbd key={verdict} keys={verdictKeys[verdict]} />
              ))}
            </dt>
            <dd>
              {verdictOrder.map((verdict) => verdicts[verdict].action).join(', ')}. Not while you type; {chord} with the
              key works anywhere
            </dd>
          </div>
        )}
        {rows.map(([keys, does]) => (
          <div key={does}>
            <dt>{keys.map((key) => (key === '–' ? <span key={key}>–</span> : <Kbd key={key} keys={key} />))}</dt>
            <dd>{does}</dd>
          </div>
        ))}
      </dl>
      <p class="quiet small">
        The page around this frame cannot read what you type here. Nothing is sent while you write.
      </p>
    </div>
  );
}
