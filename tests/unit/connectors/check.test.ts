import { expect, test } from 'vitest';
import { checkDestination } from '../../../utils/connectors/check.ts';
import { aDestination } from '../../support/builders.ts';

const secret = `whsec_${btoa('0123456789abcdef0123456789abcdef')}`;

test.each([
  ['url', { url: 'http://ok.example/' }],
  ['name', { name: '  ' }],
  ['token', { token: 'two words' }],
  ['token', { token: 'line\r\nx-injected: 1' }],
  ['token', { token: 'ключ' }],
  ['token', { token: 'a'.repeat(5000) }],
  ['token', { token: '' }],
  ['secret', { secret: 'whsec_' }],
  ['secret', { secret: 'whsec_c2hvcnQ=' }],
  ['secret', { secret: 'not one' }],
])('given a bad %s, the failure names that field', (field, change) => {
  expect(checkDestination(aDestination(change))).toMatchObject({ ok: false, error: { code: 'invalid', field } });
});

test('given a good destination, with and without token and secret, it is accepted', () => {
  expect(checkDestination(aDestination({ token: 'cst_1-2.3~4+5/6=', secret })).ok).toBe(true);
  expect(checkDestination(aDestination({ token: null, secret: null })).ok).toBe(true);
});

test('given a form that leaves token and secret as they are, they are not judged', () => {
  const { token: _token, secret: _secret, ...kept } = aDestination();
  expect(checkDestination(kept).ok).toBe(true);
});

test('given a private address, it is accepted with a warning', () => {
  expect(checkDestination(aDestination({ url: 'https://10.1.2.3/hook' }))).toMatchObject({
    ok: true,
    value: { warning: expect.stringMatching(/private network/) },
  });
});
