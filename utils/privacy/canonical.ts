/** One form per value: "+49 (0)30 1234" and "030/1234" are one number, `Jane@X.org` and `jane [at] x [dot] org` one address. */
import { atSign, dotSign } from './detectors/email.ts';
import type { Kind } from './kinds.ts';
import { countryCode, regions } from './regions.ts';

/** The form under which two spellings of a value are the same. `value` comes from a folded text. */
export function canonical(kind: Kind, value: string, homeRegions: readonly string[] = []): string {
  switch (kind) {
    case 'email':
      return value.trim().normalize('NFKC').toLowerCase().replace(atSign, '@').replace(dotSign, '.');
    case 'iban':
    case 'card':
    case 'ssn':
      return value.replace(/[^a-z0-9]/gi, '').toUpperCase();
    case 'ip':
      return value.toLowerCase();
    case 'phone':
      return canonicalPhone(value, homeRegions);
    default:
      return value.trim();
  }
}

function canonicalPhone(value: string, homeRegions: readonly string[]): string {
  const number = value.replace(/[^\d()+ ]*[a-z].*$/i, '');
  const digits = number.replace(/\D/g, '');
  const international = /^\(?\+/.test(number) ? digits : digits.startsWith('00') ? digits.slice(2) : null;
  const code = international ? countryCode(international)?.code : regions[homeRegions[0]?.toUpperCase() ?? '']?.code;
  if (!code) return international ?? digits;
  const national = international ? international.slice(code.length) : digits;
  // A number in North America may be written with its country code and no plus.
  if (code === '1') return `1${national.slice(-10)}`;
  return code + (code === '39' ? national : national.replace(/^0/, ''));
}
