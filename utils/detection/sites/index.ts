/** The rules that come with the program; docs/site-rules.md says where their facts come from. */
import type { SiteRule } from '../types.ts';
import { products } from './products/index.ts';
import { supportTools } from './support/index.ts';
import { webApps } from './web-apps/index.ts';

/** Of rules that fit the same address the first one that finds its signature applies. */
export const siteRules: readonly SiteRule[] = [...webApps, ...supportTools, ...products];
