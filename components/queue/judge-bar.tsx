import './later.css';
import { Bookmark, CornerDownRight, SkipForward, Undo2 } from 'lucide';
import { useRef, useState } from 'preact/hooks';
import { Button } from '../controls/button.tsx';
import { TextInput } from '../controls/text-input.tsx';
import { ToggleChip } from '../controls/toggle-chip.tsx';
import { verdictOrder, verdicts } from '../review/verdicts.ts';
import { type QueueActions, type QueueModel, skipReasons } from './view.ts';

interface BarProps {
  readonly model: QueueModel;
  readonly on: QueueActions;
}

/** Reasons with a digit; more than nine have none. */
const MOST = 9;

function Reasons({ model, on }: BarProps) {
  return (
    <fieldset class="qu-ask">
      <legend>Why is it rejected?</legend>
      <div class="cs-chips">
        {model.labels.map((label, index) => (
          <ToggleChip
            key={label.id}
            label={label.name}
            pressed={false}
            {...(index < MOST ? { keys: `${index + 1}` } : {})}
            onToggle={(event) => on.judge('reject', [label.id], event)}
          />
        ))}
      </div>
      <div class="qu-ask-line">
        <Button keys="Enter" keysShown="↵" onPress={(event) => on.judge('reject', [], event)}>
          No reason
        </Button>
        <Button kind="quiet" keys="Escape" keysShown="Esc" onPress={() => on.ask(null)}>
          Back
        </Button>
      </div>
    </fieldset>
  );
}

function Skipping({ on }: BarProps) {
  const [own, setOwn] = useState('');
  const field = useRef<HTMLInputElement>(null);
  return (
    <fieldset class="qu-ask">
      <legend>Why is it skipped?</legend>
      <div class="cs-chips">
        {skipReasons.map((reason, index) => (
          <ToggleChip
            key={reason}
            label={reason}
            pressed={false}
            keys={`${index + 1}`}
            onToggle={(event) => on.skip(reason, event)}
          />
        ))}
      </div>
      <div class="qu-ask-line">
        <TextInput
          id="skip-why"
          label="Why, in your own words"
          placeholder="Own words, then Enter"
          value={own}
          maxLength={500}
          elementRef={field}
          onInput={setOwn}
          onKeyDown={(event) => {
            if (event.key === 'Enter' && own.trim() !== '' && event.isTrusted) on.skip(own.trim(), event);
            else if (event.key === 'Escape') on.ask(null);
            else return;
            event.preventDefault();
            event.stopPropagation();
          }}
        />
        <Button kind="quiet" keys="Escape" keysShown="Esc" onPress={() => on.ask(null)}>
          Back
        </Button>
      </div>
    </fieldset>
  );
}

/** What can be done with the selected answer; the keys do the same. */
export function JudgeBar({ model, on }: BarProps) {
  const { selected, asking, keys, busy, undoable } = model;
  if (!selected) return null;
  if (asking === 'reasons') return <Reasons model={model} on={on} />;
  if (asking === 'skip') return <Skipping model={model} on={on} />;
  const run = {
    approve: (event: Event) => on.judge('approve', [], event),
    correct: () => on.jump(true),
    reject: () => on.ask('reasons'),
    unsure: (event: Event) => on.judge('unsure', [], event),
  };
  return (
    <div class="qu-bar" role="toolbar" aria-label="The selected answer">
      <div class="qu-verdicts">
        {verdictOrder.map((verdict) => (
          <Button
            key={verdict}
            icon={verdicts[verdict].icon}
            keys={keys[verdict]}
            disabled={busy}
            onPress={run[verdict]}
          >
            {verdicts[verdict].action}
          </Button>
        ))}
      </div>
      <div class="qu-more">
        <Button kind="quiet" icon={CornerDownRight} keys="Enter" keysShown="↵" onPress={() => on.jump(false)}>
          Show
        </Button>
        <Button
          kind="quiet"
          icon={Bookmark}
          keys={keys.aside}
          pressed={selected.state === 'aside'}
          disabled={busy}
          onPress={on.aside}
        >
          Aside
        </Button>
        <Button
          kind="quiet"
          icon={SkipForward}
          {...(keys.skip ? { keys: keys.skip } : {})}
          disabled={busy}
          onPress={() => on.ask('skip')}
        >
          Skip
        </Button>
        <Button kind="quiet" icon={Undo2} keys={keys.undo} disabled={!undoable || busy} onPress={on.undo}>
          Undo
        </Button>
      </div>
    </div>
  );
}
