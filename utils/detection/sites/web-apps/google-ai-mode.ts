import type { SiteRule } from '../../types.ts';

/** Google's AI Mode is a search page with `udm=50`, of turns with a heading that repeats the question. */
export const googleAiMode: SiteRule = {
  id: 'google-ai-mode',
  name: 'Google AI Mode',
  version: '2026-11-21',
  matches: ['https://www.google.com/search*udm=50*'],
  variants: [
    {
      id: 'default',
      assistant: '[data-scope-id="turn"] [data-container-id="main-col"]',
      user: '[data-scope-id="turn"] [role="heading"][aria-level="2"]',
    },
    {
      // The answer, and a later one, where that column is missing.
      id: 'subtree',
      assistant:
        '[data-subtree="aimc"]:not(:has([data-container-id="main-col"])),[data-subtree="aimfl"]:not(:has([data-container-id="main-col"]))',
    },
  ],
  provenance: {
    source: 'public user scripts and exporters, found by exact strings',
    date: '2026-11-21',
    confidence: 'low',
  },
};
