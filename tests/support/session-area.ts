/** `storage.session` of a browser that runs: outlives databases, and tells all who listen. */
import type { SessionArea, SessionChanges } from '../../utils/storage/memory/mirror.ts';

export class FakeSessionArea implements SessionArea {
  readonly items = new Map<string, unknown>();
  readonly #listeners: ((changes: SessionChanges) => void)[] = [];
  /** Bytes; like the browser's, it refuses a call as a whole. */
  room = 10_485_760;
  readonly onChanged = {
    addListener: (listener: (changes: SessionChanges) => void) => void this.#listeners.push(listener),
  };

  get = async (_keys: null) => Object.fromEntries(this.items);

  set = async (given: Record<string, unknown>) => {
    const next = new Map([...this.items, ...Object.entries(given)]);
    const bytes = [...next].reduce((sum, [name, value]) => sum + name.length + JSON.stringify(value).length, 0);
    if (bytes > this.room) throw new Error('Session storage quota bytes exceeded. Values were not stored.');
    for (const [name, value] of Object.entries(given)) this.items.set(name, value);
    this.#tell(Object.fromEntries(Object.entries(given).map(([name, newValue]) => [name, { newValue }])));
  };

  remove = async (names: string[]) => {
    for (const name of names) this.items.delete(name);
    this.#tell(Object.fromEntries(names.map((name) => [name, {}])));
  };

  #tell(changes: SessionChanges): void {
    if (Object.keys(changes).length > 0) for (const listener of this.#listeners) listener(changes);
  }
}
