/** Checks what the user typed for an HTTP destination, before anything is stored. */
import { type Failure, failure } from '../errors.ts';
import { err, ok, type Result } from '../result.ts';
import { readAddress } from './address.ts';
import { secretBytes } from './signature.ts';
import type { Checked, ConnectorAbout, ConnectorField, DestinationInput } from './types.ts';

const TOKEN_LIMIT = 4096;
/** The most of a connector's own field, in UTF-16 code units. */
const OPTION_LIMIT = 16_384;

const refuse = (field: string, message: string, next: string) => err(failure('invalid', { field, message, next }));

/** What is wrong with a field's value; null where nothing is. */
function complaint(
  { label, required, pattern, wrong, choices, check }: ConnectorField,
  value: string | undefined,
): string | null {
  if (value === undefined || value === '') return required ? `${label} is missing.` : null;
  if (value.length > OPTION_LIMIT) return `${label} has at most ${OPTION_LIMIT} characters.`;
  if (choices && !choices.some((choice) => choice.value === value)) return `${label} has no such choice.`;
  const whole = pattern && new RegExp(`^(?:${pattern.source})$`, pattern.flags);
  if (whole && !whole.test(value)) return wrong ?? `${label} does not look like one.`;
  return check?.(value) ?? null;
}

/**
 * The failure names the field, the warning asks for a second look. Without `about`, only what all connectors share is checked.
 * `plainHttp`: whoever runs the collector may have it ask another computer without encryption.
 */
export function checkDestination(
  input: DestinationInput,
  about?: ConnectorAbout,
  { plainHttp = false }: { readonly plainHttp?: boolean } = {},
): Result<Checked, Failure> {
  const name = input.name.trim();
  if (name === '' || name.length > 200) {
    return refuse('name', 'A destination needs a name of at most 200 characters.', 'Give it a name.');
  }
  const address = readAddress(plainHttp ? input.url.replace(/^http:/i, 'https:') : input.url);
  if (!address.ok) return refuse('url', address.error, 'Correct the address.');
  // What a header can carry (RFC 9110, section 5.5); a line break would end it.
  if (typeof input.token === 'string' && !/^[\x21-\x7e]+$/.test(input.token)) {
    return refuse('token', 'A token consists of visible ASCII characters without spaces.', 'Paste the token again.');
  }
  const token = input.token === undefined && input.id === null ? null : input.token;
  if (about?.token?.required && (token === null || token === '')) {
    return refuse('token', `${about.token.label} is missing.`, about.token.hint);
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
  for (const field of about?.fields ?? []) {
    const { when } = field;
    if (when && input.options?.[when.name] !== when.is) continue;
    const message = complaint(field, input.options?.[field.name]);
    if (message !== null) return refuse(`options.${field.name}`, message, field.hint);
  }
  return ok({ warning: address.value.warning });
}
