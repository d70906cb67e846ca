import './later.css';
import type { Filter, Order } from '../../utils/queue/item.ts';
import { Field } from '../controls/field.tsx';
import { Select } from '../controls/select.tsx';
import { Switch } from '../controls/switch.tsx';
import { verdictOrder, verdicts } from '../review/verdicts.ts';
import { siteName } from '../workbench/wording.ts';
import type { QueueActions, QueueModel } from './view.ts';

const orders: Readonly<Record<Order, string>> = {
  page: 'As on the page',
  newest: 'Newest first',
  aside: 'Longest set aside first',
  unsure: 'Least surely AI first',
  longest: 'Longest first',
  priority: 'Highest priority first',
};

export interface ConditionsProps {
  readonly model: QueueModel;
  readonly on: QueueActions;
}

/** In which order, what else is left out, and how the queue behaves. */
export function Conditions({ model, on }: ConditionsProps) {
  const { filter, sites, allLabels, order, hasPriority } = model;
  const all = { value: '', label: 'All' };
  const offered = (Object.keys(orders) as Order[]).filter((one) => one !== 'priority' || hasPriority || order === one);
  return (
    <>
      <div class="qu-fields">
        <Field label="Order" htmlFor="queue-order">
          <Select
            id="queue-order"
            value={order}
            options={offered.map((value) => ({ value, label: orders[value] }))}
            onPick={on.setOrder}
          />
        </Field>
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
      </div>
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
    </>
  );
}
