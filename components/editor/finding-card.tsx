import '../controls/inputs.css';
import { ArrowRight, Scissors, Trash2, Undo2 } from 'lucide';
import { useEffect, useRef } from 'preact/hooks';
import type { FindingView } from '../../utils/editing/desk.ts';
import { addressOf } from '../../utils/review/findings.ts';
import { NOTE_LIMIT } from '../../utils/review/limits.ts';
import type { Severity } from '../../utils/review/schema.ts';
import { Button } from '../controls/button.tsx';
import { Segmented } from '../controls/segmented.tsx';
import { Select } from '../controls/select.tsx';
import { TextArea } from '../controls/text-area.tsx';
import { TextInput } from '../controls/text-input.tsx';
import { FindingLine } from '../review/finding-line.tsx';
import type { FindingsActions, FindingsModel } from './findings-model.ts';
import { places } from './view.ts';

interface FindingCardProps {
  readonly finding: FindingView;
  readonly model: FindingsModel;
  readonly on: FindingsActions;
}

const severities: readonly {
  readonly value: Severity;
  readonly label: string;
  readonly tone: 'accent' | 'warn' | 'bad';
}[] = [
  { value: 'minor', label: 'Minor', tone: 'accent' },
  { value: 'major', label: 'Major', tone: 'warn' },
  { value: 'critical', label: 'Critical', tone: 'bad' },
];

const isTyping = (target: EventTarget | null) => target instanceof Element && target.matches('textarea, input, select');

/** One finding: a line, and once it is at hand its fields. */
export function FindingCard({ finding, model, on }: FindingCardProps) {
  const { id } = finding;
  const isOpen = model.atHand === id;
  const isLit = model.lit === id;
  return (
    <li
      class={`ed-finding${isOpen ? ' ed-finding-open' : ''}${isLit ? ' ed-finding-lit' : ''}`}
      data-card={id}
      onPointerEnter={() => on.hover(id)}
      onPointerLeave={() => on.hover(null)}
      onFocusIn={() => on.hover(id)}
      onFocusOut={() => on.hover(null)}
    >
      <button type="button" class="ed-finding-line" aria-expanded={isOpen} onClick={() => on.hold(isOpen ? null : id)}>
        <FindingLine finding={finding} labels={model.named} />
      </button>
      {isOpen && <Fields finding={finding} model={model} on={on} />}
    </li>
  );
}

function Fields({ finding, model, on }: FindingCardProps) {
  const { id, label, severity, note, replacement, source, orphan } = finding;
  const noteField = useRef<HTMLTextAreaElement>(null);
  useEffect(() => noteField.current?.focus(), []);
  const names = model.named.filter((one) => one.id === label || model.labels.some((own) => own.id === one.id));
  const leave = () => {
    on.hold(null);
    document.getElementById(places.finding)?.focus();
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const { key, ctrlKey, metaKey, altKey, shiftKey, target } = event;
    if (event.isComposing || event.defaultPrevented || ctrlKey || metaKey || altKey) return;
    const typing = isTyping(target);
    const own = model.labels[Number(key) - 1];
    if (key === 'Escape') leave();
    else if (key === 'Enter' && !shiftKey && typing) leave();
    else if (typing) return;
    else if (own) on.change(id, { label: own.id === label ? null : own.id });
    else if (key === '+' || key === '=') on.worsen(id, 1);
    else if (key === '-') on.worsen(id, -1);
    else if (key === 'Delete') {
      on.remove(id, event);
      leave();
    } else return;
    event.preventDefault();
    event.stopPropagation();
  };
  const isGap = finding.utf16.start === finding.utf16.end;
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: the keys are heard from whatever has the focus inside
    <div class="ed-finding-fields" onKeyDown={onKeyDown}>
      {orphan && (
        <div class="ed-finding-row">
          <p class="small">The answer does not say this any more. Select other words to put it there.</p>
          <Button disabled={model.selected === null} onPress={(event) => on.move(id, event)}>
            Put it there
          </Button>
        </div>
      )}
      <div class="ed-finding-row">
        <Select
          label="Label of the finding"
          value={label ?? ''}
          options={[{ value: '', label: 'No label' }, ...names.map(({ id: value, name }) => ({ value, label: name }))]}
          onPick={(picked) => on.change(id, { label: picked || null })}
        />
        <Segmented
          label="Severity"
          value={severity}
          options={severities}
          onPick={(picked) => on.change(id, { severity: picked })}
        />
      </div>
      <div class="ed-finding-field">
        <label for={`ed-note-${id}`}>Note</label>
        <TextArea
          id={`ed-note-${id}`}
          elementRef={noteField}
          value={note ?? ''}
          minLines={1}
          maxLines={5}
          maxLength={NOTE_LIMIT}
          placeholder="What is wrong here? Enter when done"
          onInput={(text) => on.change(id, { note: text === '' ? null : text }, 'note')}
        />
      </div>
      <div class="ed-finding-field">
        <label for={`ed-replacement-${id}`}>{isGap ? 'What is missing' : 'Better'}</label>
        <div class="ed-finding-better">
          <TextArea
            id={`ed-replacement-${id}`}
            value={replacement ?? ''}
            minLines={1}
            maxLines={6}
            placeholder={
              replacement === '' ? 'These words go' : isGap ? 'The words to put here' : 'What should stand there'
            }
            onInput={(text) => on.change(id, { replacement: text === '' ? null : text }, 'replacement')}
          />
          {!isGap && (
            <Button
              icon={Scissors}
              label="Take these words out"
              pressed={replacement === ''}
              onPress={() => on.change(id, { replacement: replacement === '' ? null : '' })}
            />
          )}
        </div>
      </div>
      <div class="ed-finding-field">
        <label for={`ed-source-${id}`}>Source</label>
        <TextInput
          id={`ed-source-${id}`}
          kind="url"
          value={source ?? ''}
          maxLength={2000}
          invalid={addressOf(source) === false}
          placeholder="Address of a page that shows it"
          onInput={(text) => on.change(id, { source: text === '' ? null : text }, 'source')}
        />
      </div>
      <div class="ed-finding-row">
        <Standing finding={finding} on={on} />
        <Button
          kind="quiet"
          icon={Trash2}
          onPress={(event) => {
            on.remove(id, event);
            leave();
          }}
        >
          Remove
        </Button>
      </div>
    </div>
  );
}

/** How the replacement stands in the correction, with what can be done about it. */
function Standing({ finding, on }: Pick<FindingCardProps, 'finding' | 'on'>) {
  const { id, standing } = finding;
  if (standing === null) return <span />;
  if (standing === 'other') return <p class="small quiet">The correction says something else here, which is kept.</p>;
  return standing === 'open' ? (
    <Button icon={ArrowRight} onPress={(event) => on.accept([id], event)}>
      Put into the correction
    </Button>
  ) : (
    <Button icon={Undo2} onPress={(event) => on.takeBack(id, event)}>
      Take out of the correction
    </Button>
  );
}
