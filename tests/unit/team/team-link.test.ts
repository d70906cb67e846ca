import { gzipSync } from 'node:zlib';
import { expect, it } from 'vitest';
import { isInvitation } from '../../../utils/team/invitation.ts';
import { packTeam, readTeamLink, unpackTeam } from '../../../utils/team/team-link.ts';
import { aTeamFile } from '../../support/team-files.ts';

const server = (url: string, token: string | null) => ({ ok: true, value: { to: 'server', source: { url, token } } });

it.each([
  ['https://reviews.example/join#cst_abc', 'https://reviews.example/v1/team', 'cst_abc'],
  ['  https://reviews.example/sub/join#cst_abc\n', 'https://reviews.example/sub/v1/team', 'cst_abc'],
  ['http://127.0.0.1:7411/join#cst_abc', 'http://127.0.0.1:7411/v1/team', 'cst_abc'],
  ['https://files.example/a.countersign-team.json', 'https://files.example/a.countersign-team.json', null],
  ['https://files.example/a.json?v=2#secret', 'https://files.example/a.json?v=2', 'secret'],
])('the link %s leads to a server, and what is behind the # is for its header alone', (link, url, token) => {
  expect(readTeamLink(link)).toEqual(server(url, token));
});

it.each([
  ['nothing', '', /must begin with https/],
  ['a plain address elsewhere', 'http://reviews.example/join#cst_abc', /must begin with https/],
  ['an invitation that was cut', 'https://reviews.example/join', /no invitation behind the #/],
  ['a space in it', 'https://reviews.example/join#cst abc', /no invitation/],
  ['a script', 'javascript:alert(1)', /must begin with https/],
  ['an endless one', `https://reviews.example/join#${'x'.repeat(600_000)}`, /too long/],
])('%s is no link: it says why', (_, link, message) => {
  const read = readTeamLink(link);
  expect(read.ok ? '' : read.error).toMatch(message);
});

it('a link can hold the whole file, which goes to no server', async () => {
  const json = JSON.stringify(aTeamFile());
  const link = await packTeam(json, 'https://reviews.example/join');
  const read = readTeamLink(link);
  if (!read.ok || read.value.to !== 'file') throw new Error('not a link with a file');
  expect(await unpackTeam(read.value.packed, 1_000_000)).toBe(json);
  expect(isInvitation(link)).toBe(true);
});

it('given what unpacks to more than a file may have, or is no file, unpacks nothing', async () => {
  const bomb = gzipSync('x'.repeat(50_000_000)).toString('base64url');
  expect(await unpackTeam(bomb, 2_000_000)).toBeNull();
  expect(await unpackTeam(gzipSync(Buffer.from([0xff, 0xfe])).toString('base64url'), 100)).toBeNull();
  expect(await unpackTeam('bm90IGd6aXA', 100)).toBeNull();
  expect(await unpackTeam('%%', 100)).toBeNull();
});

it.each([
  ['https://reviews.example/join#cst_abc', true],
  ['http://127.0.0.1:7411/join#cst_abc', true],
  ['https://reviews.example/join', false],
  ['https://reviews.example/joined#cst_abc', false],
  ['https://reviews.example/#/join#x', false],
  ['chrome-extension://x/join#cst_abc', false],
])('the page at %s invites: %s', (address, invites) => {
  expect(isInvitation(address)).toBe(invites);
});
