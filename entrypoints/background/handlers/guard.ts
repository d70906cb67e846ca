/** What every handler has in common: a database that fails, or does not open, is a named failure to whoever asked. */
import type { Handlers } from '../../../utils/messaging/server.ts';
import { guarded, STORAGE_TIMEOUT_MS } from '../../../utils/storage/failures.ts';

/** ms. What may take longer, and still answers before the caller gives up after 30 s. */
const PATIENT_MS = 28_000;
const PATIENT = new Set(['deleteReviews', 'deliverEarlier', 'testDestination', 'setRulePack', 'updateRulePack']);

type AnyHandler = (body: unknown, from: unknown) => Promise<unknown>;

function guardEach<Set extends object>(handlers: Set): Set {
  const guard = ([verb, handler]: [string, AnyHandler]): [string, AnyHandler] => {
    const timeoutMs = PATIENT.has(verb) ? PATIENT_MS : STORAGE_TIMEOUT_MS;
    return [verb, (body, from) => guarded(() => handler(body, from), timeoutMs)];
  };
  return Object.fromEntries(Object.entries(handlers as Record<string, AnyHandler>).map(guard)) as Set;
}

/** The same handlers, each answering in time whatever the database does. */
export function guardHandlers({ content, editor, page }: Handlers): Handlers {
  return { content: guardEach(content), editor: guardEach(editor), page: guardEach(page) };
}
