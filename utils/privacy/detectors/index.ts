/** The detectors that are applied without asking, in their order of precedence. */
import type { Detector } from '../kinds.ts';
import { card } from './card.ts';
import { email } from './email.ts';
import { iban } from './iban.ts';
import { ip } from './ip.ts';
import { phone } from './phone.ts';
import { secret } from './secret.ts';
import { ssn } from './ssn.ts';

export const builtInDetectors: readonly Detector[] = [secret, email, iban, card, ssn, ip, phone];
