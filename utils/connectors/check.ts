/** Checks what the user typed for an HTTP destination, before anything is stored. */
import { type Failure, failure } from '../errors.ts';
import { err, ok, type Result } from '../result.ts';
import { readAddress } from './address.ts';
import { secretBytes } from './signature.ts';
import type { Checked, DestinationInput } from './types.ts';

const TOKEN_LIMIT = 4096;

const refuse = (field: string, message: string, next: string) => err(failure('invalid', { field, message, next }));

export function checkDestination(input: DestinationInput): Result<Checked, Failure> {
  const name = input.name.trim();
  if (name === '' || name.length > 200) {
    return refuse('name', 'A destination needs a name of at most 200 characters.', 'Give it a name.');
  }
  const address = readAddress(input.url);
  if (!address.ok) return refuse('url', address.error, 'Correct the address.');
  // What a header can carry (RFC 9110, section 5.5); a line break would end it.
  if (typeof input.token === 'string' && !/^[\x21-\x7e]+$/.test(input.token)) {
    return refuse('token', 'A token consists of visible ASCII characters without spaces.', 'Paste the token again.');
  }
  if (typeof input.token === 'string' && input.token.length > TOKEN_LIMIT) {
    return refuse('token', `A token has at most ${TOKEN_LIMIT} characters.`, 'Paste the token again.');
  }
  if (typeof input.secret === 'string' && secretBytes(input.secret) === null) {
    return refuse(
      'secret',
      'A signing secret is whsec_ followed by base64 of 24 to 64 bytes.',
      'Paste the secret again.',
    );
  }
  return ok({ warning: address.value.warning });
}
