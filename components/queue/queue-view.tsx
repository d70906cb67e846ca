import './queue.css';
import { useRef } from 'preact/hooks';
import { Lazy, partOf } from '../controls/lazy.tsx';
import { Status } from '../controls/status.tsx';
import { VirtualList } from '../workbench/virtual-list.tsx';
import { EmptyQueue } from './empty.tsx';
import { QueueFilters } from './filters.tsx';
import { ItemRow, ROW_HEIGHT } from './item-row.tsx';
import { MoveHint } from './move-hint.tsx';
import { PaceNudge, SessionBar } from './session-bar.tsx';
import type { QueueActions, QueueModel } from './view.ts';

export interface QueueProps {
  readonly model: QueueModel;
  readonly on: QueueActions;
}

// Needed once something is selected.
const judgeBar = partOf<QueueProps>(() => import('./judge-bar.tsx').then((module) => module.JudgeBar));

/** All answers of the page in front and those set aside anywhere, and what can be done with the selected one. */
export function QueueView({ model, on }: QueueProps) {
  const { items, selected, told, allLabels, now, failure, counts, page } = model;
  const list = useRef<HTMLDivElement>(null);
  const focusList = () => list.current?.querySelector<HTMLElement>('[role=listbox]')?.focus();
  return (
    <main class="qu">
      <SessionBar model={model} on={on} />
      <PaceNudge model={model} on={on} />
      {counts.all > 0 && <QueueFilters model={model} on={on} onLeave={focusList} />}
      {failure && (
        <p class="wb-failure" role="alert">
          {failure}
        </p>
      )}
      <div ref={list} class="qu-list">
        {items.length === 0 ? (
          <EmptyQueue {...model} />
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
