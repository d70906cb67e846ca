import 'fake-indexeddb/auto';
import { describe, expect, it } from 'vitest';
import type { DestinationInput } from '../../../utils/connectors/types.ts';
import type { CountersignDatabase, DestinationRow } from '../../../utils/storage/database.ts';
import { saveDestination } from '../../../utils/storage/destinations.ts';
import { leaseBatch } from '../../../utils/storage/leases.ts';
import { saveRevision } from '../../../utils/storage/save.ts';
import { saveSettings } from '../../../utils/storage/settings.ts';
import { aDestinationRow, aDraft, aSnapshot } from '../../support/builders.ts';
import { aContext, NOON, openDatabase } from '../../support/stored.ts';

const LATER = NOON + 60_000;
const limits = { items: 50, bytes: 1_000_000 };
const text = 'Customer CU-48213 asked Maria Jensen; write to help@acme.example.';
const rules = [{ id: 'customer', pattern: 'CU-\\d{5}', placeholder: 'CUSTOMER_ID' }];

const save = (database: CountersignDatabase) =>
  saveRevision(database, aDraft({ snapshot: aSnapshot({ text, prompt: 'Who is CU-48213?' }) }), aContext());

/** What leaves next, as text. */
async function leaving(database: CountersignDatabase): Promise<string> {
  const lease = await leaseBatch(database, 'team', limits, LATER);
  return JSON.stringify(lease?.events ?? null);
}

function inputOf({ id, name, connector, url }: DestinationRow, change: Partial<DestinationInput>): DestinationInput {
  return { id, name, connector, url, ...change };
}

describe('the reviewer’s own terms of redaction', () => {
  it('given the team’s pattern, when a review is saved, then what it finds is replaced', async () => {
    const database = await openDatabase(aDestinationRow({ sends: 'redacted' }));
    await saveSettings(database, { customerRules: rules });
    await save(database);
    const sent = await leaving(database);
    expect(sent).toContain('[CUSTOMER_ID_1]');
    expect(sent).not.toContain('CU-48213');
  });

  it('given a review that waits already, when a pattern is added, then it is made anew before it leaves', async () => {
    const database = await openDatabase(aDestinationRow({ sends: 'redacted' }));
    await save(database);
    expect(JSON.stringify(await database.outbox.toArray())).toContain('CU-48213');
    await saveSettings(database, { customerRules: rules });
    expect(JSON.stringify(await database.outbox.toArray())).not.toContain('CU-48213');
    expect(await leaving(database)).not.toContain('CU-48213');
  });

  it('given a setting that has nothing to do with it, then what waits stays as it was made', async () => {
    const database = await openDatabase(aDestinationRow({ sends: 'redacted' }));
    await save(database);
    await saveSettings(database, { theme: 'dark' });
    const [row] = await database.outbox.toArray();
    expect(row?.event).not.toBeNull();
  });

  it('given a value that is let through, then it leaves; given a name that was accepted, then it does not', async () => {
    const database = await openDatabase(aDestinationRow({ sends: 'redacted' }));
    await saveSettings(database, {
      allow: ['help@acme.example'],
      alsoRedact: [{ kind: 'name', value: 'Maria Jensen' }],
    });
    await save(database);
    const sent = await leaving(database);
    expect(sent).toContain('help@acme.example');
    expect(sent).toContain('[NAME_1]');
    expect(sent).not.toContain('Maria Jensen');
  });

  it('given a pattern that cannot be used, however it got there, then nothing leaves, and the entry says why', async () => {
    const database = await openDatabase(aDestinationRow({ sends: 'redacted' }));
    await saveSettings(database, { customerRules: [{ id: 'bad', pattern: '(a', placeholder: 'CUSTOMER_ID' }] });
    await save(database);
    expect(await leaving(database)).toBe('null');
    const [row] = await database.outbox.toArray();
    expect(row).toMatchObject({ state: 'dead', event: null, reason: expect.stringContaining('Rule bad') });
  });
});

describe('the prompt', () => {
  it.each(['text', 'redacted'] as const)(
    'given %s without the prompt, then the answer leaves and it does not',
    async (sends) => {
      const database = await openDatabase(aDestinationRow({ sends, sendPrompt: false }));
      await save(database);
      const sent = await leaving(database);
      expect(sent).toContain('asked Maria Jensen');
      expect(sent).not.toContain('Who is');
      expect(sent).toContain('"leftOut":["snapshot.prompt"]');
    },
  );

  it('given a review that waits with its prompt, when the choice changes, then it is made anew, and back', async () => {
    const row = aDestinationRow({ sends: 'redacted' });
    const database = await openDatabase(row);
    await save(database);
    await saveDestination(database, inputOf(row, { sendPrompt: false }));
    expect(JSON.stringify(await database.outbox.toArray())).not.toContain('Who is');
    await saveDestination(database, inputOf(row, {}));
    expect((await database.destinations.get('team'))?.sendPrompt, 'a field left out stays').toBe(false);
    await saveDestination(database, inputOf(row, { sendPrompt: true }));
    expect(await leaving(database)).toContain('Who is');
  });
});
