/** The panel's keys: those of the toolbar, on the selected answer. */
import { type QueueKeys, skipReasons } from '../../components/queue/view.ts';
import { isKey, pressOf } from '../../utils/keyboard.ts';
import { keysOf } from './key-names.ts';
import type { Panel } from './store/panel.ts';

const isField = (target: EventTarget | null) =>
  target instanceof HTMLElement && target.matches('input, textarea, select');
/** Enter and Space belong to the control that has the focus. */
const isControl = (target: EventTarget | null) => target instanceof HTMLElement && target.closest('button, a') !== null;

function answerQuestion(panel: Panel, event: KeyboardEvent): boolean {
  const asking = panel.asking.peek();
  if (asking === null) return false;
  if (event.key === 'Escape') panel.ask(null);
  else if (asking === 'reasons') {
    const label = panel.labels.peek().find((_, index) => index < 9 && isKey(event, `${index + 1}`));
    if (label) void panel.judge('reject', [label.id]);
    else if (event.key === 'Enter' && !isControl(event.target)) void panel.judge('reject');
    else return false;
  } else {
    const reason = skipReasons.find((_, index) => isKey(event, `${index + 1}`));
    if (reason !== undefined) void panel.skip(reason);
    else {
      // A letter begins the reviewer's own words.
      if (/^\p{L}$/u.test(event.key)) document.getElementById('skip-why')?.focus();
      return false;
    }
  }
  return true;
}

function run(panel: Panel, keys: QueueKeys, event: KeyboardEvent): boolean {
  const is = (key: string | null) => key !== null && isKey(event, key);
  const step = is(keys.next) || event.key === 'ArrowDown' ? 1 : is(keys.previous) || event.key === 'ArrowUp' ? -1 : 0;
  if (step !== 0) {
    panel.move(step);
    // It names the active row to assistive technology, and Enter is for the row then.
    document.querySelector<HTMLElement>('[role=listbox]')?.focus();
  } else if (is(keys.undo)) void panel.undo();
  else if (event.key === '/') document.getElementById('queue-search')?.focus();
  else if (panel.selected.peek() === null) return false;
  else if (is(keys.approve)) void panel.judge('approve');
  else if (is(keys.unsure)) void panel.judge('unsure');
  else if (is(keys.reject)) panel.ask('reasons');
  else if (is(keys.correct)) void panel.jump(true);
  else if (is(keys.aside)) void panel.aside();
  else if (is(keys.skip)) panel.ask('skip');
  else if (event.key === 'Enter' && !isControl(event.target)) void panel.jump(false);
  else return false;
  return true;
}

const helpShown = () => document.querySelector('.key-sheet:popover-open') !== null;

/** All keys, loaded when they are first asked for. */
async function toggleHelp(keys: QueueKeys): Promise<void> {
  const [{ toggleKeySheet }, { queueKeySections }] = await Promise.all([
    import('../../components/keys/key-sheet.tsx'),
    import('../../components/keys/queue-keys.ts'),
  ]);
  toggleKeySheet({ sections: queueKeySections(keys) });
}

/** Listens until `stop` aborts. */
export function listen(panel: Panel, stop: AbortSignal): void {
  addEventListener(
    'keydown',
    (event) => {
      const { isTrusted, isComposing, repeat, target } = event;
      if (!isTrusted || isComposing || isField(target)) return;
      if (pressOf(event, panel.settings.peek().chord) === null) return;
      const keys = keysOf(panel.settings.peek());
      const moves = /^Arrow(?:Up|Down)$/.test(event.key) || isKey(event, keys.next) || isKey(event, keys.previous);
      if (repeat && !moves) return;
      if (isKey(event, keys.help)) void toggleHelp(keys);
      // What is behind the sheet waits.
      else if (helpShown()) return;
      else if (!answerQuestion(panel, event) && (panel.asking.peek() !== null || !run(panel, keys, event))) return;
      event.preventDefault();
      event.stopPropagation();
    },
    // Before the list itself, which would otherwise move twice.
    { capture: true, signal: stop },
  );
}
