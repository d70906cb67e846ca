/** Live reads as signals. */
import { type ReadonlySignal, type Signal, signal } from '@preact/signals';
import { type Failure, report } from '../../../utils/errors.ts';
import { watch } from '../../../utils/storage/watch.ts';

/** The newest value, null until there is one; and why there is no newer one. */
export interface Live<T> {
  readonly value: T | null;
  readonly failure: Failure | null;
}

/** Reads now and after every change of what was read, until `stop` aborts. */
export function live<T>(read: () => Promise<T>, stop: AbortSignal): ReadonlySignal<Live<T>> {
  const state = signal<Live<T>>({ value: null, failure: null });
  follow(state, read, stop);
  return state;
}

/** As `live`, once that is loaded which reads; until then there is no value. */
export function liveLater<Module, T>(
  loading: Promise<Module>,
  read: (module: Module) => Promise<T>,
  stop: AbortSignal,
): ReadonlySignal<Live<T>> {
  const state = signal<Live<T>>({ value: null, failure: null });
  loading
    .then((module) => follow(state, () => read(module), stop))
    .catch((thrown: unknown) => report(thrown, 'loading a part of the workbench'));
  return state;
}

function follow<T>(state: Signal<Live<T>>, read: () => Promise<T>, stop: AbortSignal): void {
  watch(read, stop, {
    onValue: (value) => {
      state.value = { value, failure: null };
    },
    onFailure: (failure) => {
      state.value = { value: state.peek().value, failure };
    },
  });
}
