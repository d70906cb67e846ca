import { X } from 'lucide';
import { useEffect, useRef, useState } from 'preact/hooks';
import { Button } from '../controls/button.tsx';
import { TextInput } from '../controls/text-input.tsx';
import { type Entry, searched } from './entries.ts';
import { EntryView } from './entry-view.tsx';

export interface LookupProps {
  readonly entries: readonly Entry[];
  /** One question or label, all labels (`labels`), or everything (null). */
  readonly about: string | null;
  readonly onOpen: (about: string | null) => void;
  readonly onClose: () => void;
}

/** What there is to look up, with a search. */
export function Lookup({ entries, about, onOpen, onClose }: LookupProps) {
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
