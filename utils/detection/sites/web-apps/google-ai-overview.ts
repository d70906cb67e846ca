import type { SiteRule } from '../../types.ts';

/**
 * The AI Overview above Google's results, by an attribute that scripts and filter lists have used. Its class names live for weeks
 * and its heading is localized: where this finds nothing, point at it.
 */
export const googleAiOverview: SiteRule = {
  id: 'google-ai-overview',
  name: 'Google AI Overview',
  version: '2026-11-21',
  matches: ['https://www.google.com/search*'],
  // Most of what is on a search page was written by people.
  mixed: true,
  signature: '[data-mcpr]',
  variants: [{ id: 'default', assistant: '[data-mcpr]:not([data-scope-id="turn"] [data-mcpr])' }],
  provenance: {
    source: 'public user scripts and filter lists',
    date: '2026-11-21',
    confidence: 'low',
  },
};
