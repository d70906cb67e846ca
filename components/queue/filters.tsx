import { ListFilter } from 'lucide';
import { useState } from 'preact/hooks';
import type { Filter, Order } from '../../utils/queue/item.ts';
import { Button } from '../controls/button.tsx';
import { Field } from '../controls/field.tsx';
import { Segmented } from '../controls/segmented.tsx';
import { Select } from '../controls/select.tsx';
import { Switch } from '../controls/switch.tsx';
import { TextInput } from '../controls/text-input.tsx';
import { verdictOrder, verdicts } from '../review/verdicts.ts';
import { siteName } from '../workbench/wording.ts';
import { stateNames } from './item-row.tsx';
import type { QueueActions, QueueModel } from './view.ts';

const orders: Readonly<Record<Order, string>> = {
  page: 'As on the page',
  newest: 'Newest first',
  aside: 'Longest set aside first',
  unsure: 'Least surely AI first',
  longest: 'Longest first',
  priority: 'Highest priority first',
};

const states: readonly (keyof QueueModel['counts'])[] = ['all', 'open', 'draft', 'aside', 'skipped', 'done'];

interface FiltersProps {
  readonly model: QueueModel;
  readonly on: QueueActions;
  /** From the search field into the list. */
  readonly onLeave: () => void;
}

function Conditions({ model, on }: Omit<FiltersProps, 'onLeave'>) {
  const { filter, sites, allLabels } = model;
  const all = { value: '', label: 'All' };
  return (
    <div id="queue-conditions" class="qu-conditions">
      <Field label="Site" htmlFor="queue-site">
        <Select
          id="queue-site"
          value={filter.site ?? ''}
          options={[all, ...sites.map((site) => ({ value: site, label: siteName(site) }))]}
          onPick={(site) => on.filter({ site: site || null })}
        />
      </Field>
      <Field label="Verdict" htmlFor="queue-verdict">
        <Select
          id="queue-verdict"
          value={filter.verdict ?? ''}
          options={[all, ...verdictOrder.map((verdict) => ({ value: verdict, label: verdicts[verdict].done }))]}
          onPick={(verdict) => on.filter({ verdict: (verdict || null) as Filter['verdict'] })}
        />
      </Field>
      <Field label="Label" htmlFor="queue-label">
        <Select
          id="queue-label"
          value={filter.label ?? ''}
          options={[all, ...allLabels.map(({ id, name }) => ({ value: id, label: name }))]}
          onPick={(label) => on.filter({ label: label || null })}
        />
      </Field>
      <Switch
        label="Go on by itself"
        hint="To the next open answer after a judgement"
        on={model.autoAdvance}
        onToggle={on.setAutoAdvance}
      />
      <Switch
        label="Say when I get hasty or tired"
        hint="With the numbers it is concluded from; they stay here"
        on={model.paceNudges}
        onToggle={on.setPaceNudges}
      />
    </div>
  );
}

/** What is shown, and in which order. */
export function QueueFilters({ model, on, onLeave }: FiltersProps) {
  const [open, setOpen] = useState(false);
  const { filter, order, counts, hasPriority } = model;
  const active = [filter.site, filter.verdict, filter.label].filter((one) => one !== null).length;
  const offered = (Object.keys(orders) as Order[]).filter((one) => one !== 'priority' || hasPriority || order === one);
  const shown = states.filter(
    (state) => state === 'all' || state === 'open' || counts[state] > 0 || filter.state === state,
  );
  const names = { ...stateNames, all: 'All', open: 'Open' };
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
          {active > 0 ? `More (${active})` : 'More'}
        </Button>
      </div>
      {open && <Conditions model={model} on={on} />}
      <div class="qu-narrow">
        <Segmented
          apart
          label="State"
          value={filter.state ?? 'all'}
          options={shown.map((state) => ({
            value: state,
            label: `${names[state]} ${counts[state]}`,
          }))}
          onPick={(state) => on.filter({ state: state === 'all' ? null : state })}
        />
        <Select
          label="Order"
          value={order}
          options={offered.map((value) => ({ value, label: orders[value] }))}
          onPick={on.setOrder}
        />
      </div>
    </search>
  );
}
