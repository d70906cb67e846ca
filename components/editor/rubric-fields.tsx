import { useRef, useState } from 'preact/hooks';
import type { Guidelines } from '../../utils/review/project.ts';
import type { Rubric } from '../../utils/review/rubric.ts';
import { type Asked, type Problem, shownDimensions } from '../../utils/review/rubric-use.ts';
import { entriesOf } from '../guidelines/entries.ts';
import { GuidelinesPanel } from '../guidelines/guidelines-panel.tsx';
import { AtControls } from '../guidelines/meaning-card.tsx';
import { DimensionField } from './dimension-field.tsx';
import { LabelsField } from './labels-field.tsx';
import type { EditorActions } from './view.ts';

export interface RubricFieldsProps {
  /** With what applies to this answer. */
  readonly rubric: Rubric;
  readonly earlierRubrics: readonly Rubric[];
  readonly guidelines: Guidelines | null;
  readonly fields: Asked;
  readonly problems: readonly Problem[];
  /** Key that opens the guidelines from a control; null for none. */
  readonly guideKey: string | null;
  readonly on: Pick<EditorActions, 'rate' | 'reason' | 'toggleLabel'>;
}

const isTyping = (target: EventTarget | null) => target instanceof Element && target.matches('textarea, input, select');

/** The questions that are asked now, the labels, and what the team agreed about both. */
export function RubricFields(props: RubricFieldsProps) {
  const { rubric, earlierRubrics, guidelines, fields, problems, guideKey, on } = props;
  const [about, setAbout] = useState<string | null | false>(false);
  const from = useRef<HTMLElement | null>(null);
  const entries = entriesOf(rubric, guidelines);
  const open = (what: string | null) => {
    if (about === false) from.current = document.activeElement as HTMLElement | null;
    setAbout(what);
  };
  const close = () => {
    setAbout(false);
    from.current?.focus();
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const { key, ctrlKey, metaKey, altKey, target } = event;
    if (key !== guideKey || ctrlKey || metaKey || altKey || isTyping(target) || event.defaultPrevented) return;
    event.preventDefault();
    event.stopPropagation();
    if (about !== false) return close();
    const means = (target as Element).closest('[data-means]')?.getAttribute('data-means') ?? null;
    open(entries.some((entry) => entry.about === means) ? means : null);
  };
  const explain = (what: string, known: boolean) => (known ? () => open(what) : null);
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: the key is heard from whatever has the focus inside
    <div class="ed-rubric" onKeyDown={onKeyDown}>
      <AtControls entries={entries}>
        {shownDimensions(rubric, fields).map((dimension) => (
          <DimensionField
            key={dimension.id}
            dimension={dimension}
            rating={fields.ratings.find((rating) => rating.dimension === dimension.id)}
            problems={problems}
            onRate={(value, event) => on.rate(dimension.id, value, event)}
            onReason={(text) => on.reason(dimension.id, text)}
            onExplain={explain(
              `dimension:${dimension.id}`,
              entries.some((entry) => entry.about === `dimension:${dimension.id}`),
            )}
          />
        ))}
        <LabelsField
          rubric={rubric}
          earlier={earlierRubrics}
          on={fields.labels}
          problems={problems}
          onToggle={on.toggleLabel}
          onExplain={explain(
            'labels',
            entries.some(({ kind }) => kind === 'Label'),
          )}
        />
      </AtControls>
      <GuidelinesPanel
        entries={entries}
        version={guidelines?.version ?? null}
        about={about}
        keys={guideKey}
        onOpen={open}
        onClose={close}
      />
    </div>
  );
}
