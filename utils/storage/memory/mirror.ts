/**
 * Where the rows in memory outlive the background, which dies 30 s after its last event: `storage.session`, which the
 * browser keeps in its own memory and forgets when it closes. Each row is one item, as JSON. One call writes all that a
 * transaction changed, so that there is never half of one.
 */
import Dexie from 'dexie';
import { type Changes, undo } from './rows.ts';

/** The part of `storage.session` that is used. */
export interface SessionArea {
  get(keys: null): Promise<Record<string, unknown>>;
  set(items: Record<string, unknown>): Promise<void>;
  remove(keys: string[]): Promise<void>;
  readonly onChanged: { addListener(listener: (changes: SessionChanges) => void): void };
}
export type SessionChanges = Readonly<Record<string, { readonly newValue?: unknown }>>;

/** Browsers give `storage.session` 10 MiB. The rest is for what delivery notes, and for what others keep there. */
const MOST_BYTES = 9_500_000;
/** What an item takes beside its text, in bytes. */
const ITEM_BYTES = 64;
/** These grow by what a person does, or are no loss; the others must go on when there is no room for more. */
const REFUSED_WHEN_FULL = new Set(['revisions', 'drafts', 'queue', 'pins', 'editors', 'triaged', 'cases']);

const ROW = 'row ';
/** In the place of a row that was removed: one call cannot both set and remove. */
const REMOVED = '';

/** Of an item of ours: its table, the name of its key, and the row, or undefined where it was removed. */
export interface Kept {
  readonly table: string;
  readonly name: string;
  readonly row: object | undefined;
}

/** What an item of `storage.session` says, or null where it is somebody else's. */
export function keptIn(item: string, value: unknown): Kept | null {
  if (!item.startsWith(ROW)) return null;
  const end = item.indexOf(' ', ROW.length);
  const row = typeof value === 'string' && value !== REMOVED ? (JSON.parse(value) as object) : undefined;
  return { table: item.slice(ROW.length, end), name: item.slice(end + 1), row };
}

const bytesOf = (text: string) => new TextEncoder().encode(text).length + ITEM_BYTES;

export class Mirror {
  readonly #area: SessionArea;
  readonly #sizes = new Map<string, number>();
  #bytes = 0;
  #last: Promise<unknown> = Promise.resolve();

  /** `items`: what is in `area` now. */
  constructor(area: SessionArea, items: Record<string, unknown>) {
    this.#area = area;
    for (const [item, value] of Object.entries(items)) {
      if (item.startsWith(ROW) && typeof value === 'string') this.#count(item, value);
    }
  }

  #count(item: string, value: string): void {
    this.#bytes -= this.#sizes.get(item) ?? 0;
    this.#sizes.delete(item);
    if (value === REMOVED) return;
    this.#sizes.set(item, bytesOf(item) + bytesOf(value));
    this.#bytes += this.#sizes.get(item) ?? 0;
  }

  /** Keeps what a transaction left, after all that came before it. Where there is no room, undoes it and throws. */
  keep(changes: Changes): Promise<void> {
    const kept = this.#last.then(() => this.#write(changes));
    this.#last = kept.catch(() => {});
    return kept;
  }

  /** Removes all rows. */
  clear(): void {
    const items = [...this.#sizes.keys()];
    this.#sizes.clear();
    this.#bytes = 0;
    this.#last = this.#last.then(() => this.#area.remove(items)).catch(() => {});
  }

  async #write(changes: Changes): Promise<void> {
    const items: Record<string, string> = {};
    let growing = 0;
    for (const { rows, name, after: row } of changes.values()) {
      const item = `${ROW}${rows.schema.name} ${name}`;
      items[item] = row === undefined ? REMOVED : JSON.stringify(row);
      if (row !== undefined && REFUSED_WHEN_FULL.has(rows.schema.name))
        growing += bytesOf(item) + bytesOf(items[item]) - (this.#sizes.get(item) ?? 0);
    }
    try {
      if (growing > 0 && this.#bytes + growing > MOST_BYTES) throw new Error('The session storage is full');
      await this.#area.set(items);
    } catch (cause) {
      undo(changes);
      throw new Dexie.QuotaExceededError('There is no room left in memory.', cause as Error);
    }
    for (const [item, value] of Object.entries(items)) this.#count(item, value);
    const gone = Object.keys(items).filter((item) => items[item] === REMOVED);
    if (gone.length > 0) await this.#area.remove(gone);
  }
}
