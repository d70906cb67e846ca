// @vitest-environment happy-dom
import 'fake-indexeddb/auto';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { createExport, exportDead } from '../../../entrypoints/workbench/store/export.ts';
import { fileOf } from '../../../entrypoints/workbench/store/save-file.ts';
import { uuidv7 } from '../../../utils/review/ids.ts';
import { defaultRubric } from '../../../utils/review/rubric.ts';
import type { CountersignDatabase } from '../../../utils/storage/database.ts';
import { changeEntries } from '../../../utils/storage/outbox.ts';
import { saveRevision } from '../../../utils/storage/save.ts';
import { aDestinationRow, aSnapshot } from '../../support/builders.ts';
import { aContext, NOON, openDatabase, revisionAfter, stored } from '../../support/stored.ts';

let database: CountersignDatabase;
/** What the browser was given to download. */
let files: { readonly name: string; readonly file: Blob }[];

beforeEach(async () => {
  database = await openDatabase();
  files = [];
  const blobs = new Map<string, Blob>();
  URL.createObjectURL = (file) => {
    const address = `blob:${blobs.size}`;
    blobs.set(address, file as Blob);
    return address;
  };
  vi.spyOn(HTMLAnchorElement.prototype, 'click').mockImplementation(function (this: HTMLAnchorElement) {
    const file = blobs.get(this.href);
    if (file) files.push({ name: this.download, file });
  });
});

const linesOf = async (file: Blob | undefined) =>
  (await (file ?? new Blob()).text())
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line));

describe('the export of reviews', () => {
  it('given a revised review and another, writes one line each, with all revisions where asked for', async () => {
    const { draft } = await stored(database, { id: uuidv7(1) }, { now: NOON });
    await saveRevision(database, revisionAfter(draft), aContext({ now: NOON + 1000 }));
    await stored(database, { id: uuidv7(2), snapshot: aSnapshot({ text: 'Ships sail.' }) }, { now: NOON + 2000 });
    const exported = createExport({ database });
    await exported.run({}, 'all');
    await exported.run({ search: 'ships' }, 'newest');
    expect(exported.state.value).toMatchObject({ is: 'done', lines: 1 });
    const [all, newest] = await Promise.all(files.map(({ file }) => linesOf(file)));
    expect(all?.map(({ revisions }) => revisions.length)).toEqual([1, 2]);
    expect(newest?.map(({ snapshot }) => snapshot.text)).toEqual(['Ships sail.']);
    expect(files[0]?.name).toMatch(/^countersign-reviews-\d{4}-\d\d-\d\d\.jsonl$/);
  });

  it('given the choice of a table, writes a row for each review, with its rubric’s questions as columns, and counts no more than those', async () => {
    await stored(database, { snapshot: aSnapshot({ text: '=1+1' }) });
    const exported = createExport({ database });
    await exported.run({}, 'csv');
    expect(exported.state.value).toMatchObject({ is: 'done', lines: 1 });
    expect(files[0]?.name).toMatch(/^countersign-reviews-\d{4}-\d\d-\d\d\.csv$/);
    expect(files[0]?.file.type).toBe('text/csv');
    const [head, row] = ((await files[0]?.file.text()) ?? '').split('\r\n');
    for (const { id } of defaultRubric.dimensions) expect(head).toContain(`"rating: ${id}"`);
    expect(row).toContain(`"'=1+1"`);
  });

  it('given a stop, offers no file', async () => {
    await stored(database);
    const exported = createExport({ database });
    const running = exported.run({}, 'newest');
    exported.stop();
    await running;
    expect(files).toEqual([]);
    expect(exported.state.value.is).toBe('idle');
  });

  it('given a database that cannot be read, says that nothing was written', async () => {
    const exported = createExport({ database });
    database.close({ disableAutoOpen: true });
    await exported.run({}, 'newest');
    expect(exported.state.value).toMatchObject({
      is: 'failed',
      message: expect.stringMatching(/^Nothing was written/),
    });
    expect(files).toEqual([]);
  });
});

it('given what two destinations refused, exports what one of them refused, with the reason', async () => {
  await database.destinations.bulkAdd([aDestinationRow({ id: 'team' }), aDestinationRow({ id: 'other' })]);
  await stored(database);
  await database.transaction('rw', database.outbox, database.counters, async () => {
    const rows = await database.outbox.toArray();
    await changeEntries(database, rows, () => ({ state: 'dead', leasedUntil: 0, reason: 'Too large.' }));
  });
  expect(await exportDead(database, { id: 'team', name: 'Team' })).toBe(1);
  const [line] = await linesOf(files[0]?.file);
  expect(line).toMatchObject({ destination: 'Team', reason: 'Too large.' });
  expect(line.event.data.snapshot.text).toContain('Refunds');
});

it('given many lines, tells how far it is and loses none', async () => {
  const progress: number[] = [];
  const lines = async function* () {
    for (let line = 0; line < 500; line++) yield `${line}\n`;
  };
  const file = await fileOf(lines(), (count) => progress.push(count), new AbortController().signal);
  expect((await file?.text())?.split('\n')).toHaveLength(501);
  expect(progress).toEqual([200, 400, 500]);
});
