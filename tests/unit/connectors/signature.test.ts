import { Webhook } from 'standardwebhooks';
import { expect, test } from 'vitest';
import { secretBytes, signatureHeaders } from '../../../utils/connectors/signature.ts';

const secret = `whsec_${btoa('0123456789abcdef0123456789abcdef')}`;

test('the signature is the one that other implementations make', async () => {
  const body = '{"type":"review.created","data":{"x":1}}';
  expect(await signatureHeaders(secret, 'msg_test', body, 1674087231_000)).toEqual({
    'webhook-id': 'msg_test',
    'webhook-timestamp': '1674087231',
    'webhook-signature': 'v1,wU+0ErfYYw2XbLTBk5nYm1YWAErjdtWXO9EvLZBMBcw=',
  });
});

test('the standardwebhooks package verifies what was signed, whatever the letters, and nothing else', async () => {
  const body = JSON.stringify({ text: 'Straße, 例え, 😀, \u2028' });
  const headers = await signatureHeaders(secret, 'batch-1', body, Date.now());
  expect(new Webhook(secret).verify(body, headers)).toEqual(JSON.parse(body));
  expect(() => new Webhook(secret).verify(`${body} `, headers)).toThrow();
  expect(() => new Webhook(secret).verify(body, { ...headers, 'webhook-id': 'batch-2' })).toThrow();
  const other = `whsec_${btoa('another key another key another key')}`;
  expect(() => new Webhook(other).verify(body, headers)).toThrow();
});

test('only 24 to 64 bytes of base64 behind whsec_ are a secret', async () => {
  const ofLength = (bytes: number) => secretBytes(`whsec_${btoa('x'.repeat(bytes))}`);
  expect(ofLength(23)).toBeNull();
  expect(ofLength(24)).toHaveLength(24);
  expect(ofLength(64)).toHaveLength(64);
  expect(ofLength(65)).toBeNull();
  expect(secretBytes('whsec_***')).toBeNull();
  expect(secretBytes(btoa('x'.repeat(32)))).toBeNull();
  await expect(signatureHeaders('nothing', 'id', '', 0)).rejects.toThrow();
});
