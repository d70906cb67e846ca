import { QueueView } from '../../components/queue/queue-view.tsx';
import type { PageState, QueueModel } from '../../components/queue/view.ts';
import { siteName } from '../../components/workbench/wording.ts';
import { isOpen, type QueueItem } from '../../utils/queue/item.ts';
import { keysOf } from './key-names.ts';
import { type Panel, progressOf } from './store/panel.ts';

function pageOf({ link, settings, tab, items }: Panel): PageState {
  if (settings.value.paused) return { is: 'paused' };
  if (!items.read.value || !link.asked.value) return { is: 'looking' };
  const site = link.frames.value[0]?.site ?? (URL.parse(tab.value?.url ?? '')?.origin || null);
  return site === null || !site.startsWith('http') ? { is: 'off' } : { is: 'here', name: siteName(site), site };
}

function countsOf(items: readonly QueueItem[]): QueueModel['counts'] {
  const counts = { all: items.length, open: 0, pending: 0, draft: 0, done: 0, skipped: 0, aside: 0 };
  for (const item of items) {
    counts[item.state] += 1;
    if (isOpen(item)) counts.open += 1;
  }
  return counts;
}

function modelOf(panel: Panel): QueueModel {
  const { session, settings } = panel;
  const all = panel.items.all.value;
  const { here = null, usual = null, nudge = null } = session.value?.pace.value ?? {};
  const failure = panel.items.failure.value;
  return {
    page: pageOf(panel),
    items: panel.shown.value,
    counts: countsOf(all),
    progress: progressOf(all),
    selected: panel.selected.value,
    asking: panel.asking.value,
    told: panel.told.value,
    busy: panel.busy.value,
    undoable: panel.undoable.value,
    labels: panel.labels.value,
    allLabels: panel.allLabels.value,
    sites: [...new Set(all.map(({ site }) => site))],
    filter: panel.filter.value,
    order: settings.value.queueOrder,
    hasPriority: all.some(({ priority }) => priority !== undefined),
    autoAdvance: settings.value.autoAdvance,
    paceNudges: settings.value.paceNudges,
    ...{ here, usual, nudge },
    goal: session.value?.goal.value ?? null,
    keys: keysOf(settings.value),
    now: Date.now(),
    failure: failure && `${failure.message} ${failure.next}`,
  };
}

/** The queue with what the store says and does. Judgements count only when a person pressed. */
export function App({ panel }: { readonly panel: Panel }) {
  const trusted = (event: Event, work: () => void) => {
    if (event.isTrusted) work();
  };
  return (
    <QueueView
      model={modelOf(panel)}
      on={{
        select: panel.select,
        jump: (edit) => void panel.jump(edit),
        judge: (verdict, labels, event) => trusted(event, () => void panel.judge(verdict, labels)),
        ask: panel.ask,
        skip: (why, event) => trusted(event, () => void panel.skip(why)),
        aside: () => void panel.aside(),
        undo: () => void panel.undo(),
        filter: panel.setFilter,
        setOrder: (queueOrder) => void panel.saveSettings({ queueOrder }),
        setAutoAdvance: (autoAdvance) => void panel.saveSettings({ autoAdvance }),
        setPaceNudges: (paceNudges) => void panel.saveSettings({ paceNudges }),
        setGoal: (goal) => panel.session.peek()?.setGoal(goal),
        dismiss: () => {
          const session = panel.session.peek();
          const kind = session?.pace.peek().nudge?.kind;
          if (kind) session?.dismiss(kind);
        },
      }}
    />
  );
}
