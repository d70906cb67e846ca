/** Looks into the extension and sets it up, through its own page: its calls to the background, and its database. */
import type { DestinationInput } from '../../utils/connectors/types.ts';
import type { Answer, PageCalls } from '../../utils/messaging/contract.ts';
import type { DestinationRow, DraftRow, LedgerRow, OutboxRow, RevisionRow } from '../../utils/storage/database.ts';
import { until } from './browser/poll.ts';
import type { Json, Session, Tab } from './browser/types.ts';

/** Everything that the extension has stored. */
export interface Stored {
  readonly revisions: readonly RevisionRow[];
  readonly outbox: readonly OutboxRow[];
  readonly ledger: readonly LedgerRow[];
  readonly destinations: readonly DestinationRow[];
  readonly drafts: readonly DraftRow[];
}

/** An extension page kept open to ask through it; never in front. */
export class Inside {
  readonly #tab: Tab;

  constructor(tab: Tab) {
    this.#tab = tab;
  }

  static async open(session: Session): Promise<Inside> {
    return new Inside(await session.openExtension('workbench.html'));
  }

  close(): Promise<void> {
    return this.#tab.close();
  }

  /** Runs `ask` in the extension's page. */
  evaluate: Tab['document']['evaluate'] = (ask, ...args) => this.#tab.document.evaluate(ask, ...args);

  /** Makes a call to the background as the popup and the workbench do; answers what that answers. */
  async ask<Verb extends keyof PageCalls>(
    verb: Verb,
    body: Parameters<PageCalls[Verb]>[0],
  ): Promise<Answer<ReturnType<PageCalls[Verb]>>> {
    return (await this.#tab.document.evaluate(
      (_root, call, sent) => {
        type Runtime = { runtime: { sendMessage(message: object): Promise<unknown> } };
        const extension = globalThis as unknown as { browser?: Runtime; chrome: Runtime };
        return (extension.browser ?? extension.chrome).runtime.sendMessage({
          countersign: 1,
          call,
          body: sent,
        }) as Promise<Json>;
      },
      verb as string,
      body as unknown as Json,
    )) as unknown as Answer<ReturnType<PageCalls[Verb]>>;
  }

  /** Makes a call and gives its value; throws where it fails. */
  async call<Verb extends keyof PageCalls>(
    verb: Verb,
    body: Parameters<PageCalls[Verb]>[0],
  ): Promise<ReturnType<PageCalls[Verb]>> {
    const answer = await this.ask(verb, body);
    if (!answer?.ok) throw new Error(`${verb}: ${JSON.stringify(answer?.error ?? null)}`);
    return answer.value;
  }

  /** All rows of these tables as they lie on the disk, past all code of the extension; none of a table that is not there. */
  async #rows<Table extends string>(...tables: readonly Table[]): Promise<Record<Table, readonly Json[]>> {
    return this.#tab.document.evaluate(
      async (_root, names) => {
        const all: Record<string, Json[]> = Object.fromEntries(names.map((name) => [name, []]));
        // Opening a database that is not there would make an empty one.
        if (!(await indexedDB.databases()).some(({ name }) => name === 'countersign')) return all;
        const answer = <T>(request: IDBRequest<T>) =>
          new Promise<T>((resolve, reject) => {
            request.onsuccess = () => resolve(request.result);
            request.onerror = () => reject(request.error);
          });
        const database = await answer(indexedDB.open('countersign'));
        for (const name of names) {
          if (database.objectStoreNames.contains(name))
            all[name] = await answer(database.transaction(name).objectStore(name).getAll());
        }
        database.close();
        return all;
      },
      tables as unknown as string[],
    ) as Promise<Record<Table, readonly Json[]>>;
  }

  /** How many rows a table of the database has. */
  async count(table: string): Promise<number> {
    return (await this.#rows(table))[table]?.length ?? 0;
  }

  /** Forgets all rules that were made by pointing, and all authors that were named. */
  async forgetRules(): Promise<void> {
    const { rules, authors } = (await this.#rows('rules', 'authors')) as unknown as {
      rules: readonly { id: string }[];
      authors: readonly { site: string; author: string }[];
    };
    for (const { id } of rules) await this.call('removeRule', { id });
    for (const { site, author } of authors) await this.call('saveAuthor', { site, author, is: null });
  }

  /** The browser's number for the tab that was opened last, which is not this one. */
  async newestTab(): Promise<number> {
    return this.#tab.document.evaluate(async () => {
      type Tabs = { tabs: { query(what: object): Promise<{ id: number }[]> } };
      const extension = globalThis as unknown as { browser?: Tabs; chrome: Tabs };
      const all = await (extension.browser ?? extension.chrome).tabs.query({});
      return Math.max(...all.map(({ id }) => id));
    });
  }

  /** What reviews and their delivery have left in the database. */
  async stored(): Promise<Stored> {
    const rows = await this.#rows('revisions', 'outbox', 'ledger', 'destinations', 'drafts');
    return rows as unknown as Stored;
  }

  /** Waits until so many revisions are stored, and gives them, oldest first. */
  async revisions(count: number): Promise<readonly RevisionRow[]> {
    return until(`${count} revisions are stored`, async () => {
      const { revisions } = await this.stored();
      return revisions.length === count && [...revisions].sort((a, b) => (a.createdAt < b.createdAt ? -1 : 1));
    });
  }

  /** Sets a destination up, as the form in the workbench does. */
  async deliverTo(destination: Partial<DestinationInput> & { readonly url: string }): Promise<string> {
    const { id } = await this.call('saveDestination', {
      id: null,
      name: 'Team collector',
      connector: 'countersign',
      ...destination,
    });
    return id;
  }

  /** Waits until nothing is owed to any destination any more. */
  async delivered(timeoutMs = 30_000): Promise<void> {
    await until(
      'everything is delivered',
      async () => {
        const { outbox, ledger } = await this.stored();
        return ledger.length > 0 && outbox.length === 0;
      },
      { timeoutMs },
    );
  }
}
