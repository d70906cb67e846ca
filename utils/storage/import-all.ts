/**
 * Takes a backup back, portion by portion, each in one transaction. What is there stays: a revision is immutable, newer
 * work beats older, and nothing is sent anywhere until the user has looked at the destination again, since an imported
 * address is a claim, and its token is not in the file.
 */
import type * as z from 'zod/mini';
import { canonicalJson, sha256 } from '../review/hash.ts';
import { idempotencyKey } from '../review/ids.ts';
import { checkProject } from '../review/project-schema.ts';
import type { Review } from '../review/schema.ts';
import { type BackupLine, backupLineSchema, type RuleChecks } from './backup-shape.ts';
import { addCounts, type CountChanges, countEntry, countRevision } from './counters.ts';
import type { AuthorRow, CountersignDatabase, DestinationRow, OutboxRow, RevisionRow, RuleRow } from './database.ts';
import { guarded } from './failures.ts';
import { newestOf, rowOf } from './save.ts';
import { keepSketch } from './sketches.ts';

export interface Imported {
  readonly added: number;
  /** Lines that say nothing new: what is stored is the same, or newer. */
  readonly kept: number;
  /** Lines that were refused, counted from 1 in this portion, each with the reason in words. */
  readonly refused: readonly { readonly line: number; readonly why: string }[];
}

const PAUSED =
  'Imported from a backup, which holds no token. Enter the token and save the destination to deliver there.';

type Verdict = 'added' | 'kept' | { readonly refused: string };
const refuse = (why: string): Verdict => ({ refused: why });

/** Whether a revision is what its hashes say. Hashes on another thread, so it runs before the transaction. */
async function isIntact({ hash, ...rest }: Review): Promise<boolean> {
  return (await sha256(rest.snapshot.text)) === rest.contentHash && (await sha256(canonicalJson(rest))) === hash;
}

async function addRevision(
  database: CountersignDatabase,
  review: Review,
  saveId: string,
  changes: CountChanges,
): Promise<Verdict> {
  const { revisions } = database;
  const key = idempotencyKey(review);
  const there = await revisions.get(key);
  if (there) return there.review.hash === review.hash ? 'kept' : refuse('Another revision with this number is stored.');
  if (await revisions.where('saveId').equals(saveId).first())
    return refuse('Another revision came from the same save.');
  const newest = await newestOf(database, review.id);
  if ((newest?.revision ?? 0) !== review.revision - 1 || (newest?.review.hash ?? null) !== review.previousHash) {
    return refuse('It does not follow the revision that is stored before it.');
  }
  const others = await revisions.where('[latest+responseKey]').equals([1, review.responseKey]).toArray();
  if (others.some((row) => row.site === review.origin && row.id !== review.id)) return 'kept';
  if (newest) {
    countRevision(changes, newest, -1);
    await revisions.update(newest.key, { latest: 0 });
    countRevision(changes, { ...newest, latest: 0 }, 1);
  }
  const row: RevisionRow = rowOf(review, saveId);
  await revisions.add(row);
  countRevision(changes, row, 1);
  await keepSketch(database, review);
  const accepted = database.ledger.where('[key+destinationId]').between([key, ''], [key, '\uffff']);
  for (const { destinationId } of await accepted.toArray()) {
    countEntry(changes, { destinationId, state: 'delivered' }, 1);
  }
  return 'added';
}

async function addEntry(
  database: CountersignDatabase,
  { tombstone, sent, ...entry }: Extract<BackupLine, { entry: unknown }>['entry'],
  changes: CountChanges,
): Promise<Verdict> {
  const { outbox, ledger, traces, destinations, revisions } = database;
  const pair: [string, string] = [entry.key, entry.destinationId];
  if ((await outbox.where('[key+destinationId]').equals(pair).count()) > 0 || (await ledger.get(pair))) return 'kept';
  if (!(await destinations.get(entry.destinationId))) return refuse('Its destination is not there.');
  if (!tombstone && !(await revisions.get(entry.key))) return refuse('Its revision is not there.');
  if (tombstone && tombstone.id !== entry.key) return refuse('The tombstone is of another review.');
  const row: Omit<OutboxRow, 'entryId'> = {
    ...entry,
    kind: tombstone ? 'deletion' : 'review',
    leasedUntil: 0,
    // This installation numbers anew: the one that the backup is of may still be at work.
    sequence: null,
    closes: [],
    event: tombstone ?? null,
  };
  await outbox.add(row);
  countEntry(changes, row, 1);
  if (sent && !tombstone) await traces.put({ reviewId: entry.reviewId, destinationId: entry.destinationId });
  return 'added';
}

async function addDestination(
  { destinations }: CountersignDatabase,
  line: Extract<BackupLine, { destination: unknown }>['destination'],
): Promise<Verdict> {
  if (await destinations.get(line.id)) return 'kept';
  const { sends, sendPrompt, sendContext, gzip, options, former, ...rest } = line;
  await destinations.add({
    ...rest,
    ...(sends ? { sends } : {}),
    ...(sendPrompt === undefined ? {} : { sendPrompt }),
    ...(sendContext === undefined ? {} : { sendContext }),
    ...(gzip === undefined ? {} : { gzip }),
    ...(options === undefined ? {} : { options }),
    ...(former ? { former } : {}),
    ...{ token: null, secret: null, pausedBecause: PAUSED, unconfirmed: true, notBefore: 0, failures: 0 },
    ...{ stream: crypto.randomUUID(), lastSequence: 0, closing: [] },
  } satisfies DestinationRow);
  return 'added';
}

async function setUnlessThere({ values }: CountersignDatabase, name: string, value: unknown): Promise<Verdict> {
  if ((await values.get(name)) !== undefined) return 'kept';
  await values.put({ name, value });
  return 'added';
}

async function take(database: CountersignDatabase, line: BackupLine, changes: CountChanges): Promise<Verdict> {
  const { drafts, queue, pins, triaged, cases, rubrics, rules, authors, ledger, traces } = database;
  if ('backup' in line) return 'kept';
  if ('revision' in line) return addRevision(database, line.revision, line.saveId, changes);
  if ('entry' in line) return addEntry(database, line.entry, changes);
  if ('destination' in line) return addDestination(database, line.destination);
  if ('settings' in line) return setUnlessThere(database, 'settings', line.settings);
  if ('rulesOff' in line) return setUnlessThere(database, 'rules-off', line.rulesOff);
  if ('installation' in line) return setUnlessThere(database, 'installation', line.installation);
  // Asked nothing before the user has looked at it, as destinations get nothing.
  if ('assistance' in line)
    return setUnlessThere(database, 'assistance', { ...line.assistance, key: null, unconfirmed: true });
  if ('project' in line) {
    const checked = checkProject(line.project);
    return checked.ok ? setUnlessThere(database, 'project', checked.value) : refuse(checked.error.message);
  }
  if ('guidelinesSeen' in line) return setUnlessThere(database, 'guidelines-seen', line.guidelinesSeen);
  if ('rubric' in line) {
    const { id, version } = line.rubric;
    if (await rubrics.get([id, version])) return 'kept';
    await rubrics.put({ id, version, rubric: line.rubric });
    return 'added';
  }
  if ('draft' in line) {
    const { origin, responseKey, updatedAt } = line.draft;
    const there = await drafts.get([origin, responseKey]);
    if (there && there.updatedAt >= updatedAt) return 'kept';
    await drafts.put(line.draft);
    return 'added';
  }
  if ('queued' in line) {
    const { site, responseKey, addedAt } = line.queued;
    const there = await queue.get([site, responseKey]);
    if (there && there.addedAt >= addedAt) return 'kept';
    await queue.put(line.queued);
    return 'added';
  }
  if ('pinned' in line) {
    if (await pins.get(line.pinned.id)) return 'kept';
    await pins.put(line.pinned);
    return 'added';
  }
  if ('triaged' in line) {
    const { site, responseKey, triagedAt } = line.triaged;
    const there = await triaged.get([site, responseKey]);
    if (there && there.triagedAt >= triagedAt) return 'kept';
    await triaged.put(line.triaged);
    return 'added';
  }
  if ('case' in line) {
    const there = await cases.get(line.case.id);
    if (there && there.updatedAt >= line.case.updatedAt) return 'kept';
    await cases.put(line.case);
    return 'added';
  }
  if ('rule' in line) {
    const there = await rules.get([line.rule.origin, line.rule.id]);
    if (there && there.savedAt >= line.rule.savedAt) return 'kept';
    await rules.put(line.rule as RuleRow);
    return 'added';
  }
  if ('author' in line) {
    const { rule, ...rest } = line.author;
    const row = { ...rest, ...(rule as object) } as AuthorRow;
    const there = await authors.get([row.origin, row.site, row.folded, row.keptFor]);
    if (there && there.savedAt >= row.savedAt) return 'kept';
    await authors.put(row);
    return 'added';
  }
  if ('trace' in line) {
    await traces.put(line.trace);
    return 'added';
  }
  const { key, destinationId } = line.accepted;
  if (await ledger.get([key, destinationId])) return 'kept';
  await ledger.add(line.accepted);
  if (await database.revisions.get(key)) countEntry(changes, { destinationId, state: 'delivered' }, 1);
  return 'added';
}

async function read(
  text: string,
  schema: z.ZodMiniType<BackupLine>,
): Promise<{ readonly line: BackupLine } | { readonly refused: string }> {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return { refused: 'It is not JSON.' };
  }
  const parsed = schema.safeParse(value);
  if (!parsed.success) return { refused: 'It is not a line of a Countersign backup of this version.' };
  const line = parsed.data;
  if ('revision' in line && !(await isIntact(line.revision)))
    return { refused: 'It was changed: its hash does not fit.' };
  return { line };
}

/** Takes some lines, in the order of the file; says what became of them. */
export async function importLines(
  database: CountersignDatabase,
  lines: readonly string[],
  checks: RuleChecks,
): Promise<Imported> {
  const schema = backupLineSchema(checks) as unknown as z.ZodMiniType<BackupLine>;
  const parsed: Awaited<ReturnType<typeof read>>[] = [];
  for (const text of lines) parsed.push(await read(text, schema));
  const { revisions, outbox, ledger, traces, destinations, drafts, queue, pins, triaged, cases, sketches, rubrics } =
    database;
  const { rules, authors, counters, values } = database;
  const tables = [
    revisions,
    outbox,
    ledger,
    traces,
    destinations,
    drafts,
    queue,
    pins,
    cases,
    triaged,
    sketches,
    rubrics,
    rules,
    authors,
    counters,
    values,
  ];
  return guarded(() =>
    database.transaction('rw', tables, async () => {
      const changes: CountChanges = new Map();
      const refused: { line: number; why: string }[] = [];
      let [added, kept] = [0, 0];
      for (const [index, one] of parsed.entries()) {
        const verdict = 'line' in one ? await take(database, one.line, changes) : refuse(one.refused);
        if (verdict === 'added') added += 1;
        else if (verdict === 'kept') kept += 1;
        else refused.push({ line: index + 1, why: verdict.refused });
      }
      await addCounts(database, changes);
      return { added, kept, refused };
    }),
  );
}
