import 'fake-indexeddb/auto';
import { afterEach, describe, expect, it } from 'vitest';
import { createBackup } from '../../../entrypoints/workbench/store/backup.ts';
import { forgetAll } from '../../../entrypoints/workbench/store/forget.ts';
import { createLeaving } from '../../../entrypoints/workbench/store/leaving.ts';
import type { Call } from '../../../utils/messaging/client.ts';
import type { PageCalls } from '../../../utils/messaging/contract.ts';
import { ok } from '../../../utils/result.ts';
import type { CountersignDatabase } from '../../../utils/storage/database.ts';
import { readRevisions } from '../../../utils/storage/list.ts';
import { saveSettings } from '../../../utils/storage/settings.ts';
import { until } from '../../support/browser/poll.ts';
import { aDestinationRow, aSnapshot } from '../../support/builders.ts';
import { openDatabase, stored } from '../../support/stored.ts';

const text = 'Dear Maria Jensen, write to jane@example.com about CU-48213.';
const gone = new AbortController();
afterEach(() => gone.abort());

async function previews(database: CountersignDatabase) {
  const { draft } = await stored(database, { snapshot: aSnapshot({ text, prompt: 'Who?' }) });
  const [review] = await readRevisions(database, draft.id);
  const stop = new AbortController();
  const leaving = createLeaving(database, review as NonNullable<typeof review>, stop.signal);
  return { leaving, stop, value: await until('the preview is made', () => leaving.value.value) };
}

describe('the preview of a review', () => {
  it('given destinations of every kind, shows of each what its entry in the outbox holds, and nothing else', async () => {
    const database = await openDatabase(
      aDestinationRow({ id: 'redacted', sends: 'redacted', sendPrompt: false }),
      aDestinationRow({ id: 'text', sends: 'text' }),
      aDestinationRow({ id: 'ratings', sends: 'ratings' }),
      aDestinationRow({ id: 'old', sends: 'text', former: true }),
    );
    const { value, stop } = await previews(database);
    stop.abort();
    const owed = await database.outbox.toArray();
    expect(value.previews.map(({ destinationId }) => destinationId).sort()).toEqual(['ratings', 'redacted', 'text']);
    for (const { destinationId, result } of value.previews) {
      if (result.is !== 'ready') throw new Error(result.message);
      const entry = owed.find((row) => row.destinationId === destinationId);
      expect(JSON.parse(result.json), destinationId).toEqual(JSON.parse(JSON.stringify(entry?.event)));
      const own = Object.fromEntries(result.texts);
      if (destinationId === 'redacted') {
        expect(own.Answer).toBe('Dear Maria Jensen, write to [EMAIL_1] about CU-48213.');
        expect(result).toMatchObject({ leftOut: ['prompt'], replaced: 1 });
        expect(own).not.toHaveProperty('Prompt');
      } else if (destinationId === 'text') expect(own).toMatchObject({ Answer: text, Prompt: 'Who?' });
      else expect(own).not.toHaveProperty('Answer');
    }
    expect(value.suggestions).toEqual([{ kind: 'name', value: 'Maria Jensen' }]);
  });

  it('given that a suggestion is taken, then the preview follows, and it is not suggested again', async () => {
    const database = await openDatabase(aDestinationRow({ sends: 'redacted' }));
    const { leaving, stop } = await previews(database);
    await saveSettings(database, { alsoRedact: [{ kind: 'name', value: 'Maria Jensen' }] });
    const value = await until('the preview follows', () => {
      const now = leaving.value.value;
      return now?.suggestions.length === 0 && now;
    });
    stop.abort();
    expect(JSON.stringify(value.previews)).toContain('Dear [NAME_1]');
  });
});

/** A background that answers each call with the next of these. */
function answering(...answers: readonly object[]) {
  const bodies: unknown[] = [];
  const call = (async (_verb: string, body: unknown) => {
    bodies.push(body);
    return ok(answers[bodies.length - 1] ?? answers.at(-1));
  }) as unknown as Call<PageCalls>;
  return { call, bodies };
}

describe('a backup that is taken back', () => {
  it('given more lines than one call takes, numbers a refused line by its place in the file', async () => {
    const refused = { added: 499, kept: 0, refused: [{ line: 2, why: 'Not a line of a backup.' }] };
    const { call, bodies } = answering({ added: 500, kept: 0, refused: [] }, refused, {
      added: 1,
      kept: 2,
      refused: [],
    });
    const backup = createBackup(await openDatabase(), call);
    const lines = Array.from({ length: 1003 }, (_, index) => `{"n":${index},"text":"Zürich"}`);
    await backup.take(new File([lines.join('\r\n')], 'b.jsonl'));
    expect(backup.state.value).toEqual({
      ...{ is: 'taken', name: 'b.jsonl', added: 1000, kept: 2 },
      refused: [{ line: 502, why: 'Not a line of a backup.' }],
    });
    const sent = (bodies as { lines: string[] }[]).flatMap((body) => body.lines.map((line) => line.trim()));
    expect(sent).toEqual(lines);
  });

  it('given an empty file, says so', async () => {
    const backup = createBackup(await openDatabase(), answering({}).call);
    await backup.take(new File(['\n\n'], 'b.jsonl'));
    expect(backup.state.value).toEqual({ is: 'failed', message: 'b.jsonl is empty.' });
  });
});

describe('a deletion that takes several calls', () => {
  it('asks until nothing is left, and adds up', async () => {
    const { call, bodies } = answering({ deleted: 5, tombstones: 2, more: true }, { deleted: 1, tombstones: 0 });
    expect(await forgetAll(call, { all: true })).toEqual(ok({ deleted: 6, tombstones: 2 }));
    expect(bodies).toEqual([{ all: true }, { all: true }]);
  });
});
