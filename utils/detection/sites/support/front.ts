import type { SiteRule } from '../../types.ts';

/**
 * Front's inbox. No selector of its messages was found anywhere.
 */
export const front: SiteRule = {
  id: 'front',
  name: 'Front',
  version: '2026-11-21',
  matches: ['https://app.frontapp.com/*'],
  mixed: true,
  variants: [],
  conversation: ['/open/(cnv_[a-z0-9]+)'],
  provenance: {
    source: 'addresses in ten public repositories',
    date: '2026-11-21',
    confidence: 'low',
  },
};
