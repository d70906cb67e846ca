/** Joining a team with one link of a real collector, reviewing for it, and leaving without a trace of it. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { seriousFindings } from '../support/accessibility.ts';
import { until } from '../support/browser/poll.ts';
import { pageOf } from '../support/browser/ui.ts';
import { chooseFile } from '../support/choose-file.ts';
import { type Given, inEachBrowser } from '../support/given.ts';
import { approveOrder } from '../support/judge.ts';
import { aPolicy } from '../support/projects.ts';
import { shot } from '../support/shots.ts';
import { startTeam, type Team } from '../support/team.ts';
import { aTeamFile, type TeamFile } from '../support/team-files.ts';

/** What reviews and their judging leave behind, whoever they were made for. */
const reviewersOwn = ['revisions', 'ledger', 'rubrics', 'counters', 'sketches', 'triaged'];

/** Random values of this installation, made with the first answer, review and delivery, whoever they were for. */
const installations = ['installation', 'privacy-secret', 'triage-lots'];

/** Everything else that is stored, as text, table by table. */
const leftBy = (given: Given): Promise<string> =>
  given.inside.evaluate(
    async (_root, own, values) => {
      const answer = <T>(request: IDBRequest<T>) =>
        new Promise<T>((resolve, reject) => {
          request.onsuccess = () => resolve(request.result);
          request.onerror = () => reject(request.error);
        });
      const database = await answer(indexedDB.open('countersign'));
      const names = Array.from(database.objectStoreNames).filter((name) => !own.includes(name));
      const rows = names.map(async (name) => {
        const all = await answer<{ name?: string }[]>(database.transaction(name).objectStore(name).getAll());
        return [name, name === 'values' ? all.filter((row) => !values.includes(row.name ?? '')) : all] as const;
      });
      const all = JSON.stringify(Object.fromEntries(await Promise.all(rows)), null, 1);
      database.close();
      return all;
    },
    reviewersOwn,
    installations,
  );

describe('a team', () => {
  let team: Team;
  beforeAll(async () => {
    team = await startTeam();
  });
  afterAll(() => team.remove());

  inEachBrowser('a team', (given) => {
    const aFile = (change: Partial<TeamFile> = {}): TeamFile => {
      const whole = aTeamFile();
      const policies = [aPolicy({ id: 'promise', name: 'No promises', demand: 'forbid', phrases: ['for life'] })];
      return {
        ...whole,
        about: 'Questions to the lead of the parcel desk.',
        destinations: [
          { id: 'collector', name: 'Parcel collector', connector: 'countersign', url: './events', tokenFrom: 'link' },
        ],
        ...(whole.project && { project: { ...whole.project, policies } }),
        sites: [new URL(given.chats.url('deep-chat')).origin],
        ...change,
      };
    };

    it('given an invitation, shows what will change, sets all of it with one click, and leaving takes all of it away', async () => {
      // Of a try before.
      await given.inside.call('leaveTeam', { owed: 'discard' });
      await given.inside.call('saveSettings', { theme: 'light', keepPrompt: true });
      const before = await leftBy(given);
      const link = await team.invite(aFile());

      // The page that the link leads to, as in a mail: it says what to do, and can do nothing itself.
      const invited = await given.open(link);
      await pageOf(invited).shows('You are invited to review for a team');
      await pageOf(invited).get('button', 'Copy the link');
      await shot(invited, `teams-invited-${given.browser}`);
      await invited.close();

      const tab = await given.openExtension('workbench.html#/team');
      const page = pageOf(tab);
      await page.fill('Link of the invitation', link);
      await page.click('button', 'Look at it');
      await page.shows('Join Parcel team?');
      await page.shows('Your reviews go to “Parcel collector”.');
      await page.shows(`Countersign collector at ${team.endpoint}`);
      await page.shows(`With a token that ends in ${link.slice(-4)}.`);
      expect(await page.text()).not.toContain(link.slice(-20));
      await page.shows('Policy “No promises”: never to be said.');
      await page.shows('Site rule “The desk” for chat.example.');
      await page.shows('The question before an answer is kept: yes → no.');
      expect(await seriousFindings(tab.document, 'light')).toEqual([]);
      await shot(tab, `teams-plan-${given.browser}-light`);
      await tab.page.setViewport({ width: 400, height: 1600 });
      await shot(tab, `teams-plan-${given.browser}-narrow`);
      await tab.page.setViewport({ width: 1200, height: 900 });
      await given.inside.call('saveSettings', { theme: 'dark' });
      expect(await seriousFindings(tab.document, 'dark')).toEqual([]);
      await shot(tab, `teams-plan-${given.browser}-dark`);
      await given.inside.call('saveSettings', { theme: 'light' });

      await page.click('button', 'Cancel');
      await page.shows('Join a team');
      expect(await leftBy(given)).toBe(before);

      await page.click('button', 'Look at it');
      await page.click('button', 'Join the team');
      await page.shows('You are in the team Parcel team.');
      await page.shows('Your reviews go to “Parcel collector”.');
      expect(await seriousFindings(tab.document, 'light')).toEqual([]);
      await shot(tab, `teams-member-${given.browser}`);

      await approveOrder(await given.openChat('deep-chat', 'orders'));
      const [stored] = await given.inside.revisions(1);
      const arrived = await until(
        'the review is at the collector',
        async () =>
          (await team.export()).find(({ event }) => event?.data && JSON.stringify(event).includes(stored?.id ?? '-')),
        { timeoutMs: 30_000 },
      );
      expect(arrived.event).toMatchObject({
        data: { rubric: { id: 'parcels', version: '9' }, guidelines: '2' },
      });
      expect(stored?.review.snapshot.prompt).toBeNull();

      // The lead publishes another version; nothing comes by itself.
      await team.invite(aFile({ version: '2', settings: {} }));
      await page.click('button', 'Check for a new version');
      await page.shows('Take version 2 of Parcel team?');
      await page.shows('The question before an answer is kept: no → yes.');
      await page.click('button', 'Take this version');
      await page.shows('and took this version');

      await given.inside.delivered();
      await page.click('button', 'Leave the team');
      await page.shows('Leave Parcel team?');
      await page.click('button', 'Leave the team');
      await page.shows('You have left Parcel team.');
      expect(await leftBy(given)).toBe(before);
      expect(await given.inside.revisions(1)).toHaveLength(1);
    });

    it('given files that mean harm or are broken, says why, and changes nothing', async () => {
      await given.inside.call('leaveTeam', { owed: 'discard' });
      await given.inside.call('saveSettings', { theme: 'light' });
      const before = await leftBy(given);
      const tab = await given.openExtension('workbench.html#/team');
      const page = pageOf(tab);
      await page.get('button', 'Choose a team file');
      const elsewhere = {
        id: 'x',
        name: 'X',
        connector: 'countersign',
        url: 'http://reviews.example/v1/events',
      } as const;
      await chooseFile(page, 'plain.json', aFile({ destinations: [elsewhere] }));
      await page.shows('destinations.0.url: The address must begin with https://');
      await chooseFile(page, 'unknown.json', { ...aFile(), run: 'alert(1)' });
      await page.shows('has the key "run", which this version does not know');
      await page.fill('Link of the invitation', team.endpoint.replace('/v1/events', '/join#cst_unknown'));
      await page.click('button', 'Look at it');
      await page.shows('The server refuses the invitation');
      expect(await leftBy(given)).toBe(before);
    });
  });
});
