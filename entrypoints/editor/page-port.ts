/**
 * The line to the script in the page that made this frame: the page shows where findings are, the editor which one is meant.
 * Only the port that came with an accepted token is used; and whatever comes over it can select, never judge.
 */
import { effect } from '@preact/signals';
import type { Desk } from '../../utils/editing/desk.ts';
import type { ToEditor, ToPage } from '../../utils/messaging/contract.ts';

interface PagePort {
  readonly desk: Desk;
  /** Somebody selected a part of the answer on the page: shows it here. */
  readonly onSelect: () => void;
}

/** Listens and tells until `signal` aborts. */
export function joinPage(port: MessagePort, { desk, onSelect }: PagePort, signal: AbortSignal): void {
  const tell = (message: ToPage) => port.postMessage(message);
  port.onmessage = ({ data }: MessageEvent<Partial<ToEditor> | null>) => {
    if (typeof data !== 'object' || data === null) return;
    if (data.say === 'select') {
      desk.propose({ start: Number(data.start), end: Number(data.end) });
      onSelect();
    } else if (data.say === 'point') {
      desk.pointed.value = typeof data.id === 'string' ? data.id : null;
    }
  };
  let shown = '';
  const stopFindings = effect(() => {
    const findings = desk.findings.value
      .filter(({ orphan }) => !orphan)
      .map(({ id, utf16: { start, end }, severity }) => ({ id, start, end, severity }));
    // A note that is typed moves nothing.
    const next = JSON.stringify(findings);
    if (next !== shown) tell({ say: 'findings', findings });
    shown = next;
  });
  let pointed: string | null = null;
  const stopPoint = effect(() => {
    const id = desk.hovered.value ?? desk.atHand.value;
    if (id !== pointed) tell({ say: 'point', id });
    pointed = id;
  });
  signal.addEventListener('abort', () => {
    stopFindings();
    stopPoint();
    port.close();
  });
}
