import { describe, expect, it } from 'vitest';
import { teamJsonSchema } from '../../../scripts/lib/team-schema.ts';
import { readTeam, TEAM_LIMIT } from '../../../utils/team/team-schema.ts';
import type { TeamSource } from '../../../utils/team/types.ts';
import { publishedSchema } from '../../support/published.ts';
import { aTeamFile, type TeamFile } from '../../support/team-files.ts';

const { text: published, fits: fitsPublished } = publishedSchema('team.schema.json');

const source: TeamSource = { url: 'https://reviews.example/sub/v1/team', token: 'cst_of_the_link' };
const [destination = { id: '', name: '', connector: 'countersign', url: '' }] = aTeamFile().destinations ?? [];
const { token: _, ...withoutToken } = destination;

const read = (file: unknown, from: TeamSource | null = null) =>
  readTeam(typeof file === 'string' ? file : JSON.stringify(file), from);
const complaintOf = (file: unknown, from: TeamSource | null = null) => {
  const team = read(file, from);
  return team.ok ? 'taken' : team.error.message;
};
const to = (change: object): TeamFile => aTeamFile({ destinations: [{ ...withoutToken, ...change }] });

it('the published JSON Schema is the one that the program checks by: node scripts/project-schema.ts writes it anew', () => {
  expect(published).toBe(teamJsonSchema());
  expect(fitsPublished(JSON.parse(JSON.stringify(aTeamFile())))).toBe(true);
  expect(fitsPublished({ ...aTeamFile(), more: 1 })).toBe(false);
});

describe('a team file', () => {
  it('given the least, sets nothing', () => {
    expect(read({ countersign: 'team/1', id: 'a', name: 'A', version: '1' })).toMatchObject({
      ok: true,
      value: { destinations: [], project: null, rules: null, sites: [], settings: {} },
    });
  });

  it('from a link, counts its addresses from there, and takes the token of the link for that server', () => {
    const team = read({ ...to({ url: './events', tokenFrom: 'link' }), rules: { url: '/rules.json' } }, source);
    expect(team.ok && team.value.destinations[0]).toMatchObject({
      url: 'https://reviews.example/sub/v1/events',
      token: 'cst_of_the_link',
    });
    expect(team.ok && team.value.rules).toEqual({ url: 'https://reviews.example/rules.json' });
  });

  it('never gives the token of the link to another server', () => {
    for (const url of ['https://other.example/v1/events', 'https://reviews.example:8443/v1/events'])
      expect(complaintOf(to({ url, tokenFrom: 'link' }), source)).toMatch(
        /^destinations\.0\.tokenFrom: The token of the link is for/,
      );
    // Looks relative, and is another host.
    expect(complaintOf(to({ url: '//other.example/v1/events', tokenFrom: 'link' }), source)).toMatch(
      /^destinations\.0\.url:/,
    );
    expect(complaintOf(to({ url: './\\\\other.example', tokenFrom: 'link' }), source)).not.toBe('taken');
  });

  it.each<[string, unknown, RegExp]>([
    ['no JSON', '{', /^\(the file\): is not JSON/],
    ['another shape', [], /^\(the file\): is not of the type/],
    ['more than 2 MB', ' '.repeat(TEAM_LIMIT + 1), /larger than 2 MB/],
    ['a key that nobody knows', { ...aTeamFile(), run: 'x' }, /has the key "run"/],
    [
      'a key that would change all objects',
      JSON.stringify(aTeamFile()).replace('{', '{"__proto__":{"id":"x"},'),
      /has the key "__proto__"/,
    ],
    [
      'a plain address elsewhere',
      to({ url: 'http://reviews.example/v1/events' }),
      /^destinations\.0\.url: The address must begin with https/,
    ],
    ['a script for an address', to({ url: 'javascript:alert(1)' }), /^destinations\.0\.url/],
    ['a password in an address', to({ url: 'https://a:b@reviews.example/' }), /user name or password/],
    ['a host of mixed scripts', to({ url: 'https://rеviews.example/' }), /different scripts/],
    [
      'a relative address without a link',
      to({ url: './events' }),
      /^destinations\.0\.url: An address that is relative/,
    ],
    [
      'the token of a link without a link',
      to({ tokenFrom: 'link' }),
      /^destinations\.0\.tokenFrom: The link carries no token/,
    ],
    ['a token that would end a header', to({ token: 'a\r\nx: y' }), /^destinations\.0\.token/],
    ['a connector that nobody knows', to({ connector: 'shell' }), /^destinations\.0\.connector/],
    [
      'a connector without what it needs',
      to({ connector: 'langfuse', url: 'https://langfuse.example' }),
      /^destinations\.0\./,
    ],
    [
      'two destinations of one id',
      aTeamFile({ destinations: [destination, destination] }),
      /^destinations\.1\.id: two destinations/,
    ],
    [
      'a site with a path',
      aTeamFile({ sites: ['https://desk.example/inbox'] }),
      /^sites\.0: Name a site without a path/,
    ],
    ['all sites', aTeamFile({ sites: ['https://*/'] }), /^sites\.0/],
    [
      'a site of a setting that is none',
      { ...aTeamFile(), settings: { gateOn: ['everywhere'] } },
      /^settings\.gateOn\.0/,
    ],
    ['a plain site elsewhere', aTeamFile({ sites: ['http://desk.example'] }), /^sites\.0/],
    ['a broken project', { ...aTeamFile(), project: { ...aTeamFile().project, rubrics: [] } }, /^project\.rubrics/],
    [
      'a broken rule',
      { ...aTeamFile(), rules: { format: 'countersign-rules', version: '1', rules: [{ id: 'x' }] } },
      /^rules/,
    ],
    [
      'a broken pattern',
      { ...aTeamFile(), settings: { customerRules: [{ id: 'x', pattern: '(', placeholder: 'X_X' }] } },
      /^settings\.customerRules/,
    ],
    [
      'a setting that deletes reviews',
      { ...aTeamFile(), settings: { keepDays: 1 } },
      /^settings: has the key "keepDays"/,
    ],
    [
      'a setting that loosens redaction',
      { ...aTeamFile(), settings: { allow: ['@example.com'] } },
      /^settings: has the key "allow"/,
    ],
  ])('given %s, is refused with the path', (_name, file, message) => {
    expect(complaintOf(file)).toMatch(message);
  });
});
