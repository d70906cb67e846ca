import 'fake-indexeddb/auto';
import { beforeEach, describe, expect, it } from 'vitest';
import { currentProject, storedProject } from '../../../utils/storage/current-project.ts';
import { teamView } from '../../../utils/storage/membership.ts';
import { readSettings } from '../../../utils/storage/settings.ts';
import { type Background, refused, startBackground, value } from '../../support/background.ts';
import { aDraft, aJudgement } from '../../support/builders.ts';
import { aLabel, aProject, aRubric } from '../../support/projects.ts';
import { aPack, aRule } from '../../support/rules.ts';
import { aTeamFile, type TeamFile } from '../../support/team-files.ts';

let background: Background;
beforeEach(async () => {
  background = await startBackground();
  // What it does by itself when it starts is done.
  await expect.poll(() => background.database.values.get('sketched')).toBeDefined();
});

const join = (
  file: TeamFile,
  { granted = [] as string[], source = null as { url: string; token: string | null } | null } = {},
) => background.page('joinTeam', { json: JSON.stringify(file), source, granted });

/** All rows of all tables, as they lie in the database. */
async function everything(): Promise<unknown> {
  const tables = background.database.tables.map(async (table) => [table.name, await table.toArray()] as const);
  return Object.fromEntries(await Promise.all(tables));
}

/** A reviewer with a bit of everything of their own. */
async function ownThings(): Promise<void> {
  const { page } = background;
  value(await page('saveSettings', { customerRules: [{ id: 'parcel', pattern: 'OWN', placeholder: 'MINE' }] }));
  value(await page('saveSettings', { gateOn: ['https://own.example'], theme: 'dark' }));
  value(await page('setProject', { json: JSON.stringify(aProject({ id: 'mine', name: 'Mine' })) }));
  value(await page('importRules', { json: JSON.stringify(aPack([aRule({ id: 'mine' })])) }));
  const destination = { id: null, name: 'Mine', connector: 'webhook', url: 'https://mine.example/hook' } as const;
  value(await page('saveDestination', { ...destination, token: 'secret-of-mine' }));
}

async function judge(labels: string[] = []) {
  const tab = background.extension.openTab('https://chat.example/c/1');
  background.extension.grant('https://chat.example/*');
  const judgement = aJudgement({ verdict: 'reject', labels, ratings: [], correction: null });
  value(await background.content(tab)('saveReview', aDraft({ judgement })));
}
const owedTo = async (id: string) =>
  (await background.database.outbox.toArray()).filter((row) => row.destinationId === id);
const teamDestination = async () => (await teamView(background.database))?.destinations[0] ?? '';

describe('joining a team', () => {
  it('given its file, sets destination, token, project, rules and settings in one go', async () => {
    await ownThings();
    value(await join(aTeamFile()));
    const { database } = background;
    expect(await teamView(database)).toMatchObject({ name: 'Parcel team', version: '1', url: null });
    const destinations = await database.destinations.toArray();
    expect(destinations.map(({ name, token }) => [name, token])).toEqual(
      expect.arrayContaining([
        ['Parcel collector', 'cst_0123456789abcdefghijklmnopqrstuvwxyz'],
        ['Mine', 'secret-of-mine'],
      ]),
    );
    const { rubrics, guidelines, policies } = await currentProject(database);
    expect([rubrics[0]?.version, guidelines?.version, policies?.[0]?.id]).toEqual(['9', '2', 'promise']);
    const rules = await database.rules.toArray();
    expect(rules.map(({ origin, id }) => [origin, id])).toEqual([
      ['team', 'desk'],
      ['user', 'mine'],
    ]);
    const { settings } = await readSettings(database);
    expect(settings).toMatchObject({ keepPrompt: false, theme: 'dark' });
    expect(settings.customerRules).toEqual([{ id: 'parcel', pattern: 'PX[0-9]{8}', placeholder: 'PARCEL' }]);
    expect(settings.gateOn).toEqual(['https://own.example', 'https://desk.example']);
  });

  it('shows pages no token of it', async () => {
    value(await join(aTeamFile(), { source: { url: 'https://reviews.example/v1/team', token: 'cst_of_the_link' } }));
    expect(JSON.stringify(await teamView(background.database))).not.toContain('cst_');
  });

  it('given one part that cannot be, changes nothing at all', async () => {
    await ownThings();
    await judge();
    const before = await everything();
    // Reviews were made under this very version, which says something else here.
    const clash = aRubric({ ...aProject().rubrics[0], labels: [aLabel({ name: 'Other words' })] });
    const file = aTeamFile({ project: aProject({ id: 'parcels', rubrics: [clash] }) });
    expect(await join(file)).toMatchObject(refused('invalid', 'rubrics.0.version'));
    expect(await everything()).toEqual(before);
  });

  it('without the consent that Firefox asks for, changes nothing', async () => {
    background.extension.dataCollection = [];
    const before = await everything();
    expect(await join(aTeamFile())).toMatchObject(refused('forbidden'));
    expect(await everything()).toEqual(before);
    // Nothing is sent by a team without a destination.
    value(await join(aTeamFile({ destinations: [] })));
  });

  it('of another team, is refused until the first is left', async () => {
    value(await join(aTeamFile()));
    expect(await join(aTeamFile({ id: 'other', name: 'Other' }))).toMatchObject(refused('invalid', 'id'));
    expect((await teamView(background.database))?.name).toBe('Parcel team');
  });

  it('with rules at an address, fetches them with the token for that server', async () => {
    const pack = aPack([aRule({ id: 'fetched' })]);
    background = await startBackground(async () => Response.json(pack));
    const source = { url: 'https://reviews.example/v1/team', token: 'cst_link' };
    const [destination] = aTeamFile().destinations ?? [];
    const file = aTeamFile({
      destinations: [{ ...destination, token: undefined, tokenFrom: 'link', url: './events' } as never],
      rules: { url: './rules' },
    });
    value(await join(file, { source }));
    await expect.poll(async () => (await background.database.rules.toArray()).map(({ id }) => id)).toEqual(['fetched']);
    const asked = background.requests.find(({ url }) => url === 'https://reviews.example/v1/rules');
    expect(asked?.headers.get('authorization')).toBe('Bearer cst_link');
    value(await background.page('leaveTeam', {}));
    expect(await background.database.rules.toArray()).toEqual([]);
    expect(background.extension.alarms.has('rule-pack')).toBe(false);
  });
});

describe('leaving a team', () => {
  it.each([
    ['with things of their own', true],
    ['as the program was installed', false],
  ])('given a reviewer %s, the database is as it was before, byte for byte', async (_, own) => {
    if (own) await ownThings();
    const before = await everything();
    value(await join(aTeamFile()));
    expect(await everything()).not.toEqual(before);
    value(await background.page('leaveTeam', {}));
    expect(JSON.stringify(await everything())).toBe(JSON.stringify(before));
  });

  it('after two versions, brings back what was there before the first', async () => {
    await ownThings();
    const before = await everything();
    value(await join(aTeamFile()));
    const next = aTeamFile({ version: '2', settings: { contextTurns: 3 } });
    delete next.rules;
    value(await join(next));
    expect((await readSettings(background.database)).settings).toMatchObject({ keepPrompt: true, contextTurns: 3 });
    expect((await background.database.rules.toArray()).map(({ id }) => id)).toEqual(['mine']);
    value(await background.page('leaveTeam', {}));
    expect(await everything()).toEqual(before);
  });

  it('takes back the sites that were on for the team alone', async () => {
    background.extension.grant('https://own.example/*', 'https://desk.example/*');
    value(await join(aTeamFile(), { granted: ['https://desk.example/*'] }));
    value(await background.page('leaveTeam', {}));
    expect(background.extension.origins).toEqual(['https://own.example/*']);
  });

  it('keeps the reviews with the names of their labels, and what the reviewer has changed meanwhile', async () => {
    await ownThings();
    value(await join(aTeamFile()));
    await judge(['late']);
    value(await background.page('saveSettings', { theme: 'light', keepPrompt: true, gateOn: ['https://new.example'] }));
    value(await background.page('leaveTeam', { owed: 'discard' }));
    const { database } = background;
    expect(await database.revisions.count()).toBe(1);
    expect((await database.rubrics.toArray()).map(({ id, version }) => [id, version])).toEqual([['parcels', '9']]);
    const { settings } = await readSettings(database);
    expect(settings).toMatchObject({ theme: 'light', keepPrompt: true, gateOn: ['https://new.example'] });
    expect(settings.customerRules).toEqual([{ id: 'parcel', pattern: 'OWN', placeholder: 'MINE' }]);
    expect((await storedProject(database))?.id).toBe('mine');
    expect(await database.values.get('guidelines-seen')).toBeUndefined();
  });

  it('with deliveries that wait, asks what becomes of them; discarded, nothing of the team is left', async () => {
    value(await join(aTeamFile()));
    const id = await teamDestination();
    await judge(['late']);
    const before = await everything();
    expect(await background.page('leaveTeam', {})).toMatchObject(refused('invalid', 'owed'));
    expect(await everything()).toEqual(before);
    value(await background.page('leaveTeam', { owed: 'discard' }));
    expect(await owedTo(id)).toEqual([]);
    expect(await background.database.destinations.count()).toBe(0);
    expect(JSON.stringify(await everything())).not.toContain('cst_');
  });

  it('with deliveries that are kept, the destination gets those and nothing new', async () => {
    value(await join(aTeamFile()));
    const id = await teamDestination();
    await judge(['late']);
    value(await background.page('leaveTeam', { owed: 'keep' }));
    expect(await background.database.destinations.get(id)).toMatchObject({
      former: true,
      name: 'Parcel collector (of Parcel team before)',
    });
    expect(await owedTo(id)).toHaveLength(1);
    await judge();
    expect(await owedTo(id)).toHaveLength(1);
  });

  it('leaves alone what the reviewer has put in the place of the team’s', async () => {
    value(await join(aTeamFile()));
    value(await background.page('setProject', { json: JSON.stringify(aProject({ id: 'third', name: 'Third' })) }));
    value(await background.page('leaveTeam', {}));
    expect((await storedProject(background.database))?.id).toBe('third');
  });
});

describe('a new version', () => {
  it('keeps destination, queue and what is known of the guidelines', async () => {
    value(await join(aTeamFile()));
    const id = await teamDestination();
    await judge(['late']);
    const seen = await background.database.values.get('guidelines-seen');
    expect(seen).toBeDefined();
    const [destination] = aTeamFile().destinations ?? [];
    background.now += 60_000;
    value(
      await join(
        aTeamFile({ version: '2', destinations: [{ ...destination, url: 'https://new.example/v1/events' } as never] }),
      ),
    );
    expect(await teamDestination()).toBe(id);
    expect(await owedTo(id)).toHaveLength(1);
    expect(await background.database.destinations.get(id)).toMatchObject({ url: 'https://new.example/v1/events' });
    expect(await background.database.values.get('guidelines-seen')).toEqual(seen);
    const { joinedAt, updatedAt } = (await teamView(background.database)) ?? {};
    expect(Date.parse(updatedAt ?? '') - Date.parse(joinedAt ?? '')).toBe(60_000);
  });

  it('without a destination that is still owed something, keeps it until that is delivered', async () => {
    value(await join(aTeamFile()));
    const id = await teamDestination();
    await judge(['late']);
    value(await join(aTeamFile({ version: '2', destinations: [] })));
    expect(await background.database.destinations.get(id)).toMatchObject({ former: true });
    expect(await teamDestination()).toBe('');
  });
});
