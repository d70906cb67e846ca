import 'fake-indexeddb/auto';
import { beforeEach, describe, expect, it } from 'vitest';
import { createJoining, type Joining } from '../../../entrypoints/workbench/store/joining.ts';
import { teamView } from '../../../utils/storage/membership.ts';
import { type AskedPermissions, withPerson } from '../../support/asked-permissions.ts';
import { type Background, startBackground, value } from '../../support/background.ts';
import { aLabel, aPolicy, aProject, aRubric } from '../../support/projects.ts';
import { aPack, aRule } from '../../support/rules.ts';
import { aTeamFile, type TeamFile } from '../../support/team-files.ts';

let background: Background;
let joining: Joining;
let person: AskedPermissions;
let requests: Request[];
/** What a server answers. */
let answer: () => Response;

beforeEach(async () => {
  background = await startBackground();
  requests = [];
  answer = () => Response.json(aTeamFile());
  const asked = withPerson(background.extension);
  person = asked.person;
  joining = createJoining({
    database: background.database,
    permissions: asked.browser.permissions as never,
    call: background.page,
    fetch: async (...args) => {
      requests.push(new Request(...args));
      return answer();
    },
  });
});

const lookAt = (file: unknown, name = 'parcels.countersign-team.json') => {
  const json = typeof file === 'string' ? file : JSON.stringify(file);
  return joining.lookAtFile({ name, size: json.length, text: async () => json });
};
/** All that the plan says, part by part: `New: …`. */
const said = () =>
  joining.offer.value?.plan.parts.map(({ title, lines }) => [title, ...lines.map(({ is, what }) => `${is}: ${what}`)]);
const plan = () => joining.offer.value?.plan;
const warnings = () => plan()?.parts.flatMap(({ lines }) => lines.flatMap(({ warning }) => warning ?? []));

async function joined(file: TeamFile = aTeamFile()) {
  await lookAt(file);
  expect(await joining.join()).toBe('Parcel team');
}

describe('what joining would change', () => {
  it('is said before anything is changed, the reviewer’s own things among it', async () => {
    const { page } = background;
    value(await page('setProject', { json: JSON.stringify(aProject({ id: 'mine', name: 'Mine', version: '3' })) }));
    const own = { id: null, name: 'My hook', connector: 'webhook', url: 'https://mine.example/hook' } as const;
    value(await page('saveDestination', own));
    background.extension.grant('https://known.example/*');
    await lookAt(aTeamFile({ sites: ['https://desk.example', 'https://known.example'] }));
    expect(said()).toEqual([
      [
        'Where your reviews go',
        'added: Your reviews go to “Parcel collector”.',
        'kept: “My hook”, your own destination.',
      ],
      [
        'What you judge by',
        'changed: Your project “Mine”, version 3, is put aside.',
        'added: Rubric “Parcels”, version 9.'.replace('Parcels', 'Team'),
        'added: Guidelines, version 2, of 1 clause.',
        'added: Policy “No promises”: never to be said.',
      ],
      ['How answers are found', 'added: Site rule “The desk” for chat.example.'],
      [
        'Sites',
        'added: Countersign is turned on for desk.example.',
        'kept: Countersign is on for known.example already.',
      ],
      [
        'What is kept, and what is redacted',
        'changed: The question before an answer is kept: yes → no.',
        'added: Replaced before anything leaves: pattern “parcel”, PX[0-9]{8}, by PARCEL.',
        'added: Drafts of an AI wait for your approval on desk.example.',
      ],
    ]);
    expect(plan()).toMatchObject({ was: null, from: 'parcels.countersign-team.json', blocked: null });
    expect(await teamView(background.database)).toBeNull();
    expect(person.asked).toEqual([]);
  });

  it('shows where texts go and which policy stops whom, and of a token its end alone', async () => {
    await lookAt(aTeamFile());
    const how = plan()?.parts.flatMap(({ lines }) => lines.flatMap((line) => line.how)) ?? [];
    expect(how).toContain('Countersign collector at https://reviews.example/v1/events');
    expect(how).toContain('Sends: text, redacted.');
    expect(how).toContain('With a token that ends in wxyz.');
    expect(how).toContain('Answers with it cannot be approved, drafts with it cannot be sent.');
    expect(JSON.stringify(plan())).not.toContain('mnopqrst');
  });

  it.each<[string, Partial<NonNullable<TeamFile['destinations']>[number]>, RegExp]>([
    ['in a private network', { url: 'https://192.168.0.7/v1/events' }, /an address in a private network/],
    ['with letters of another script', { url: 'https://xn--80ak6aa92e.com/v1/events' }, /unusual letters/],
    ['that gets texts as they are', { sends: 'text' }, /leaves as it is stored/],
  ])('warns of a destination %s', async (_, change, warning) => {
    const [destination] = aTeamFile().destinations ?? [];
    await lookAt(aTeamFile({ destinations: [{ ...destination, ...change } as never] }));
    expect(warnings()).toEqual([expect.stringMatching(warning)]);
  });

  it('of a new version, is what differs from the one before', async () => {
    await joined();
    const project = aTeamFile().project as ReturnType<typeof aProject>;
    await lookAt(
      aTeamFile({
        version: '2',
        destinations: [],
        project: {
          ...project,
          rubrics: [aRubric({ id: 'parcels', version: '10', labels: [aLabel({ id: 'late', name: 'Too late' })] })],
          policies: [...(project.policies ?? []), aPolicy({ id: 'more', name: 'More' })],
        },
        rules: aPack([aRule({ id: 'desk', name: 'The desk', version: '2' })]),
        settings: { contextTurns: 2 },
      }),
    );
    expect(said()).toEqual([
      ['Where your reviews go', 'removed: Your reviews no longer go to “Parcel collector”.'],
      ['What you judge by', 'changed: Label “Too late”', 'added: Policy “More”'],
      ['How answers are found', 'changed: Site rule “The desk” for chat.example.'],
      [
        'What is kept, and what is redacted',
        'changed: The question before an answer is kept: no → yes.',
        'removed: Replaced before anything leaves: pattern “parcel”, PX[0-9]{8}, by PARCEL.',
        'removed: Drafts of an AI wait for your approval on desk.example.',
        'changed: Messages before the question that are kept: 0 → 2.',
      ],
    ]);
    expect(plan()?.was).toBe('1');
  });

  it('of the same file again, is nothing', async () => {
    await joined();
    await lookAt(aTeamFile());
    expect(said()).toEqual([]);
  });

  it('given another team, says that the first is to be left', async () => {
    await joined();
    await lookAt(aTeamFile({ id: 'other', name: 'Other team' }));
    expect(plan()?.blocked).toBe('You are in the team “Parcel team”. Leave it before you join another.');
    expect(await joining.join()).toBeNull();
    expect((await teamView(background.database))?.id).toBe('parcels');
  });
});

describe('joining', () => {
  it('asks the browser once, for sites and consent together', async () => {
    background.extension.dataCollection = [];
    await joined();
    expect(person.asked).toHaveLength(1);
    expect(background.extension.origins).toEqual(['https://desk.example/*']);
    expect(await teamView(background.database)).toMatchObject({ sites: ['https://desk.example/*'] });
  });

  it('refused by the person, changes nothing', async () => {
    person.answer = false;
    await lookAt(aTeamFile());
    expect(await joining.join()).toBeNull();
    expect(joining.problem.value).toContain('Nothing has changed.');
    expect(await teamView(background.database)).toBeNull();
    expect(await background.database.destinations.count()).toBe(0);
  });

  it('refused by the background, gives the permissions back', async () => {
    await lookAt(aTeamFile());
    // Meanwhile, in another tab.
    value(
      await background.page('joinTeam', {
        json: JSON.stringify(aTeamFile({ id: 'other', sites: [] })),
        source: null,
        granted: [],
      }),
    );
    expect(await joining.join()).toBeNull();
    expect(joining.problem.value).toContain('Leave it before you join another.');
    expect(background.extension.origins).toEqual([]);
  });

  it('by a link, asks its server with what is behind the #, sends no cookies, and follows no redirect', async () => {
    await joining.lookAtLink('https://reviews.example/join#cst_link');
    expect(plan()?.from).toBe('https://reviews.example');
    const [request] = requests;
    expect(request?.url).toBe('https://reviews.example/v1/team');
    expect(request?.headers.get('authorization')).toBe('Bearer cst_link');
    expect([request?.credentials, request?.redirect, request?.referrerPolicy]).toEqual([
      'omit',
      'manual',
      'no-referrer',
    ]);
    await joining.join();
    answer = () => Response.json(aTeamFile({ version: '2', settings: {} }));
    await joining.check();
    expect(requests[1]?.headers.get('authorization')).toBe('Bearer cst_link');
    expect(plan()).toMatchObject({ was: '1', version: '2' });
  });

  it.each<[string, () => Response, RegExp]>([
    ['refuses', () => new Response('', { status: 401 }), /refuses the invitation/],
    ['has none', () => new Response('', { status: 404 }), /There is no team file/],
    ['is not there', () => Promise.reject(new TypeError('x')) as never, /cannot be reached/],
    ['sends a page', () => new Response('<h1>Log in</h1>'), /is not JSON/],
    ['never stops', () => new Response('x'.repeat(3_000_000)), /larger than 2 MB/],
  ])('by a link whose server %s, says so', async (_, reply, words) => {
    answer = reply;
    await joining.lookAtLink('https://reviews.example/join#cst_link');
    expect(joining.problem.value).toMatch(words);
    expect(plan()).toBeUndefined();
  });
});
