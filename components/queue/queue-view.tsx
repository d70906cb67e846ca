import './queue.css';
import { useRef } from 'preact/hooks';
import { Lazy, partOf } from '../controls/lazy.tsx';
import { Status } from '../controls/status.tsx';
import { VirtualList } from '../workbench/virtual-list.tsx';
import type { EmptyProps } from './empty.tsx';
import type { FiltersProps } from './filters.tsx';
import { ItemRow, ROW_HEIGHT } from './item-row.tsx';
import { MoveHint } from './move-hint.tsx';
import type { PaceNudgeProps } from './pace-nudge.tsx';
import { SessionBar } from './session-bar.tsx';
import type { QueueActions, QueueModel } from './view.ts';

export interface QueueProps {
  readonly model: QueueModel;
  readonly on: QueueActions;
}

// Asked for at once: it is there before the list is.
const filters = partOf<FiltersProps>(() => import('./filters.tsx').then((module) => module.QueueFilters));
filters.load();
// Needed once something is selected.
const judgeBar = partOf<QueueProps>(() => import('./judge-bar.tsx').then((module) => module.JudgeBar));

const paceNudge = partOf<PaceNudgeProps>(() => import('./pace-nudge.tsx').then((module) => module.PaceNudge));
const empty = partOf<EmptyProps>(() => import('./empty.tsx').then((module) => module.EmptyQueue));

/** All answers of the page in front and those set aside anywhere, and what can be done with the selected one. */
export function QueueView({ model, on }: QueueProps) {
  const { items, selected, told, allLabels, now, failure, counts, page, nudge } = model;
  const list = useRef<HTMLDivElement>(null);
  const focusList = () => list.current?.querySelector<HTMLElement>('[role=listbox]')?.focus();
  return (
    <main class="qu">
      <SessionBar model={model} on={on} />
      <div role="status">{nudge && <Lazy part={paceNudge} props={{ nudge, on }} />}</div>
      {counts.all > 0 && <Lazy part={filters} props={{ model, on, onLeave: focusList }} />}
      {failure && (
        <p class="wb-failure" role="alert">
          {failure}
        </p>
      )}
      <div ref={list} class="qu-list">
        {items.length === 0 ? (
          <Lazy part={empty} props={model} />
        ) : (
          <VirtualList
            label="Answers"
            items={items}
            keyOf={({ id }) => id}
            rowHeight={ROW_HEIGHT}
            selected={selected?.id ?? null}
            onSelect={(item, open) => {
              if (open && item.id === selected?.id) on.jump(false);
              else on.select(item.id);
            }}
            onNearEnd={() => {}}
            more={false}
          >
            {(item) => (
              <ItemRow item={item} site={page.is === 'here' ? page.site : null} labels={allLabels} now={now} />
            )}
          </VirtualList>
        )}
      </div>
      <footer class="qu-foot">
        {selected ? <Lazy part={judgeBar} props={{ model, on }} /> : items.length > 0 && <MoveHint keys={model.keys} />}
        <Status tone={told?.tone ?? 'quiet'}>{told?.words ?? ''}</Status>
      </footer>
    </main>
  );
}
