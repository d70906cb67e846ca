/** What just happened, for a while. */
import { type ReadonlySignal, signal } from '@preact/signals';
import type { Notice } from '../../../components/workbench/notices.tsx';
import type { Failure } from '../../../utils/errors.ts';

/** ms that a notice without a failure stays. */
const SHOWN_MS = 6000;

export interface Notices {
  readonly list: ReadonlySignal<readonly Notice[]>;
  /** Tells something; it goes by itself after `ms`, a failure only when dismissed. Answers its id. */
  readonly tell: (notice: Omit<Notice, 'id'>, ms?: number) => number;
  /** Tells why something did not work. */
  readonly fail: (failure: Pick<Failure, 'message' | 'next'>) => void;
  readonly dismiss: (id: number) => void;
}

export function createNotices(): Notices {
  const list = signal<readonly Notice[]>([]);
  let last = 0;
  const dismiss = (id: number) => {
    list.value = list.peek().filter((notice) => notice.id !== id);
  };
  const tell: Notices['tell'] = (notice, ms = SHOWN_MS) => {
    const id = ++last;
    // News replaces older news; failures stay until dismissed, each once.
    const kept = list.peek().filter(({ tone, text }) => tone === 'bad' && text !== notice.text);
    list.value = [...kept, { ...notice, id }];
    if (notice.tone !== 'bad') setTimeout(() => dismiss(id), ms);
    return id;
  };
  return { list, tell, dismiss, fail: ({ message, next }) => void tell({ tone: 'bad', text: `${message} ${next}` }) };
}
