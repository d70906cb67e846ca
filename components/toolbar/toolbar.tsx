/** The one toolbar of a page. It only says what was pressed; whether that counts is the overlay's to judge. */
import { Ellipsis, Highlighter, type IconNode, Info, Undo2 } from 'lucide';
import type { ComponentChildren } from 'preact';
import { savedWords } from '../../utils/review/mark.ts';
import type { Verdict } from '../../utils/review/schema.ts';
import { Icon } from '../controls/icon.tsx';
import { verdicts } from '../review/verdicts.ts';
import { VerdictIcon } from './verdict-icon.tsx';
import { type Command, type KeyedCommand, type Legend, MOST_REASONS, type ToolbarView } from './view.ts';
import { verdictWords } from './words.ts';

export interface ToolbarProps {
  readonly view: ToolbarView;
  readonly legend: Legend;
  /** One sentence that is said instead of the view's own; null where there is none. */
  readonly hint: string | null;
  /** A pointer went down on a control: what counts is what the page showed then. */
  readonly onTouch: (command: Command, event: PointerEvent) => void;
  readonly onPress: (command: Command, event: MouseEvent) => void;
}

/** In the order in which they are needed. */
const choices: readonly Verdict[] = ['approve', 'reject', 'correct', 'unsure'];

const shown = (key: string) => key.replace('arrow', '').toUpperCase();

/** As `aria-keyshortcuts` wants them; Enter and Escape have no chord. */
function shortcuts(key: string, chord: string, single: boolean): string {
  if (key.length > 1) return key === 'Esc' ? 'Escape' : key;
  return single ? `${key} ${chord}` : chord;
}

interface ControlProps {
  readonly command: Command;
  readonly word: string;
  /** Only the icon shows; the word is its name. */
  readonly wordless?: boolean;
  readonly legend: Legend;
  /** As shown; the action's own key by default. */
  readonly keyHint?: string;
  readonly icon?: IconNode;
  readonly pressed?: boolean | undefined;
  readonly children?: ComponentChildren;
}

function Control({ command, word, wordless, legend, keyHint, icon, pressed, children }: ControlProps) {
  const key = keyHint ?? shown(legend.keys[command as KeyedCommand]);
  const chord = `${legend.chord}+${key}`;
  const shownKey = key && legend.singleKeys && (
    <span class="key" aria-hidden="true">
      {key}
    </span>
  );
  return (
    <button
      type="button"
      data-command={command}
      aria-pressed={pressed}
      aria-keyshortcuts={key ? shortcuts(key, chord, legend.singleKeys) : undefined}
      title={wordless ? word : key && !keyHint ? chord : undefined}
      aria-label={wordless ? word : undefined}
      data-initial={legend.singleKeys && word.startsWith(key) ? '' : undefined}
    >
      {icon && <Icon node={icon} size={15} />}
      {keyHint && shownKey}
      {!wordless && <span class="word">{word}</span>}
      {!keyHint && shownKey}
      {children}
    </button>
  );
}

function controls(view: ToolbarView, legend: Legend): ComponentChildren {
  switch (view.kind) {
    case 'writing':
      return <Control command="more" word="More" icon={Ellipsis} legend={legend} />;
    case 'reasons':
      return [
        ...legend.labels
          .slice(0, MOST_REASONS)
          .map(({ id, name }, index) => (
            <Control key={id} command={`label:${id}`} word={name} keyHint={`${index + 1}`} legend={legend} />
          )),
        <Control key="plain" command="plain" word="No reason" keyHint="Enter" legend={legend} />,
        <Control key="back" command="back" word="Back" keyHint="Esc" legend={legend} />,
      ];
    case 'saved':
      return (
        <Control command="undo" word="Undo" icon={Undo2} legend={legend}>
          <span class="count" aria-hidden="true">
            {view.seconds} s
          </span>
        </Control>
      );
    case 'failed':
      return [
        <Control key="retry" command="retry" word="Try again" keyHint="" legend={legend} />,
        <Control key="dismiss" command="dismiss" word="Dismiss" keyHint="Esc" legend={legend} />,
      ];
    case 'offer':
      return [
        <Control key="yes" command="yes" word={view.author ? 'Yes, always' : 'Yes'} keyHint="Y" legend={legend} />,
        <Control key="no" command="no" word={view.author ? 'No, a person' : 'No'} keyHint="N" legend={legend} />,
        <Control key="later" command="later" word="Not now" keyHint="Esc" legend={legend} />,
        <Control key="why" command="why" word="Why do you ask?" wordless keyHint="" icon={Info} legend={legend} />,
      ];
    case 'why':
      return [
        ...(view.asserted
          ? [<Control key="no" command="no" word="Not an AI answer" keyHint="" legend={legend} />]
          : []),
        <Control key="back" command="back" word="Back" keyHint="Esc" legend={legend} />,
      ];
    default:
      return [
        ...(view.selected
          ? [<Control key="finding" command="finding" word="Mark" icon={Highlighter} legend={legend} />]
          : []),
        ...choices.map((verdict) => (
          <Control
            key={verdict}
            command={verdict}
            word={verdicts[verdict].action}
            icon={verdicts[verdict].icon}
            legend={legend}
            pressed={view.mark?.verdict === verdict}
          />
        )),
        <Control key="more" command="more" word="More" icon={Ellipsis} legend={legend} />,
        <Control
          key="why"
          command="why"
          word="Why is this an AI answer?"
          wordless
          keyHint=""
          icon={Info}
          legend={legend}
        />,
      ];
  }
}

function sentence(view: ToolbarView, legend: Legend): string {
  switch (view.kind) {
    case 'writing':
      return 'Answer still being written';
    case 'reasons':
      return 'What is wrong with it?';
    case 'saved':
      return `${verdictWords(view.mark, legend.labels)} · ${savedWords(view)}`;
    case 'failed':
      return `${view.failure.message} ${view.failure.next}`;
    case 'offer':
      return view.author ? `Are messages by ${view.author} written by an AI?` : 'Is this an AI answer?';
    case 'why':
      return view.sure;
    default: {
      const judged = view.mark && `Your review: ${verdictWords(view.mark, legend.labels)}`;
      return [judged, view.note].filter(Boolean).join(' · ');
    }
  }
}

/** What the toolbar is for, where it is not for reviewing. */
const names: Partial<Record<ToolbarView['kind'], string>> = {
  offer: 'Is this an AI answer?',
  why: 'Why',
};

const commandOf = (event: Event) =>
  (event.target as Element).closest<HTMLElement>('[data-command]')?.dataset.command as Command | undefined;

/** Words, icon and key for each judgement, with what became of it. */
export function Toolbar({ view, legend, hint, onTouch, onPress }: ToolbarProps) {
  const say = sentence(view, legend);
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: the handlers serve the buttons inside
    // biome-ignore lint/a11y/useKeyWithClickEvents: a key press on a button arrives as a click
    <div
      class="bar"
      data-view={view.kind}
      // The page keeps its focus and its selection.
      onMouseDown={(event) => event.preventDefault()}
      onPointerDown={(event) => {
        const command = commandOf(event);
        if (command) onTouch(command, event);
      }}
      onClick={(event) => {
        const command = commandOf(event);
        if (command) onPress(command, event);
      }}
    >
      <p role="status">
        {view.kind === 'saved' && <VerdictIcon verdict={view.mark.verdict} size={15} />}
        {hint ?? say}
      </p>
      {view.kind === 'why' && (
        <ul>
          {view.reasons.map((reason) => (
            <li key={reason}>{reason}</li>
          ))}
        </ul>
      )}
      <div class="row" role="toolbar" aria-label={names[view.kind] ?? 'Review this answer'} tabIndex={-1}>
        {controls(view, legend)}
      </div>
    </div>
  );
}
