import { type ReadonlySignal, signal } from '@preact/signals';
import type { ComponentType } from 'preact';
import { useEffect } from 'preact/hooks';
import { report } from '../../utils/errors.ts';

interface PartState<Props> {
  readonly view: ComponentType<Props> | null;
  readonly failed: boolean;
}

/** A view whose code is loaded apart from the page's. */
export interface Part<Props> {
  readonly state: ReadonlySignal<PartState<Props>>;
  /** Loads it, once; never rejects. */
  readonly load: () => void;
}

export function partOf<Props>(importView: () => Promise<ComponentType<Props>>): Part<Props> {
  const state = signal<PartState<Props>>({ view: null, failed: false });
  let asked = false;
  const load = async () => {
    try {
      state.value = { view: await importView(), failed: false };
    } catch (thrown) {
      report(thrown, 'loading a part of a page');
      state.value = { view: null, failed: true };
    }
  };
  return {
    state,
    load() {
      if (!asked) void load();
      asked = true;
    },
  };
}

interface LazyProps<Props extends object> {
  readonly part: Part<Props>;
  readonly props: Props;
}

/** Shows the view with these props once it is loaded; nothing until then. */
export function Lazy<Props extends object>({ part, props }: LazyProps<Props>) {
  useEffect(() => part.load(), [part]);
  const { view: View, failed } = part.state.value;
  if (failed) {
    return (
      <p class="wb-failure" role="alert">
        This view could not be loaded: Countersign was updated meanwhile. Reload this page.
      </p>
    );
  }
  return View ? <View {...props} /> : null;
}
