/** What is off until the browser is restarted, because it was cut off: where background and pages meet. */
import type { BrokenPolicy } from '../review/policy.ts';

/** Under this name in `storage.session`. */
export const POLICIES_OFF = 'policies-off';

/** By id: what is off, and as what it was cut off. */
export type PoliciesOff = Readonly<Record<string, BrokenPolicy & { readonly of: string }>>;
