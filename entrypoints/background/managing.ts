/** Reads what the organisation sets, when the background starts and whenever it changes, and puts it into force. */
import type { Browser } from '../../utils/browser.ts';
import { canonicalJson } from '../../utils/review/hash.ts';
import type { CountersignDatabase } from '../../utils/storage/database.ts';
import { MANAGED, type Managed, managedTerms, nothingManaged } from '../../utils/storage/managed.ts';

interface Parts {
  readonly storage: Pick<Browser['storage'], 'managed' | 'onChanged'>;
  readonly database: CountersignDatabase;
  /** Something else is in force than before. */
  readonly onChange: () => Promise<void>;
}

/** What the browser has; nothing where nobody set anything, which Firefox calls a failure. */
async function given({ managed }: Parts['storage']): Promise<object> {
  try {
    return (await managed?.get()) ?? {};
  } catch {
    return {};
  }
}

async function read({ storage, database, onChange }: Parts): Promise<void> {
  const raw = await given(storage);
  const before = await managedTerms(database);
  const isEmpty = Object.keys(raw).length === 0;
  const after: Managed = isEmpty
    ? nothingManaged
    : (await import('../../utils/storage/managed-shape.ts')).readManaged(raw);
  if (canonicalJson(before) === canonicalJson(after)) return;
  const { areSame, redactionTerms, unprepareAll } = await import('../../utils/storage/leaving.ts');
  const { values, outbox } = database;
  await database.transaction('rw', [values, outbox], async () => {
    const terms = await redactionTerms(database);
    if (isEmpty) await values.delete(MANAGED);
    else await values.put({ name: MANAGED, value: after });
    if (!areSame(terms, await redactionTerms(database))) await unprepareAll(database);
  });
  await onChange();
}

/** Reads it now, and follows its changes. Answers when what was set before this start is in force; never rejects. */
export function manage(parts: Parts, report: (thrown: unknown) => void): Promise<void> {
  const again = () => read(parts).catch(report);
  parts.storage.onChanged?.addListener((_, area) => {
    if (area === 'managed') void again();
  });
  return again();
}
