import { expect, test } from 'vitest';
import { readCommand, UsageError } from '../../collector/options.ts';

const reading = (line: string, environment = {}) => readCommand(line.split(' ').filter(Boolean), environment);

test('without arguments it serves this computer only, with the embedded database', () => {
  expect(reading('')).toEqual({
    command: 'serve',
    data: '.run/collector',
    databaseUrl: null,
    host: '127.0.0.1',
    port: 7411,
    allowHosts: [],
  });
});

test('flags and the environment choose otherwise', () => {
  const url = 'postgres://localhost/reviews';
  expect(
    reading('--port 0 --host 0.0.0.0 --allow-host a.example --allow-host b.example --data /d', { DATABASE_URL: url }),
  ).toMatchObject({
    port: 0,
    host: '0.0.0.0',
    allowHosts: ['a.example', 'b.example'],
    data: '/d',
    databaseUrl: url,
  });
  expect(reading('', { DATABASE_URL: '' })).toMatchObject({ databaseUrl: null });
  expect(reading('', { COUNTERSIGN_DESTINATIONS: 'a.json' })).toMatchObject({ destinations: 'a.json' });
  expect(reading('--destinations b.json', { COUNTERSIGN_DESTINATIONS: 'a.json' })).toMatchObject({
    destinations: 'b.json',
  });
});

test('a token may write unless it is said otherwise', () => {
  expect(reading('token create --project support')).toMatchObject({
    command: 'token create',
    project: 'support',
    role: 'write',
  });
  expect(reading('token create --project support --role both --json')).toMatchObject({ role: 'both', json: true });
  expect(reading('token create --project support --role operate')).toMatchObject({ role: 'operate' });
  expect(reading('token list')).toMatchObject({ command: 'token list' });
  expect(reading('token revoke 69a7fc7821')).toMatchObject({ command: 'token revoke', id: '69a7fc7821' });
  expect(reading('token create --help')).toEqual({ command: 'help' });
});

test.each([
  ['--port 70000', '--port'],
  ['--port x', '--port'],
  ['--unknown', '--unknown'],
  ['serve', 'unknown command: serve'],
  ['token', 'unknown command: token'],
  ['token create', '--project'],
  ['token create --project Support', '--project'],
  ['token create --project a --role admin', '--role'],
  ['token revoke', 'id'],
  ['token revoke a b', 'id'],
  ['token list more', 'unknown command'],
])('given %o, it says what is wrong', (line, word) => {
  expect(() => reading(line)).toThrow(UsageError);
  expect(() => reading(line)).toThrow(word);
});

test('an invitation is to a project, or holds a file', () => {
  const url = 'https://reviews.example';
  expect(reading(`invite --project support --url ${url}`)).toMatchObject({
    command: 'invite',
    project: 'support',
    url,
  });
  expect(reading('invite --file team.json')).toMatchObject({ command: 'invite file', file: 'team.json', url: null });
  for (const wrong of [
    'invite',
    'invite --project A',
    'invite --project a --url http://reviews.example',
    'invite now --project a',
  ])
    expect(() => reading(wrong)).toThrow(UsageError);
});
