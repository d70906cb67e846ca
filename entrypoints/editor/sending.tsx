/**
 * The gate's frame beside a composer. Blank until its token was exchanged. What is decided here is decided by a person: by
 * trusted presses on what was in sight, and by keys that were not typed on from the composer.
 */
import { signal } from '@preact/signals';
import { render } from 'preact';
import { GatePanel, type GatePanelProps, type Said } from '../../components/gate/gate-panel.tsx';
import { deltaOf } from '../../utils/composer/delta.ts';
import type { Decision } from '../../utils/composer/types.ts';
import type { Call } from '../../utils/messaging/client.ts';
import type { EditorCalls } from '../../utils/messaging/contract.ts';
import { uuidv7 } from '../../utils/review/ids.ts';
import { reportHeight } from './height.ts';
import { VisibilityGate } from './visibility-gate.ts';

/** Keys count once none was pressed for so long, in ms: whoever was typing when the panel came is still typing. */
const QUIET_MS = 700;
const keys: Readonly<Record<string, Decision>> = { a: 'approve', e: 'edit', r: 'reject' };

export async function openGate(token: string, call: Call<EditorCalls>): Promise<void> {
  const claimed = await call('claimGate', { token });
  const root = document.getElementById('app');
  if (!claimed.ok || root === null) return;
  const session = claimed.value;
  if (session.theme !== 'system') document.documentElement.dataset.theme = session.theme;
  const stop = new AbortController().signal;
  const sight = new VisibilityGate();
  const opened = performance.now();
  let typedAt = opened;
  const saveId = uuidv7();
  const view = signal({ overriding: false, problem: null as string | null, busy: false });
  const change = (part: Partial<typeof view.value>) => {
    view.value = { ...view.peek(), ...part };
    draw();
  };
  let said: Said = { reason: '', approver: '' };
  const isEdited = session.draft !== null && session.draft !== session.text;
  const kept = isEdited ? deltaOf(session.draft ?? '', session.text).kept : null;

  async function decide(decision: Decision, words: Said, event: Event) {
    if (!event.isTrusted || view.peek().busy) return;
    const isPointer = event instanceof MouseEvent && event.detail > 0;
    if (isPointer && sight.sight === 'hidden')
      return change({ problem: 'This button was covered or came just now. Press it again.' });
    change({ busy: true, problem: null });
    const answer = await call('decideDraft', {
      decision,
      reason: words.reason.trim() || null,
      approver: words.approver.trim() || null,
      saveId,
      visibility: sight.sight === 'verified' ? 'verified' : 'unverified',
      spentMs: Math.round(performance.now() - opened),
    });
    if (!answer.ok) change({ busy: false, problem: `${answer.error.message} ${answer.error.next}` });
  }

  const onDecide: GatePanelProps['onDecide'] = (decision, words, event) => {
    said = words;
    void decide(decision, words, event);
  };
  const onOverriding = (overriding: boolean) => {
    change({ overriding, problem: null });
    if (overriding) queueMicrotask(() => document.getElementById('gt-reason')?.focus());
    else document.getElementById('app')?.focus();
  };

  function draw() {
    const props = { session, kept, ...view.peek(), onDecide, onOverriding };
    if (root) render(<GatePanel {...props} />, root);
  }

  document.addEventListener('keydown', (event) => {
    const before = typedAt;
    typedAt = performance.now();
    if (!event.isTrusted || event.repeat || event.isComposing || event.ctrlKey || event.metaKey || event.altKey) return;
    const isField = event.target instanceof HTMLInputElement;
    if (typedAt - before < QUIET_MS && !isField) return;
    if (event.key === 'Escape') {
      if (view.peek().overriding) onOverriding(false);
      else void decide('edit', said, event);
    } else if (!isField && !view.peek().overriding) {
      const decision = keys[event.key.toLowerCase()];
      if (event.key === 'o') {
        event.preventDefault();
        onOverriding(true);
      } else if (
        decision &&
        (decision !== 'approve' || (session.mayApprove && !session.needs.reason && !session.needs.approver))
      )
        void decide(decision, said, event);
    }
  });
  root.tabIndex = -1;
  draw();
  root.focus({ preventScroll: true });
  sight.watch(root, stop);
  reportHeight(root, (height) => call('resizeEditor', { height }), stop);
}
