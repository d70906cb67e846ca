/** Where the reviewed tables are now: on disk, or in memory. Small, because every page has it; the rest is loaded when it is on. */
import Dexie, { type DBCore, type DBCoreTable, type Middleware, RangeSet } from 'dexie';
import type { Memory } from './memory.ts';
import type { SessionArea } from './mirror.ts';
import { MEMORY_ONLY } from './reviewed.ts';

export interface RoutingParts {
  /** `storage.session`; null in tests, where nothing outlives the context. */
  readonly session?: SessionArea | null;
  /** Whether this context writes: the background does, and no other. */
  readonly owns?: boolean;
}

/** Has every live query look again. */
function lookAgain(): void {
  const all = new RangeSet(Number.NEGATIVE_INFINITY, [[]]);
  Dexie.on.storagemutated.fire({ all });
}

export class Routing {
  #memory: Memory | null = null;
  #following = false;
  readonly #disk = new Map<string, DBCoreTable>();
  readonly #session: SessionArea | null;
  readonly #owns: boolean;

  constructor({ session = null, owns = false }: RoutingParts) {
    this.#session = session;
    this.#owns = owns;
  }

  get isOn(): boolean {
    return this.#memory !== null;
  }

  /** Below all others, so that they see no difference. */
  readonly middleware: Middleware<DBCore> = {
    stack: 'dbcore',
    name: 'memory-only',
    level: -10,
    create: (core) => ({
      ...core,
      table: (name) => {
        const disk = core.table(name);
        this.#disk.set(name, disk);
        const now = () => this.#memory?.over(disk) ?? disk;
        return {
          ...disk,
          mutate: (request) => now().mutate(request),
          get: (request) => now().get(request),
          getMany: (request) => now().getMany(request),
          query: (request) => now().query(request),
          openCursor: (request) => now().openCursor(request),
          count: (request) => now().count(request),
        };
      },
    }),
  };

  /** When the database opens: memory, if that is what the stored word says. */
  async prepare(isOn: boolean): Promise<void> {
    this.#follow();
    if (isOn && !this.#memory) this.#memory = await this.#open();
  }

  async #open(): Promise<Memory> {
    const { openMemory } = await import('./open.ts');
    const diskOf = (name: string) => this.#disk.get(name) as DBCoreTable;
    return openMemory({ session: this.#session, owns: this.#owns, diskOf, onChange: lookAgain });
  }

  /** A page goes where the background goes. */
  #follow(): void {
    if (this.#following || this.#owns || !this.#session) return;
    this.#following = true;
    this.#session.onChanged.addListener((changes) => {
      const word = changes[MEMORY_ONLY];
      if (word) void this.#goTo(word.newValue === true);
    });
  }

  async #goTo(isOn: boolean): Promise<void> {
    this.#memory = isOn ? (this.#memory ?? (await this.#open())) : null;
    lookAgain();
  }

  /** Memory for a session that begins now, with nothing in it. */
  async fresh(): Promise<Memory> {
    const memory = await this.#open();
    memory.clear();
    return memory;
  }

  /** Goes there at once, within a transaction that holds all tables. Answers where it was. */
  turn(memory: Memory | null): Memory | null {
    const before = this.#memory;
    this.#memory = memory;
    return before;
  }

  /** Tells pages and live queries that it was turned. */
  async tell(): Promise<void> {
    await this.#session?.set({ [MEMORY_ONLY]: this.isOn });
    lookAgain();
  }

  /**
   * Does work, and waits until what it committed is where it outlives this context, which the disk does at once. Throws where
   * there was no room.
   */
  async keeping<T>(work: () => Promise<T>): Promise<T> {
    const [memory, since] = [this.#memory, this.#memory?.number ?? 0];
    const answer = await work();
    await memory?.kept(since);
    return answer;
  }
}
