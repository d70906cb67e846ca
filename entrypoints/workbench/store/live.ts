/** Live reads as signals. */
import { type ReadonlySignal, signal } from '@preact/signals';
import type { Failure } from '../../../utils/errors.ts';
import { watch } from '../../../utils/storage/watch.ts';

/** The newest value, null until there is one; and why there is no newer one. */
export interface Live<T> {
  readonly value: T | null;
  readonly failure: Failure | null;
}

/** Reads now and after every change of what was read, until `stop` aborts. */
export function live<T>(read: () => Promise<T>, stop: AbortSignal): ReadonlySignal<Live<T>> {
  const state = signal<Live<T>>({ value: null, failure: null });
  watch(read, stop, {
    onValue: (value) => {
      state.value = { value, failure: null };
    },
    onFailure: (failure) => {
      state.value = { value: state.peek().value, failure };
    },
  });
  return state;
}
