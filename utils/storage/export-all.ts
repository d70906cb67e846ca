/**
 * Everything that is stored, as lines of a backup, for a file of the reviewer's own: reviews with all revisions, unsaved
 * work, what is set aside, the project and every rubric that reviews were made under, destinations without token and secret,
 * rules, authors, settings, what is owed and what was accepted. Not in it:
 * tokens, signing secrets, the key of keyed hashes, editor sessions.
 */
import type Dexie from 'dexie';
import { isDeletion } from '../review/wire.ts';
import { readAssistance } from './assistance.ts';
import { BACKUP_VERSION } from './backup-shape.ts';
import type { CountersignDatabase, DestinationRow, OutboxRow } from './database.ts';
import { mayBeGiven } from './given.ts';

const PORTION = 100;

/** All rows of a table in the order of its primary key, a portion at a time. */
async function* rowsOf<Row, Key>(table: Dexie.Table<Row, Key>): AsyncGenerator<Row> {
  const keys = await table.toCollection().primaryKeys();
  for (let start = 0; start < keys.length; start += PORTION) {
    for (const row of await table.bulkGet(keys.slice(start, start + PORTION) as never))
      if (row !== undefined) yield row;
  }
}

function destinationLine(row: DestinationRow): object {
  const { id, name, connector, url, sends, sendPrompt, sendContext, gzip, options, former, lastDeliveredAt } = row;
  const choices = { sends, sendPrompt, sendContext, gzip, options };
  return { destination: { id, name, connector, url, ...choices, former, lastDeliveredAt } };
}

function entryLine(row: OutboxRow): object {
  const { key, reviewId, destinationId, dueAt, attempts, reason, event } = row;
  const state = row.state === 'dead' ? 'dead' : 'pending';
  const tombstone = event && isDeletion(event) ? event : undefined;
  return { entry: { key, reviewId, destinationId, state, dueAt, attempts, reason, sent: mayBeGiven(row), tombstone } };
}

const VALUES = {
  settings: 'settings',
  installation: 'installation',
  'rules-off': 'rulesOff',
  project: 'project',
  'guidelines-seen': 'guidelinesSeen',
} as const;

/** The lines, each an object that is safe as JSON. `now` in ms since 1970. */
export async function* exportAll(database: CountersignDatabase, now: number): AsyncGenerator<object> {
  yield { backup: BACKUP_VERSION, program: 'countersign', madeAt: new Date(now).toISOString() };
  for (const [name, line] of Object.entries(VALUES)) {
    const value = (await database.values.get(name))?.value;
    if (value !== undefined) yield { [line]: value };
  }
  const assistance = await readAssistance(database);
  if (assistance) yield { assistance: { by: assistance.by, url: assistance.url, model: assistance.model } };
  for await (const row of rowsOf(database.destinations)) yield destinationLine(row);
  for await (const { rubric } of rowsOf(database.rubrics)) yield { rubric };
  for await (const row of rowsOf(database.rules)) yield { rule: row };
  for await (const { site, author, is, ...row } of rowsOf(database.authors))
    yield { author: { ...row, rule: { site, author, is } } };
  // In the order of the primary key, `id:revision` as text, revision 10 would come before 2.
  const keys = await database.revisions.orderBy('[id+revision]').primaryKeys();
  for (let start = 0; start < keys.length; start += PORTION) {
    for (const row of await database.revisions.bulkGet(keys.slice(start, start + PORTION))) {
      if (row) yield { revision: row.review, saveId: row.saveId };
    }
  }
  for await (const row of rowsOf(database.drafts)) yield { draft: row };
  for await (const row of rowsOf(database.queue)) yield { queued: row };
  for await (const row of rowsOf(database.pins)) yield { pinned: row };
  for await (const row of rowsOf(database.triaged)) yield { triaged: row };
  for await (const row of rowsOf(database.cases)) yield { case: row };
  for await (const row of rowsOf(database.outbox as never)) yield entryLine(row as OutboxRow);
  for await (const row of rowsOf(database.ledger)) yield { accepted: row };
  for await (const row of rowsOf(database.traces)) yield { trace: row };
}
