import { ArrowUp, Copy, Plus, Trash2 } from 'lucide';
import type { Rubric } from '../../utils/review/rubric.ts';
import { Button } from '../controls/button.tsx';
import { freshId, movedBy, withoutAt } from './list-edit.ts';

interface RubricTabsProps {
  readonly rubrics: readonly Rubric[];
  /** Place of the one that is shown. */
  readonly shown: number;
  readonly onShow: (index: number) => void;
  readonly onChange: (rubrics: Rubric[]) => void;
}

/** The rubrics of the project, in the order in which they are tried, and which one is edited. */
export function RubricTabs({ rubrics, shown, onShow, onChange }: RubricTabsProps) {
  const current = rubrics[shown];
  const add = (from: Partial<Rubric>, name: string) => {
    const empty = { version: '1', dimensions: [], labels: [] };
    onChange([...rubrics, { ...empty, ...from, version: '1', id: freshId(name, rubrics), name }]);
    onShow(rubrics.length);
  };
  return (
    <div class="ru-rubrics">
      <nav class="cs-chips cs-apart" aria-label="Rubrics">
        {rubrics.map(({ id, name, version }, index) => (
          <button key={id} type="button" class="cs-chip" aria-pressed={index === shown} onClick={() => onShow(index)}>
            <span class="captured">{name.trim() || id}</span>
            <span class="cs-chip-note"> version {version}</span>
          </button>
        ))}
      </nav>
      <Button kind="quiet" icon={Plus} disabled={rubrics.length >= 20} onPress={() => add({}, 'New rubric')}>
        Add a rubric
      </Button>
      {current && (
        <>
          <Button
            kind="quiet"
            icon={Copy}
            label={`Copy ${current.name}`}
            onPress={() => add(current, `${current.name} copy`)}
          />
          <Button
            kind="quiet"
            icon={ArrowUp}
            label={`Try ${current.name} earlier`}
            disabled={shown === 0}
            onPress={() => {
              onChange(movedBy(rubrics, shown, -1));
              onShow(shown - 1);
            }}
          />
          <Button
            kind="quiet"
            icon={Trash2}
            label={`Remove ${current.name}`}
            disabled={rubrics.length === 1}
            onPress={() => {
              onChange(withoutAt(rubrics, shown));
              onShow(Math.max(0, shown - 1));
            }}
          />
        </>
      )}
    </div>
  );
}
