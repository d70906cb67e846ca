import { expect, it } from 'vitest';
import { lossOf } from '../../../utils/storage/loss.ts';
import { isMemoryOnly } from '../../../utils/storage/memory/reviewed.ts';
import { startBackground, value } from '../../support/background.ts';
import { until } from '../../support/browser/poll.ts';
import { aDraft, aJudgement, aSnapshot } from '../../support/builders.ts';

const SITE = 'https://chat.example';

/** A background in use: everything that can be stored is. */
async function aBackgroundInUse(endpoint?: Parameters<typeof startBackground>[0]) {
  const background = await startBackground(endpoint);
  const { extension, page, database } = background;
  extension.dataCollection = ['websiteContent'];
  for (const kind of ['personalCommunications', 'websiteActivity', 'personallyIdentifyingInfo'])
    extension.dataCollection.push(kind);
  extension.grant(`${SITE}/*`);
  const tab = extension.openTab(`${SITE}/c/1`);
  tab.overlay = true;
  const destination = { id: null, name: 'Team', connector: 'countersign', url: 'https://feedback.example/v1' } as const;
  value(await page('saveDestination', { ...destination, token: 'cst_secret' }));
  const content = background.content(tab);
  const judgement = aJudgement({ correction: null });
  value(await content('saveReview', aDraft({ judgement })));
  const about = { responseKey: 'other', snapshot: aSnapshot() };
  value(await content('setAside', about));
  value(await content('pin', about));
  value(await page('saveAuthor', { site: SITE, author: 'Bot', is: 'assistant' }));
  value(await page('saveSettings', { alsoRedact: [{ kind: 'name', value: 'Jane' }] }));
  expect((await database.tables.find(({ name }) => name === 'queue')?.count()) ?? 0).toBe(1);
  return { ...background, tab };
}

it('73: given an extension in use, when everything is removed, then it is as it was when it was installed', async () => {
  const { extension, page, database, tab } = await aBackgroundInUse();
  await until('the scripts are registered', async () => extension.scripts.length > 0);
  value(await page('removeEverything', {}));

  for (const table of database.tables) {
    const rows = await table.toArray();
    // Only its own name, by which a later loss is noticed.
    expect([table.name, rows.map((row) => (row as { name?: string }).name)]).toEqual([
      table.name,
      table.name === 'values' ? ['born'] : [],
    ]);
  }
  await until('no alarm is left', async () => extension.alarms.size === 0);
  expect([extension.origins, extension.dataCollection]).toEqual([[], []]);
  await until('no script is registered', async () => extension.scripts.length === 0);
  expect(tab.pushes.at(-1)?.push ?? null).toMatchObject({ push: expect.stringMatching(/stop|pageChanged/) });
  expect(tab.pushes.map(({ push }) => push.push)).toContain('stop');
  expect([...extension.session.keys()]).toEqual([]);
  expect([...extension.local.keys()]).toEqual(['database']);
  expect(extension.badge).toEqual({ text: '', title: 'Countersign' });
  expect(await lossOf(database)).toBeNull();
});

it('given a delivery under way, when everything is removed, then nothing is noted of it afterwards', async () => {
  let answer: (response: Response) => void = () => {};
  const held = new Promise<Response>((resolve) => {
    answer = resolve;
  });
  const background = await startBackground(() => held);
  const { extension, page, database, requests } = background;
  extension.dataCollection = undefined;
  extension.grant(`${SITE}/*`);
  const tab = extension.openTab(`${SITE}/c/1`);
  value(
    await page('saveDestination', {
      id: null,
      name: 'Team',
      connector: 'countersign',
      url: 'https://feedback.example/v1',
    }),
  );
  const saved = value(
    await background.content(tab)('saveReview', aDraft({ judgement: aJudgement({ correction: null }) })),
  );
  background.now = saved.undoUntil + 1000;
  const delivering = page('deliverNow', {});
  await until('the request is under way', async () => requests.length === 1);
  const removing = page('removeEverything', {});
  await until('the destination is gone', async () => (await database.destinations.count()) === 0);
  const results = [{ id: `${saved.mark.reviewId}:${saved.mark.revision}`, status: 'stored' }];
  answer(Response.json({ results }));
  await delivering;
  value(await removing);
  for (const table of [database.ledger, database.outbox, database.revisions, database.counters])
    expect([table.name, await table.count()]).toEqual([table.name, 0]);
});

it('given memory-only mode, when everything is removed, then that is off too', async () => {
  const { page, database } = await aBackgroundInUse();
  value(await page('setMemoryOnly', { on: true, stored: 'keep' }));
  value(await page('removeEverything', {}));
  expect([await isMemoryOnly(database), database.routing.isOn]).toEqual([false, false]);
});

it('64: given a browser that has thrown the database away, the toolbar button says so until it is dismissed', async () => {
  const background = await aBackgroundInUse();
  const { extension, page, database } = background;
  background.restart();
  await until(
    'the reviews are noted',
    async () => (extension.local.get('database') as { reviews?: number })?.reviews === 1,
  );
  await database.transaction('rw', database.tables, () => Promise.all(database.tables.map((table) => table.clear())));
  background.restart();
  await until('it is told', async () => extension.badge.text === '!');
  expect(extension.badge.title).toBe('Countersign: the reviews that were here are gone');
  value(await page('dismissLoss', {}));
  expect(extension.badge).toEqual({ text: '', title: 'Countersign' });
});

it('given a page that was open before scripts were registered, as after an update, it gets them without being loaded anew', async () => {
  const background = await startBackground();
  const { extension } = background;
  extension.grant(`${SITE}/*`);
  await until('the scripts are registered', async () => extension.scripts.length > 0);
  extension.scripts = [];
  const tab = extension.openTab(`${SITE}/c/1`);
  background.restart();
  await until('the open page has a script', async () => tab.loaded.length > 0);
  // With all in place, a background that wakes loads nothing again.
  const loaded = tab.loaded.length;
  background.restart();
  await background.page('deliverNow', {});
  expect(tab.loaded).toHaveLength(loaded);
});
