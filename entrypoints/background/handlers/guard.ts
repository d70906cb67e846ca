/** What every handler has in common: a database that fails, or does not open, is a named failure to whoever asked. */
import type { Handlers } from '../../../utils/messaging/server.ts';
import type { CountersignDatabase } from '../../../utils/storage/database.ts';
import { guarded, STORAGE_TIMEOUT_MS, withReason } from '../../../utils/storage/failures.ts';
import { opened } from '../../../utils/storage/opening.ts';

/** ms. What may take longer, and still answers before the caller gives up after 30 s. */
const PATIENT_MS = 28_000;
const PATIENT = new Set([
  'deleteReviews',
  'removeEverything',
  'forgetOutdated',
  'importBackup',
  'deliverEarlier',
  'reopen',
  'testDestination',
  'sendSample',
  'setRulePack',
  'updateRulePack',
]);

type AnyHandler = (body: unknown, from: unknown) => Promise<unknown>;

function guardEach<Set extends object>(handlers: Set, database: CountersignDatabase, ready: Promise<unknown>): Set {
  const guard = ([verb, handler]: [string, AnyHandler]): [string, AnyHandler] => {
    const timeoutMs = PATIENT.has(verb) ? PATIENT_MS : STORAGE_TIMEOUT_MS;
    const answer = async (body: unknown, from: unknown) => {
      // A database that another window holds is told of soon, and nothing is begun that might be stored later after all.
      await opened(database);
      await ready;
      // What is told as saved outlives this background, also where it is kept in memory.
      return database.routing.keeping(() => handler(body, from));
    };
    const named = async (thrown: unknown) => {
      throw await withReason(thrown);
    };
    return [verb, (body, from) => guarded(() => answer(body, from), timeoutMs).catch(named)];
  };
  return Object.fromEntries(Object.entries(handlers as Record<string, AnyHandler>).map(guard)) as Set;
}

/** The same handlers, each answering in time whatever the database does. */
export function guardHandlers(
  { content, editor, page }: Handlers,
  database: CountersignDatabase,
  ready: Promise<unknown> = Promise.resolve(),
): Handlers {
  const guard = <Set extends object>(handlers: Set) => guardEach(handlers, database, ready);
  return { content: guard(content), editor: guard(editor), page: guard(page) };
}
