import './guidelines.css';
import { BookOpen, X } from 'lucide';
import { useEffect, useRef, useState } from 'preact/hooks';
import { Button } from '../controls/button.tsx';
import { TextInput } from '../controls/text-input.tsx';
import { type Entry, searched } from './entries.ts';
import { EntryView } from './entry-view.tsx';

interface GuidelinesPanelProps {
  readonly entries: readonly Entry[];
  /** Version of the guidelines; null where the project has none beside its rubric. */
  readonly version: string | null;
  /** The panel is open, about one question or label, or about everything (null); `false` while it is closed. */
  readonly about: string | null | false;
  /** The key that opens it; null where single keys are switched off. */
  readonly keys: string | null;
  readonly onOpen: (about: string | null) => void;
  readonly onClose: () => void;
}

/** What the team agreed about judging, to look up without leaving the form. */
export function GuidelinesPanel({ entries, version, about, keys, onOpen, onClose }: GuidelinesPanelProps) {
  const open = about !== false;
  if (entries.length === 0) return null;
  return (
    <section class="gl" aria-label="Guidelines">
      <Button
        kind="quiet"
        icon={BookOpen}
        expanded={open}
        controls="gl-panel"
        {...(keys !== null && { keys })}
        onPress={() => (open ? onClose() : onOpen(null))}
      >
        Guidelines{version !== null && ` · version ${version}`}
      </Button>
      <div id="gl-panel">{open && <Panel key={about} entries={entries} about={about} onOpen={onOpen} onClose={onClose} />}</div>
    </section>
  );
}

interface PanelProps extends Pick<GuidelinesPanelProps, 'entries' | 'onOpen' | 'onClose'> {
  readonly about: string | null;
}

function Panel({ entries, about, onOpen, onClose }: PanelProps) {
  const [search, setSearch] = useState('');
  const field = useRef<HTMLInputElement>(null);
  useEffect(() => field.current?.focus(), []);
  const one = about === null || search !== '' ? undefined : entries.find((entry) => entry.about === about);
  const list = about === 'labels' ? entries.filter(({ kind }) => kind === 'Label') : entries;
  const found = one ? [one] : searched(search === '' ? list : entries, search);
  const isPart = found.length < entries.length && search === '';
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key !== 'Escape') return;
    // Closes the panel only, not the form around it.
    event.preventDefault();
    event.stopPropagation();
    onClose();
  };
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: Escape is heard from whatever has the focus inside
    <div class="gl-panel" onKeyDown={onKeyDown}>
      <div class="gl-search">
        <TextInput
          kind="search"
          label="Search the guidelines"
          placeholder="Search the guidelines"
          value={search}
          elementRef={field}
          onInput={setSearch}
        />
        <Button kind="quiet" icon={X} label="Close the guidelines" keys="Escape" onPress={onClose} />
      </div>
      <p class="quiet small" role="status">
        {found.length === 0
          ? 'Nothing has all these words.'
          : search !== ''
            ? `${found.length} of ${entries.length}`
            : one
              ? ''
              : `${found.length} ${found.length === 1 ? 'entry' : 'entries'}`}
      </p>
      {found.map((entry) => (
        <EntryView key={entry.about ?? entry.clauses[0]?.id} entry={entry} />
      ))}
      {isPart && (
        <Button kind="quiet" onPress={() => onOpen(null)}>
          Show all {entries.length}
        </Button>
      )}
    </div>
  );
}
