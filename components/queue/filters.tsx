import { ListFilter } from 'lucide';
import { useState } from 'preact/hooks';
import { Button } from '../controls/button.tsx';
import { Lazy, partOf } from '../controls/lazy.tsx';
import { TextInput } from '../controls/text-input.tsx';
import type { ConditionsProps } from './conditions.tsx';
import { stateNames } from './item-row.tsx';
import type { QueueActions, QueueModel } from './view.ts';

// Shown when they are opened.
const conditions = partOf<ConditionsProps>(() => import('./conditions.tsx').then((module) => module.Conditions));

const states: readonly (keyof QueueModel['counts'])[] = ['all', 'open', 'draft', 'aside', 'skipped', 'done'];
const names = { ...stateNames, all: 'All', open: 'Open' };

export interface FiltersProps {
  readonly model: QueueModel;
  readonly on: QueueActions;
  /** From the search field into the list. */
  readonly onLeave: () => void;
}

/** What is shown, and in which order. */
export function QueueFilters({ model, on, onLeave }: FiltersProps) {
  const [open, setOpen] = useState(false);
  const { filter, order, counts } = model;
  const active = [filter.site, filter.verdict, filter.label, order === 'page' ? null : order];
  const set = active.filter((one) => one !== null).length;
  const picked = filter.state ?? 'all';
  const shown = states.filter((state) => ['all', 'open', picked].includes(state) || counts[state] > 0);
  return (
    <search class="qu-filters">
      <div class="qu-search">
        <TextInput
          id="queue-search"
          kind="search"
          label="Search the queue"
          placeholder="Search  /"
          value={filter.search}
          keys="/"
          onInput={(search) => on.filter({ search })}
          onKeyDown={(event) => {
            if (event.key === 'Escape' && filter.search !== '') on.filter({ search: '' });
            else if (event.key === 'Escape' || event.key === 'Enter' || event.key === 'ArrowDown') onLeave();
            else return;
            event.preventDefault();
            event.stopPropagation();
          }}
        />
        <Button icon={ListFilter} expanded={open} controls="queue-conditions" onPress={() => setOpen(!open)}>
          {set > 0 ? `View (${set})` : 'View'}
        </Button>
      </div>
      <div id="queue-conditions" class="qu-conditions" hidden={!open}>
        {open && <Lazy part={conditions} props={{ model, on }} />}
      </div>
      <fieldset class="cs-chips" aria-label="State">
        {shown.map((state) => (
          <button
            key={state}
            type="button"
            class="cs-chip"
            aria-pressed={state === picked}
            onClick={() => on.filter({ state: state === 'all' ? null : state })}
          >
            {names[state]} {counts[state]}
          </button>
        ))}
      </fieldset>
    </search>
  );
}
