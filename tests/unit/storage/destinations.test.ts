import 'fake-indexeddb/auto';
import { describe, expect, it } from 'vitest';
import type { DestinationInput } from '../../../utils/connectors/types.ts';
import { counts } from '../../../utils/storage/counters.ts';
import {
  completeInput,
  listDestinations,
  removeDestination,
  saveDestination,
} from '../../../utils/storage/destinations.ts';
import { deliveriesOf } from '../../../utils/storage/outbox.ts';
import { aDestinationRow } from '../../support/builders.ts';
import { acknowledged, destinationOf } from '../../support/outbox.ts';
import { failing, openDatabase, stored } from '../../support/stored.ts';

const input = (change: Partial<DestinationInput> = {}): DestinationInput => ({
  id: 'team',
  name: 'Team',
  connector: 'countersign',
  url: 'https://feedback.example/v1/events',
  ...change,
});
const SECRET = 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw';

describe('destinations', () => {
  it('given a new one, is stored whole and shown without token and secret', async () => {
    const database = await openDatabase();
    const id = await saveDestination(
      database,
      input({ id: null, token: 'cst_zq9', secret: SECRET }),
      undefined,
      () => 'n1',
    );
    expect(id).toBe('n1');
    expect(await destinationOf(database, 'n1')).toMatchObject({ token: 'cst_zq9', secret: SECRET, failures: 0 });
    const shown = await listDestinations(database);
    expect(shown).toMatchObject([{ id: 'n1', hasToken: true, hasSecret: true, pausedBecause: null }]);
    expect(JSON.stringify(shown)).not.toMatch(/zq9|whsec/);
  });

  it('given a change without token, keeps it, and wakes the destination with what it had learnt forgotten', async () => {
    const database = await openDatabase(
      aDestinationRow({ pausedBecause: 'Refused.', notBefore: 99, failures: 3, byteLimit: 10, suspects: 2 }),
    );
    await saveDestination(database, input({ name: 'Renamed', url: 'https://feedback.example/v2' }));
    const row = await destinationOf(database);
    expect(row).toMatchObject({ name: 'Renamed', token: 'cst_test', pausedBecause: null, notBefore: 0, failures: 0 });
    expect(row).not.toHaveProperty('byteLimit');
    expect(row).not.toHaveProperty('suspects');
  });

  it('given null for the token, forgets it', async () => {
    const database = await openDatabase(aDestinationRow());
    await saveDestination(database, input({ token: null }));
    expect(await listDestinations(database)).toMatchObject([{ hasToken: false }]);
  });

  it('given a choice of packing, keeps it where the form leaves it out, and forgets it at null', async () => {
    const database = await openDatabase(aDestinationRow());
    await saveDestination(database, input({ gzip: false }));
    await saveDestination(database, input({}));
    expect(await destinationOf(database)).toHaveProperty('gzip', false);
    await saveDestination(database, input({ gzip: null }));
    expect(await destinationOf(database)).not.toHaveProperty('gzip');
  });

  it('given another origin, never takes the old token there', async () => {
    const database = await openDatabase(aDestinationRow());
    const moved = input({ url: 'https://elsewhere.example/v1/events' });
    await expect(saveDestination(database, moved)).rejects.toMatchObject(failing('invalid', 'token'));
    await expect(completeInput(database, moved)).rejects.toMatchObject(failing('invalid', 'token'));
    expect(await completeInput(database, { ...moved, token: 'new' })).toMatchObject({ token: 'new', url: moved.url });
    expect(await destinationOf(database)).toMatchObject({ url: 'https://feedback.example/v1/events' });
  });

  it('given another origin while reviews are owed, asks what becomes of them, and does that', async () => {
    const database = await openDatabase(aDestinationRow());
    await stored(database);
    const moved = input({ url: 'https://elsewhere.example/v1/events', token: 'new' });
    await expect(saveDestination(database, moved)).rejects.toMatchObject(failing('invalid', 'owed'));
    expect(await destinationOf(database)).toMatchObject({ token: 'cst_test' });
    await saveDestination(database, moved, 'move');
    expect(await counts(database)).toMatchObject({ owed: 1 });
    await saveDestination(database, input({ token: 'again' }), 'discard');
    expect(await counts(database)).toMatchObject({ owed: 0, destinations: {} });
  });

  it('given an id that is not stored, says so', async () => {
    const database = await openDatabase();
    await expect(saveDestination(database, input())).rejects.toMatchObject(failing('not-found'));
    await expect(completeInput(database, input())).rejects.toMatchObject(failing('not-found'));
  });

  it('given a form that was never stored, can be tried', async () => {
    const database = await openDatabase();
    expect(await completeInput(database, input({ id: null, token: 't' }))).toMatchObject({ token: 't', secret: null });
    expect(await database.destinations.count()).toBe(0);
  });

  it('given a removal, is owed nothing any more; what it received stays on record', async () => {
    const database = await openDatabase(aDestinationRow(), aDestinationRow({ id: 'audit', name: 'Audit' }));
    const { draft } = await stored(database);
    await acknowledged(database, await database.outbox.filter((row) => row.destinationId === 'team').toArray());
    await stored(database);
    await removeDestination(database, 'team');
    expect(await counts(database)).toMatchObject({ owed: 2, delivered: 1 });
    expect((await listDestinations(database)).map(({ name }) => name)).toEqual(['Audit']);
    expect(await deliveriesOf(database, draft.id)).toMatchObject([
      { state: 'pending', destinationName: 'Audit' },
      { state: 'delivered', destinationName: 'Team', attempts: 0 },
    ]);
  });
});
