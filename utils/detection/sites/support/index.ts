/** Tools in which people answer customers, with bots among them; one file each. */
import type { SiteRule } from '../../types.ts';

export const supportTools: readonly SiteRule[] = [];
