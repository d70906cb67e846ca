/**
 * The site rules that come with the program, from a file of the extension: they are an eighth of what the background would
 * weigh, and most of its lives never need them.
 */

import type { SiteRule } from '../../utils/detection/types.ts';
import { late } from '../../utils/late.ts';

/** Written by the build; see wxt.config.ts. */
const FILE = '/site-rules.json';

export type BundledRules = () => Promise<readonly SiteRule[]>;

/** Reads the file once in the life of the background; after a failure the next call reads it again. */
export function createBundledRules(addressOf: (path: string) => string): BundledRules {
  return late(() => fetch(addressOf(FILE)).then((response) => response.json() as Promise<readonly SiteRule[]>));
}
