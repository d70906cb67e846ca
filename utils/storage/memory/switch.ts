/** Turning memory-only mode on and off, with the reviewer's choice of what becomes of what is there. */
import Dexie from 'dexie';
import type { CountersignDatabase } from '../database.ts';
import { guarded } from '../failures.ts';
import type { MemoryOnlyChoice } from '../settings-shape.ts';
import { MEMORY_ONLY, reviewedTables } from './reviewed.ts';

/** A request of IndexedDB itself, below where Dexie would lead it to memory or disk. */
function done(request: IDBRequest): PromiseLike<unknown> {
  return new Dexie.Promise((resolve, reject) => {
    request.onsuccess = () => resolve(null);
    request.onerror = (event) => {
      event.preventDefault();
      event.stopPropagation();
      reject(request.error);
    };
  });
}

/** Turns it; all or nothing. The caller counts anew afterwards (`recount`). */
export function turnMemoryOnly(database: CountersignDatabase, choice: MemoryOnlyChoice): Promise<void> {
  return guarded(async () => {
    const { routing, values } = database;
    if (!database.isOpen()) await database.open();
    if (routing.isOn === choice.on) {
      await values.put({ name: MEMORY_ONLY, value: choice.on });
      return routing.tell();
    }
    const memory = choice.on ? await routing.fresh() : null;
    const tables = reviewedTables.map((name) => database.table(name));
    let left: ReturnType<typeof routing.turn> | undefined;
    try {
      await database.transaction('rw', [values, ...tables], async () => {
        if (choice.on && choice.stored === 'delete') for (const table of tables) await table.clear();
        const written = !choice.on && choice.held === 'write';
        const rows = written ? await Promise.all(tables.map((table) => table.toArray())) : [];
        await values.put({ name: MEMORY_ONLY, value: choice.on });
        // Nothing waits from here on: whoever comes next finds the tables where they are now.
        left = routing.turn(memory);
        const { idbtrans } = Dexie.currentTransaction as unknown as { readonly idbtrans: IDBTransaction };
        for (const [index, name] of reviewedTables.entries())
          for (const row of rows[index] ?? []) await done(idbtrans.objectStore(name).put(row));
      });
    } catch (thrown) {
      if (left !== undefined) routing.turn(left);
      throw thrown;
    }
    left?.clear();
    await routing.tell();
  });
}
