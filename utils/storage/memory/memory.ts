/**
 * The reviewed tables in memory, behind the same Dexie that has the others on disk. Each operation still makes one small request of
 * IndexedDB's own transaction (for a key that is never there), so that transactions wait for each other, live and abort
 * exactly as with rows on disk, whichever tables they mix.
 */
import Dexie, { type DBCoreMutateRequest, type DBCoreMutateResponse, type DBCoreTable } from 'dexie';
import { walk } from './cursor.ts';
import type { Mirror } from './mirror.ts';
import { reviewedTables } from './reviewed.ts';
import { type Changes, nameOf, Rows, undo } from './rows.ts';

/** No row of any table has this key. */
const NOWHERE = -1;

export class Memory {
  readonly #mirror: Mirror | null;
  readonly #tables = new Map<string, DBCoreTable>();
  readonly #rows = new Map<string, Rows>();
  readonly #open = new Map<object, { readonly changes: Changes; readonly over: Promise<void> }>();
  #number = 0;
  /** The last transaction that was taken back for want of room. */
  #refused: { readonly number: number; readonly error: unknown } | null = null;
  /** Numbers given here are greater than any that the disk has given, and than those of earlier sessions. */
  readonly #firstNumber: number;

  constructor({ mirror = null, now = Date.now() }: { readonly mirror?: Mirror | null; readonly now?: number } = {}) {
    this.#mirror = mirror;
    this.#firstNumber = now * 1000;
  }

  /** The table in memory in the place of this one on disk; itself where it stays on disk. */
  over(disk: DBCoreTable): DBCoreTable {
    if (!(reviewedTables as readonly string[]).includes(disk.name)) return disk;
    const known = this.#tables.get(disk.name);
    if (known) return known;
    const made = this.#make(disk);
    this.#tables.set(disk.name, made);
    return made;
  }

  /** Forgets every row, as the tables on disk are when they are new. */
  clear(): void {
    for (const rows of this.#rows.values()) rows.clear();
    this.#mirror?.clear();
  }

  /** Puts a row where the mirror has one, or removes it. */
  restore(disk: DBCoreTable, name: string, row: object | undefined): void {
    this.#rowsOf(disk).set(name, row);
  }

  /** Where in the row of all transactions we are; for `kept`. */
  get number(): number {
    return this.#number;
  }

  /**
   * Resolves when all that was committed so far is where it outlives this context. Throws `QuotaExceededError` where there was
   * no room for something that was begun after `since`; it is taken back then.
   */
  async kept(since: number): Promise<void> {
    await Promise.allSettled([...this.#open.values()].map(({ over }) => over));
    if (this.#refused && this.#refused.number > since) throw this.#refused.error;
  }

  #rowsOf(disk: DBCoreTable): Rows {
    const known = this.#rows.get(disk.name);
    if (known) return known;
    const made = new Rows(disk.schema, this.#firstNumber);
    this.#rows.set(disk.name, made);
    return made;
  }

  /** What this transaction changed so far; at its end it is handed on, or undone. */
  #changesOf(trans: IDBTransaction): Changes {
    const known = this.#open.get(trans);
    if (known) return known.changes;
    const changes: Changes = new Map();
    const ended = new Promise<boolean>((resolve) => {
      trans.addEventListener('complete', () => resolve(true));
      const back = () => {
        undo(changes);
        resolve(false);
      };
      trans.addEventListener('abort', back);
      // Whoever comes next may be served before that event.
      const abort = trans.abort.bind(trans);
      trans.abort = () => {
        back();
        abort();
      };
    });
    const over = ended.then((done) => (done ? this.#mirror?.keep(changes) : undefined));
    this.#number += 1;
    const number = this.#number;
    over.then(
      () => this.#open.delete(trans),
      (error: unknown) => {
        this.#open.delete(trans);
        this.#refused = { number, error };
      },
    );
    this.#open.set(trans, { changes, over });
    return changes;
  }

  #change(rows: Rows, changes: Changes, name: string, after: object | undefined): void {
    const place = `${rows.schema.name} ${name}`;
    const { before } = changes.get(place) ?? { before: rows.peek(name) };
    changes.set(place, { rows, name, before, after });
    rows.set(name, after);
  }

  #mutate(rows: Rows, request: DBCoreMutateRequest): DBCoreMutateResponse {
    const changes = this.#changesOf(request.trans as IDBTransaction);
    const failures: Record<number, Error> = {};
    const results: unknown[] = [];
    if (request.type === 'deleteRange') {
      for (const { primaryKey } of rows.within(rows.schema.primaryKey, request.range))
        this.#change(rows, changes, nameOf(primaryKey), undefined);
    } else if (request.type === 'delete') {
      for (const key of request.keys) this.#change(rows, changes, nameOf(key), undefined);
      results.push(...request.keys);
    } else {
      for (const [index, value] of request.values.entries()) {
        try {
          const { key, row } = rows.admit(value, request.type === 'put');
          this.#change(rows, changes, nameOf(key), row);
          results.push(key);
        } catch (thrown) {
          failures[index] = thrown as Error;
          results.push(undefined);
        }
      }
    }
    return { numFailures: Object.keys(failures).length, failures, results, lastResult: results.at(-1) };
  }

  #make(disk: DBCoreTable): DBCoreTable {
    const rows = this.#rowsOf(disk);
    /** Waits until it is this transaction's turn, then answers at once, so that the transaction is still alive. */
    const inTurn = <T>(trans: DBCoreMutateRequest['trans'], answer: () => T | PromiseLike<T>) =>
      Dexie.Promise.resolve(disk.get({ trans, key: NOWHERE })).then(answer);
    return {
      ...disk,
      mutate: (request) => inTurn(request.trans, () => this.#mutate(rows, request)),
      get: ({ trans, key }) => inTurn(trans, () => rows.get(key)),
      getMany: ({ trans, keys }) => inTurn(trans, () => keys.map((key) => rows.get(key))),
      count: ({ trans, query }) => inTurn(trans, () => rows.within(query.index, query.range).length),
      query: ({ trans, values, limit, query, direction = 'next' }) =>
        inTurn(trans, () => {
          const [reverse, unique] = [direction.startsWith('prev'), direction.endsWith('unique')];
          const found = rows.within(query.index, query.range, { reverse, unique }).slice(0, limit ?? Infinity);
          return { result: found.map((entry) => (values ? structuredClone(entry.value) : entry.primaryKey)) };
        }),
      openCursor: ({ trans, query, reverse = false, unique = false }) =>
        inTurn(trans, () => walk(trans, rows.within(query.index, query.range, { reverse, unique }), reverse)),
    };
  }
}
