/** A walk over entries, as Dexie walks over IndexedDB's. */
import Dexie, { cmp, type DBCoreCursor, type DBCoreTransaction } from 'dexie';
import type { Entry } from './rows.ts';

/** Null where there is nothing to walk over. Entries are in the direction of the walk. */
export function walk(trans: DBCoreTransaction, entries: readonly Entry[], reverse: boolean): DBCoreCursor | null {
  if (entries.length === 0) return null;
  let at = 0;
  let onNext: (() => void) | null = null;
  let end: (value?: unknown) => void = () => {};
  let fail: (error: Error) => void = () => {};
  let [moved, running, over] = [false, false, false];
  const isBehind = (key: unknown, than: unknown) => (reverse ? cmp(key, than) > 0 : cmp(key, than) < 0);

  /** Calls back for one entry after the other for as long as each call moves on; in a loop, because there may be many. */
  function run(): void {
    running = true;
    do {
      moved = false;
      if (at >= entries.length) {
        over = true;
        end();
      } else
        try {
          onNext?.();
        } catch (thrown) {
          over = true;
          fail(thrown as Error);
        }
    } while (moved && !over);
    running = false;
  }
  function moveTo(next: number): void {
    at = next;
    moved = true;
    if (!running && !over) run();
  }
  function moveWhile(isBefore: (entry: Entry) => boolean): void {
    let next = at + 1;
    while (next < entries.length && isBefore(entries[next] as Entry)) next += 1;
    moveTo(next);
  }

  const cursor: DBCoreCursor = {
    trans,
    get key() {
      return entries[at]?.key;
    },
    get primaryKey() {
      return entries[at]?.primaryKey;
    },
    get value() {
      return structuredClone(entries[at]?.value);
    },
    get done() {
      return at >= entries.length;
    },
    continue: (key) => moveWhile((entry) => key !== undefined && isBehind(entry.key, key)),
    continuePrimaryKey: (key, primaryKey) =>
      moveWhile(
        (entry) => isBehind(entry.key, key) || (cmp(entry.key, key) === 0 && isBehind(entry.primaryKey, primaryKey)),
      ),
    advance: (count) => moveTo(at + count),
    start(callback) {
      onNext = callback;
      return new Dexie.Promise((resolve, reject) => {
        end = resolve;
        fail = reject;
        run();
      });
    },
    stop(value) {
      over = true;
      end(value);
    },
    async next() {
      let first = true;
      await cursor.start(() => {
        if (first) cursor.continue();
        else cursor.stop();
        first = false;
      });
      return cursor;
    },
    fail: (error) => {
      over = true;
      fail(error);
    },
  };
  return cursor;
}
