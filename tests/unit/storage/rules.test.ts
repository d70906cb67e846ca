import 'fake-indexeddb/auto';
import Dexie from 'dexie';
import { expect, it } from 'vitest';
import { listAuthors } from '../../../utils/storage/authors.ts';
import { CountersignDatabase } from '../../../utils/storage/database.ts';
import { putTeamPack, rulePackState, setPackUrl, switchRule } from '../../../utils/storage/rules.ts';
import { listRules, rulesOff } from '../../../utils/storage/stored-rules.ts';
import { openDatabase } from '../../support/outbox.ts';
import { aPack, aRule } from '../../support/rules.ts';

it('given a database of version 1, has room for rules and authors after the upgrade, and all that was there', async () => {
  const name = 'from-version-1';
  const before = new Dexie(name);
  before.version(1).stores({
    revisions: 'key, &[id+revision], &saveId, [latest+createdAt], [latest+site+createdAt], [latest+responseKey]',
    outbox: '++entryId, &[key+destinationId], key, [reviewId+state], [destinationId+state+dueAt], [state+leasedUntil]',
    destinations: 'id',
    drafts: '[origin+responseKey]',
    editors: 'tokenHash, [tabId+frameId]',
    counters: 'name',
    values: 'name',
  });
  await before.table('values').put({ name: 'installation', value: 'installation-1' });
  await before.table('revisions').put({ key: 'a:1', id: 'a', revision: 1, saveId: 's', latest: 1 });
  before.close();

  const after = new CountersignDatabase(name);
  expect(await after.values.get('installation')).toEqual({ name: 'installation', value: 'installation-1' });
  expect(await after.revisions.count()).toBe(1);
  expect([await listRules(after), await listAuthors(after), await rulesOff(after)]).toEqual([[], [], []]);
  await setPackUrl(after, 'https://team.example/');
  expect(await putTeamPack(after, aPack(), { url: 'https://team.example/', etag: null, now: 0 })).toBe(true);
  expect(await listRules(after)).toHaveLength(1);
  await after.delete();
});

it('given a pack that arrives after its address was changed, does not take it', async () => {
  const database = await openDatabase();
  await setPackUrl(database, 'https://new.example/');
  expect(await putTeamPack(database, aPack([aRule()]), { url: 'https://old.example/', etag: null, now: 0 })).toBe(
    false,
  );
  expect(await rulePackState(database)).toMatchObject({ url: 'https://new.example/', rules: 0, version: null });
});

it('given a rule switched off twice and on once, is on', async () => {
  const database = await openDatabase();
  await switchRule(database, 'a', false);
  await switchRule(database, 'b', false);
  await switchRule(database, 'a', false);
  expect(await rulesOff(database)).toEqual(['b', 'a']);
  await switchRule(database, 'a', true);
  expect(await rulesOff(database)).toEqual(['b']);
});
